"""One self-contained HTML page of a shop's published results. Reads the published file, writes one file."""
