"""Which products are alike: by who buys and views them, and by what is said of them."""
