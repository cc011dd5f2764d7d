"""CDNOW, the data on which these models are published."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from customer_insight.predictions.value import purchase_histories
from customer_insight.predictions.value.purchase_histories import Histories, PurchaseDays

START, CUT_DAY = date(1997, 1, 1), (date(1997, 9, 30) - date(1997, 1, 1)).days


@dataclass(frozen=True)
class Cdnow:
    """bought: all days; histories: in weeks, at the end of week 39."""

    bought: PurchaseDays
    histories: Histories
    customers: int
    cut_day: int


def read(file):
    """The 1/10 sample: 2,357 customers who began in the first quarter of 1997."""
    rows = [line.split() for line in file.read_text().splitlines()]
    customer = np.array([int(row[1]) for row in rows]) - 1
    day = np.array([(date.fromisoformat(row[2]) - START).days for row in rows])
    bought = purchase_histories.purchase_days(
        customer, day, np.ones(day.size), np.array([float(row[4]) for row in rows])
    )
    count = int(customer.max()) + 1
    histories = purchase_histories.histories(customer, day, CUT_DAY, count).in_units_of(7)
    return Cdnow(bought, histories, count, CUT_DAY)


def without_first(bought):
    """The days after each customer's first one."""
    return bought.take(np.concatenate([[False], np.diff(bought.customer) == 0]))
