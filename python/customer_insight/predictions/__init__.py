"""What customers will do: whether they buy (`purchase`), and how often and for how much (`value`)."""
