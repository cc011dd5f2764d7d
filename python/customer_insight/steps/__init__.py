"""What a learned step is called with and what it returns."""
