"""What a learned step is called with and what it returns."""

# Rooms of the library in which nothing is learned.
NOT_LEARNED = {"commands", "demo", "mapping", "publish", "report"}
