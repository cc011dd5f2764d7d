"""What customers say in reviews and messages, what they want, and what was answered."""
