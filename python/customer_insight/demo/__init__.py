"""A made shop of any size, with planted behaviour and planted defects; deterministic in its seed.

`make_shop` yields the shop block by block (20,000 customers each), so memory is bounded at any size. Every column is
text, in every format: the planted defects need cells that are no number and no time, and a shop's own exports are text.
"""
