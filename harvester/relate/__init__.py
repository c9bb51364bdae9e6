"""What follows from many reports together: the ledger, rules between reports, copied texts."""
