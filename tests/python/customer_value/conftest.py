from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
from customer_insight.customer_value import purchase_histories
from customer_insight.customer_value.purchase_histories import Histories, PurchaseDays

CUT_DAY = (date(1997, 9, 30) - date(1997, 1, 1)).days


@dataclass(frozen=True)
class Cdnow:
    """bought: all days; histories: in weeks, at the end of week 39."""

    bought: PurchaseDays
    histories: Histories
    customers: int
    cut_day: int


@pytest.fixture(scope="session")
def cdnow(public_data):
    """The 1/10 sample: 2,357 customers who began in the first quarter of 1997."""
    rows = [line.split() for line in (public_data / "cdnow" / "CDNOW_sample.txt").read_text().splitlines()]
    days = {
        text: (date(int(text[:4]), int(text[4:6]), int(text[6:])) - date(1997, 1, 1)).days for *_, text, _, _ in rows
    }
    customer = np.array([int(row[1]) for row in rows]) - 1
    day = np.array([days[row[2]] for row in rows])
    bought = purchase_histories.purchase_days(
        customer, day, np.ones(day.size), np.array([float(row[4]) for row in rows])
    )
    count = int(customer.max()) + 1
    histories = purchase_histories.histories(customer, day, CUT_DAY, count).in_units_of(7)
    return Cdnow(bought, histories, count, CUT_DAY)
