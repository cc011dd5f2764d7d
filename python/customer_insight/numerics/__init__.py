"""Arrays, ranks, threads, memory and linear algebra: what every topic computes with."""
