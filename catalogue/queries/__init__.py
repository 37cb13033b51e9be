"""What the program reads from the database; every function takes its session."""
