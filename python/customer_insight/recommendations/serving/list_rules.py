"""Plain rules that a list has to keep, whatever a strategy thinks: the reference seed `recommendation_filters`.

Which products can be recommended at all (available, a product) is decided in SQL.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.recommendations.history.history import History
from customer_insight.recommendations.proposing.candidates import Candidates, filled
from customer_insight.recommendations.proposing.staff_rules import StaffWishes

# Candidates for each place of a list: what the rules may take away.
SPARE = 4
# How far down the popular products free places are filled from.
_FURTHEST = 500


@dataclass(frozen=True)
class ListRules:
    """limit: places. bought_within_days: own products bought within are left out. category_limit: places a category."""

    limit: int
    bought_within_days: float
    category_limit: float

    def apply(
        self, proposed: Candidates, history: History, customers: Ints, wishes: StaffWishes | None = None
    ) -> Candidates:
        """At most `limit` places for each customer: the best that keep the rules, popular products in the free ones.

        wishes: those of staff, which popular products keep to.
        """
        proposed = self._few_of_a_category(self._without_bought(proposed, history, customers), history)
        kept = proposed.best(self.limit)
        popularity = wanted_popularity(history.popularity(), history.catalogue.is_available, wishes)
        popularity = np.where(popularity > 0, popularity, np.nan)
        # the further down the popular products, the surer that a category of which there is no more room is passed
        for width in (SPARE * self.limit, _FURTHEST):
            wide = filled(kept, history.owned[customers], popularity, width)
            found = self._few_of_a_category(wide, history).best(self.limit)
            if found.customer.size == self.limit * customers.size:
                break
        return found

    def _without_bought(self, proposed: Candidates, history: History, customers: Ints) -> Candidates:
        known, place = history.find_pairs(customers[proposed.customer], proposed.product)
        age = arrays.found_values(history.pairs.purchase_age, known, place, np.inf)
        bought = age <= self.bought_within_days
        return Candidates(proposed.customer[~bought], proposed.product[~bought], proposed.score[~bought])

    def _few_of_a_category(self, lists: Candidates, history: History) -> Candidates:
        category = history.catalogue.category[lists.product]
        order = np.lexsort((np.arange(category.size), category, lists.customer))
        cell = lists.customer[order] * (int(category.max(initial=0)) + 2) + category[order] + 1
        place = np.empty(category.size, dtype=np.int64)
        place[order] = ranking.ranks(cell)
        keep = (place <= self.category_limit) | (category < 0)
        return Candidates(lists.customer[keep], lists.product[keep], lists.score[keep])


def wanted_popularity(popularity: Floats, is_available: Bools, wishes: StaffWishes | None) -> Floats:
    """Of products that may be shown, zero of the others; as many times as staff wants it to count."""
    shown = np.where(is_available, popularity, 0.0)
    return shown if wishes is None else np.where(wishes.is_allowed, shown * wishes.factor, 0.0)


def read_list_rules(filters: pa.Table | None, limit: int, recommend_repurchase: bool) -> ListRules:
    """From filter_name and filter_value of the filters that are switched on; those without a number are SQL's."""
    found: dict[str, float] = {}
    if filters is not None:
        names = [str(name) for name in filters["filter_name"].to_pylist()]
        values = arrays.doubles(filters, "filter_value").tolist()
        found = {name: value for name, value in zip(names, values, strict=True) if value == value}
    within = found.get("bought_already", -1.0) if recommend_repurchase else np.finfo(np.float64).max
    return ListRules(limit, within, found.get("category_limit", np.inf))
