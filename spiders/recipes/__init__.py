"""Recipes: what a browser taught of a list, so that it is asked for plainly from then on."""
