"""What a page's own script does, in so far as that is plain: read with a parser, followed step by step, never run."""
