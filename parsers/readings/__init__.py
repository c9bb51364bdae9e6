"""Two readings of one document side by side."""
