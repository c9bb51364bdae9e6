"""Whose report, for which year, published when."""
