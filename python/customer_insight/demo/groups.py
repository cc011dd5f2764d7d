"""The planted behaviour groups: how each kind of customer shops. One row a group, one number a habit."""

# ruff: noqa: E501 -- one row a group
from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class Group(NamedTuple):
    """Habits of one behaviour group; shares are between 0 and 1."""

    name: str
    share: float  # of all customers
    cadence_days: float  # typical days between two orders
    irregularity: float  # coefficient of variation of those days
    basket_items: float  # mean number of products in an order, planted ones aside
    units: float  # mean further units of a product in a line
    discount_share: float  # of lines bought at a discount
    price_tier: int  # 0 cheap, 1 ordinary, 2 dear
    taste_strength: float  # share of products from the favourite department
    evening_share: float
    weekend_share: float
    app_share: float
    store_share: float
    return_share: float
    browsing_sessions: float  # without a purchase, in the events window
    cycle_share: float  # customers who rebuy a consumable on its cycle
    christmas_share: float  # chance of an extra order in a December
    churn_share: float  # customers who stop for good
    review_share: float  # lines that are reviewed


# fmt: off
GROUPS: list[Group] = [
    #      name              share cad. irreg basket units disc tier taste eve  wkend  app store return brows cycle xmas churn review
    Group("regulars",         0.17,  50, 0.30,  1.9, 0.15, 0.06, 1, 0.70, 0.10, 0.12, 0.55, 0.10, 0.02,  3.5, 0.60, 0.20, 0.04, 0.05),
    Group("bargain_hunters",  0.18, 120, 0.55,  2.3, 0.20, 0.88, 0, 0.45, 0.75, 0.25, 0.45, 0.05, 0.04,  4.5, 0.05, 0.15, 0.04, 0.04),
    Group("families",         0.17, 130, 0.45,  5.2, 0.70, 0.10, 1, 0.30, 0.12, 0.95, 0.20, 0.25, 0.02,  1.5, 0.10, 0.20, 0.04, 0.03),
    Group("browsers",         0.16, 190, 0.65,  1.1, 0.02, 0.08, 1, 0.70, 0.90, 0.25, 0.50, 0.02, 0.25, 12.0, 0.00, 0.10, 0.03, 0.08),
    Group("gift_buyers",      0.16, 140, 0.90,  3.2, 0.10, 0.02, 2, 0.30, 0.12, 0.38, 0.15, 0.20, 0.18,  0.6, 0.00, 0.00, 0.02, 0.04),
    Group("lapsed",           0.16,  42, 0.50,  1.7, 0.10, 0.40, 1, 0.85, 0.25, 0.12, 0.15, 0.08, 0.03,  0.1, 0.00, 0.00, 1.00, 0.03),
]
# fmt: on
NAMES: list[str] = [group.name for group in GROUPS]
SEASONAL = NAMES.index("gift_buyers")  # orders before feasts, not on a cadence
BROWSERS = NAMES.index("browsers")
LAPSED = NAMES.index("lapsed")  # a first interest that did not last


def habit(name: str, group: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Value of the habit `name` for each customer, float64 like `group` (indices into `GROUPS`)."""
    return np.array([getattr(row, name) for row in GROUPS], dtype=np.float64)[group]
