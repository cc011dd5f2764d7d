"""Which visits are a machine's."""
