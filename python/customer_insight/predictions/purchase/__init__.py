"""How likely a customer buys within the next days, and what speaks for it: learned and judged on the shop's past."""
