"""Whose report it is, for which year, of what scope, when published: every source with its place, and conflicts."""
