"""Ways to choose products for customers, one module a method: see `candidates` for the two verbs."""
