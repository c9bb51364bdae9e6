"""Strings as printed: labels, numbers, headings, titles and agency names. Pure."""
