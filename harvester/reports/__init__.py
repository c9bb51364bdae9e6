"""Whose report a document is, and which edition of it counts."""
