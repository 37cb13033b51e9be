"""Records in, bytes of Word files out."""
