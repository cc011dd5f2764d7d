"""How good answers are on the past, how sure that is, and which of several answers wins: for every kind of them."""
