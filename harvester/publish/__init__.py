"""Stage 3: the public database, built beside the old one and let through the release gates."""
