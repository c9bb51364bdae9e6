"""OpenDocument: .odt, and what .ods has in common with it."""
