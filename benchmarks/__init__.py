"""The project beside its peers and its budgets: see README.md."""
