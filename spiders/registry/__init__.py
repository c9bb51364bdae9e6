"""Portals as data: the fields of an entry, loading the TOML files, proposing an entry."""
