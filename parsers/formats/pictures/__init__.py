"""Pictures and scans: recognition of ruled tables, cell by cell."""
