"""Stage 2: archived documents through worker processes into rows."""
