"""The sections of the page: each reads published tables and says what they mean, in words, charts and tables."""
