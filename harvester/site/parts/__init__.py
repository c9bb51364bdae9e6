"""What pages are made of: request, templates, charts, cells, evidence."""
