"""What will be ordered in the next weeks, of the shop and of each category, with intervals that held in the past."""
