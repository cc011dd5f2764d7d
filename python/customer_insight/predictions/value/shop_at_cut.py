"""The customers of a shop as they stand at a cut, and what is expected of them afterwards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.predictions.value import gamma_gamma, purchase_histories, season, value_interval
from customer_insight.predictions.value.contract import ValueModel
from customer_insight.predictions.value.gamma_gamma import GammaGamma
from customer_insight.predictions.value.purchase_histories import Histories, PurchaseDays
from customer_insight.predictions.value.season import Season
from customer_insight.predictions.value.value_interval import Spending

# How many of the shop's average days each customer starts with, where orders per purchase day are concerned.
_PRIOR_DAYS = 5.0


@dataclass(frozen=True)
class ExpectedDays:
    """days: purchase days expected of each customer, shape (customers,), in the season."""

    days: Floats
    season: Season


@dataclass(frozen=True)
class ShopAtCut:
    """codes: the customers with a purchase by the cut, ascending; everything else in their order, shape (customers,).

    bought: their purchase days until the cut, customers numbered as in codes. orders_per_day: orders expected on a
    purchase day. value_per_day: money expected on one, by `money`, which is learned from all purchase days, the first
    ones too: that predicts the value of orders better than repeat purchases alone, on CDNOW and on Online Retail II.
    """

    codes: Ints
    cut_day: int
    bought: PurchaseDays
    histories: Histories
    orders_per_day: Floats
    money: GammaGamma
    value_per_day: Floats

    @property
    def size(self) -> int:
        """The number of customers."""
        return self.codes.size

    def expected(self, model: ValueModel, days: int) -> ExpectedDays:
        """Purchase days expected in (cut, cut + days]: by the model, in the season of these days."""
        distinct, _, place = self.histories.distinct
        said = model.expected_purchases(distinct, days)[place]
        bought = self.bought.before(-self.cut_day)
        before = season.histories_before(bought, days)
        said_before = 0.0
        if before is not None:
            distinct, counts, _ = before.distinct
            said_before = float(counts @ model.expected_purchases(distinct, days))
        found = season.expect(bought, days, float(said.sum()), said_before)
        return ExpectedDays(said * found.factor, found)

    def money_interval(self, model: ValueModel, days: int, expected: ExpectedDays) -> tuple[Floats, Floats]:
        """Ends between which the money of (cut, cut + days] lies for eight of ten, see `value_interval`."""
        distinct, _, place = self.histories.distinct
        chance = model.purchase_probability(distinct, days)[place]
        paid, _ = purchase_histories.mean_values(self.bought, self.size)
        known = Spending(
            chance=1 - (1 - chance) ** expected.season.factor,
            days=expected.days,
            repeats=self.histories.repeats,
            paid=paid,
            value=self.value_per_day,
        )
        return value_interval.interval(known, model.parameters["r"], self.money, expected.season.error)


def shop_at_cut(bought: PurchaseDays, cut_day: int = 0, money: GammaGamma | None = None) -> ShopAtCut:
    """The shop as known at the cut; later rows do not matter. money: what others have taught of it."""
    known = bought.until(cut_day)
    codes, customer = arrays.dense(known.customer)
    known = PurchaseDays(customer, known.day, known.orders, known.revenue)
    histories = purchase_histories.histories(customer, known.day, cut_day, codes.size)
    days, orders = histories.repeats + 1, arrays.sums(customer, known.orders, codes.size)
    average = float(orders.sum() / days.sum()) if codes.size else 1.0
    paid, means = purchase_histories.mean_values(known, codes.size)
    money = gamma_gamma.fit(paid, means) if money is None else money
    return ShopAtCut(
        codes=codes,
        cut_day=cut_day,
        bought=known,
        histories=histories,
        orders_per_day=(orders + _PRIOR_DAYS * average) / (days + _PRIOR_DAYS),
        money=money,
        value_per_day=money.expected_value(paid, means),
    )


def actual(later: PurchaseDays, shop: ShopAtCut) -> tuple[Floats, Floats]:
    """Orders and revenue of the shop's customers on later days; shapes (customers,)."""
    is_there, place = arrays.find(shop.codes, later.customer)
    customer = place[is_there]
    orders, revenue = (arrays.sums(customer, each[is_there], shop.size) for each in (later.orders, later.revenue))
    return np.asarray(orders), np.asarray(revenue)
