"""The console program and everything that touches files, the clock or the database."""
