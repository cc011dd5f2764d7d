"""What customers did with products up to a moment, and the facts that follow from it."""
