"""The child process that draws evidence: the only one that touches hostile bytes."""
