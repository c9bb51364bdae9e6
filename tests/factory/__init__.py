"""A factory of reports: random truths, rendered into every format in many styles, and a comparison of what was read."""
