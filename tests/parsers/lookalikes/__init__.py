"""What is not a report."""
