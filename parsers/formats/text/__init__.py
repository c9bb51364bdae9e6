"""Plain text, with tables drawn by tabs, lines or tags."""
