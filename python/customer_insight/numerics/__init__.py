"""Arrays, ranks, threads, memory and linear algebra: what every topic computes with."""

# Seed of what is drawn by lot, so that the same input gives the same bytes.
SEED = 20240229
