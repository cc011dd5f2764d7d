"""The page of results, and the metrics on it."""
