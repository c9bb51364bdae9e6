"""What is noted of a page that does not carry its text itself."""

from __future__ import annotations

SHELL = "nothing but scripts or frames"
"""Note on a page without text whose content, if any, comes from elsewhere."""
HIDDEN = "tables found only in a hidden part of the page"
"""Note on a page whose script may show them."""
ASKS = "a script of the page asks for what should stand on it"
"""Note on a page with next to no text whose own script fetches some."""
