"""The library of customer-insight: pure functions from arrays and frames to arrays and frames.

`commands` alone touches files, the clock and the database.
"""
