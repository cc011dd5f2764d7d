"""Which ids are one person, or one product."""
