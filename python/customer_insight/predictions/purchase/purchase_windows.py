"""The shop's past as examples: what was known of customers at a cut, and who bought in the days after it.

All cuts are whole days before as_of (see `time_cuts`). A window of `horizon_days` begins at each; whatever is learned
for a cut is learned from windows that had ended by then, so it has seen nothing after the cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.predictions.purchase import features
from customer_insight.predictions.purchase.customer_days import CustomerDays
from customer_insight.predictions.purchase.features import YEAR_DAYS, Features
from customer_insight.predictions.purchase.rhythm import PurchaseRhythm
from customer_insight.scoring.time_cuts import ROLES, TimeCut, earlier_cuts

# Windows learned from at most: a year of months.
MAX_WINDOWS = 12
# Days in which the rhythm of a shop's customers hardly changes.
_RHYTHM_DAYS = 90


@dataclass(frozen=True)
class PurchaseWindow:
    """cut: days before as_of. known: features at the cut. bought: in the window from it, for the same customers."""

    cut: int
    known: Features
    bought: Bools


class PurchasePast:
    """Windows of one length, and models of the purchase rhythm, each made once.

    only_buyers: customers who had not ordered before a cut are no part of its window.
    """

    def __init__(self, days: CustomerDays, horizon_days: int, *, only_buyers: bool) -> None:
        self.days, self.horizon_days, self.only_buyers = days, horizon_days, only_buyers
        has_order = days.figures["orders"] > 0
        # customers with an order by age of the day, from 0
        self._buyers_by_age = np.bincount(days.age[has_order]).astype(np.float64)
        is_active = has_order if only_buyers else has_order | (days.figures["sessions"] > 0)
        self._first_age = np.full(days.customer_codes.size, -1, dtype=np.int64)
        np.maximum.at(self._first_age, days.customer[is_active], days.age[is_active])
        self._windows: dict[tuple[int, str], PurchaseWindow] = {}
        self._rhythms: dict[int, PurchaseRhythm] = {}

    def training_cuts(self, cut: int) -> list[int]:
        """Cuts whose windows had ended by the given one, the latest first; a horizon has to lie before each."""
        return earlier_cuts(cut, self.horizon_days, MAX_WINDOWS, self.days.order_span_days)

    def year_before(self, cut: int) -> int | None:
        """The cut a year earlier, where its window had ended by the given one and a horizon lies before it."""
        earlier = cut + YEAR_DAYS
        ends = self.horizon_days <= YEAR_DAYS
        return earlier if ends and earlier + self.horizon_days <= self.days.order_span_days else None

    def daily_buyers(self, cut: int) -> Floats:
        """Customers who bought on each day until the cut, the latest last; shape (days,)."""
        return self._buyers_by_age[cut:][::-1]

    def buyer_days(self, cut: int) -> float:
        """The same of the window from the cut, added up."""
        return float(self._buyers_by_age[cut - self.horizon_days : cut].sum())

    def known_buyers(self, cut: int) -> int:
        """Customers who buy in the window from the cut and are part of it: known by then, by an order or a visit."""
        return int((self.bought(cut) & (self._first_age >= cut)).sum())

    def rhythm(self, cut: int) -> PurchaseRhythm:
        """Models of the purchase rhythm for customers as known at the cut."""
        if cut not in self._rhythms:
            fitted_at = self._rhythm_cut(cut)
            earlier = self.rhythm(fitted_at) if fitted_at != cut else None
            self._rhythms[cut] = PurchaseRhythm(self.days.before(cut), earlier)
        return self._rhythms[cut]

    def _rhythm_cut(self, cut: int) -> int:
        """Where they are fitted: at the cut itself; where windows are short, before the latest only once a quarter."""
        windows = _RHYTHM_DAYS // self.horizon_days
        earlier = -(-cut // (self.horizon_days * max(1, windows))) * self.horizon_days * max(1, windows)
        is_late = windows < 2 or cut <= len(ROLES) * self.horizon_days
        return cut if is_late or earlier + self.horizon_days > self.days.order_span_days else earlier

    def rhythm_model(self, cut: int) -> str:
        """The kind of model that predicted the latest window before the cut best."""
        latest = self.training_cuts(cut)[:1]
        return (
            self.rhythm(latest[0]).best_for(self.bought(latest[0]), self.horizon_days)
            if latest
            else PurchaseRhythm.DEFAULT
        )

    def known(self, cut: int, rhythm_model: str) -> Features:
        """Features at the cut; cut 0 is as_of."""
        return self.features_at(self.days.before(cut), cut, rhythm_model)

    def features_at(self, days: CustomerDays, cut: int, rhythm_model: str) -> Features:
        """The same of other customers, by the rhythm of those that the past holds; days: as known at the cut."""
        odds = partial(self.rhythm(cut).log_odds, rhythm_model, self.horizon_days)
        found = features.known_at(days, self.horizon_days, odds)
        if self.only_buyers:
            return found.rows(found.values[:, found.names.index("has_ordered")] > 0)
        return found

    def bought(self, cut: int) -> Bools:
        """Who bought in the window from the cut; shape (all customers,)."""
        return TimeCut(self.days, cut, self.horizon_days).came().has_bought()

    def window(self, cut: int, rhythm_model: str) -> PurchaseWindow:
        """The window from the cut."""
        key = (cut, rhythm_model)
        if key not in self._windows:
            known = self.known(cut, rhythm_model)
            self._windows[key] = PurchaseWindow(cut, known, self.bought(cut)[known.customers])
        return self._windows[key]


def together(windows: list[PurchaseWindow], nobody: Features) -> tuple[Features, Bools, Ints]:
    """The examples of several windows: features, who bought, and the place of each example's window in the list.

    nobody: features without customers, so that no window is something, too.
    """
    known = [nobody, *(window.known for window in windows)]
    values: Floats = np.concatenate([part.values for part in known])
    customers = np.concatenate([part.customers for part in known])
    bought = np.concatenate([np.zeros(0, dtype=np.bool_), *(window.bought for window in windows)])
    sizes = np.array([window.bought.size for window in windows], dtype=np.int64)
    return Features(customers, nobody.names, values), bought, np.repeat(np.arange(len(windows)), sizes)
