"""The mark of a glyph that cannot be trusted."""

from __future__ import annotations

DOUBTFUL = "\ufffc"
"""Stands for a digit that may be a stamp's or printed: not to be read, though its font says what it is."""
