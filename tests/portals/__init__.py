"""Simulated portals, one class a platform family, each with its traps and its ground truth."""
