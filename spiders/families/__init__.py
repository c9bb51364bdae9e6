"""One module a publishing system, and the signs that tell them apart."""
