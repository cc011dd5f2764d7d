"""Ways to tell buyers from others: each learns from scaled features, answers in log-odds, and says what moved them."""
