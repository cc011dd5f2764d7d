"""The lists that a strategy gives to the judged customers of a holdout, and every figure about them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.numerics.arrays import Bools, Floats
from customer_insight.recommendations.judging import ranking_metrics
from customer_insight.recommendations.judging.holdout import Holdout
from customer_insight.recommendations.judging.list_metrics import ListMetrics
from customer_insight.recommendations.judging.ranking_metrics import CUTOFFS
from customer_insight.recommendations.proposing.candidates import (
    Candidates,
    Proposal,
    filled,
    in_sorted,
    joined,
)

SCOPES = ("all", "repurchase", "discovery")

_WIDTH = max(CUTOFFS)


@dataclass(frozen=True)
class ListFigure:
    """One metric: its value for each judged customer (NaN: not judged in this scope), or one for all (shape (1,))."""

    scope: str
    metric: str
    k: int
    values: Floats


class Judge:
    """Judges lists of the customers of one holdout, in three scopes.

    all: the list as it would be served (filled up with popular products) against everything that was bought;
    repurchase: products bought before, discovery: products not bought before, each against its part of what was bought.
    """

    def __init__(self, holdout: Holdout) -> None:
        self.holdout = holdout
        self.width = max(1, holdout.history.catalogue.count)
        self.owned = holdout.history.owned[holdout.customers]
        row = np.repeat(np.arange(holdout.customers.size), np.diff(self.owned.indptr))
        is_repurchase = in_sorted(holdout.keys, row * self.width + self.owned.indices)
        truths = (holdout.keys, holdout.keys[is_repurchase], holdout.keys[~is_repurchase])
        self.truths = dict(zip(SCOPES, truths, strict=True))
        popularity = holdout.history.popularity()
        is_shown = holdout.history.catalogue.is_available & (popularity > 0)
        self.popularity = np.where(is_shown, popularity, np.nan)
        self.lists = ListMetrics(holdout.history, holdout.customers)

    def in_scopes(self, proposal: Proposal) -> dict[str, Candidates]:
        """Up to 20 products for each customer in each scope."""
        new, own = proposal
        best = joined([new, own]).best(_WIDTH)
        everything = filled(best, self.owned, self.popularity, _WIDTH)
        return dict(zip(SCOPES, (everything, own.best(_WIDTH), new.best(_WIDTH)), strict=True))

    def ndcg(self, proposal: Proposal, scope: str) -> Floats:
        """nDCG@10 of each customer in one scope; NaN where nothing of the scope was bought."""
        return self._accuracy(self.in_scopes(proposal)[scope], scope, 10)["ndcg"]

    def figures(self, proposal: Proposal) -> list[ListFigure]:
        """Every metric in every scope at every k."""
        found: list[ListFigure] = []
        for scope, lists in self.in_scopes(proposal).items():
            for k in CUTOFFS:
                first = lists.best(k)
                each = self._accuracy(lists, scope, k) | self.lists.of_each(first)
                found += [ListFigure(scope, metric, k, values) for metric, values in each.items()]
                found.append(ListFigure(scope, "coverage", k, np.array([self.lists.coverage(first)])))
        return found

    def _accuracy(self, lists: Candidates, scope: str, k: int) -> dict[str, Floats]:
        keys = self.truths[scope]
        count = self.holdout.customers.size
        relevant = np.bincount(keys // self.width, minlength=count)
        has: Bools = relevant > 0
        hits = ranking_metrics.hits(lists, keys, count, self.width)
        figures = ranking_metrics.accuracy(hits, np.maximum(1, relevant), k)
        return {name: np.where(has, values, np.nan) for name, values in figures.items()}
