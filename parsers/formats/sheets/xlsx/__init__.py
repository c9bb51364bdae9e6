"""The inside of .xlsx packages: sheets, styles, conditional formats, drawings."""
