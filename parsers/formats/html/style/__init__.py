"""What style sheets make of a page: which of its text is seen, and as what. CSS as browsers apply it."""
