"""What is not a report, and why: kinds told by titles, samples, circulars, empty forms, prose of earlier years."""
