"""What the program does: one verb a function, refusing first, changing after, never committing."""
