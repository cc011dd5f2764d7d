"""How far the blender is trusted beside its best part, the strategy whose own order was best where it learned.

From few purchases the blender learns noise: on shops with thirty judged customers in a window it was up to 6 % worse
than its best part, and on films 3 % with a thousand. So it is learned on each half of the customers and asked about the
other half, mixed with the part's order in several shares. Who is asked was not learned from in any window. The share
with the highest mean nDCG@10 is taken, and of those as good the one that trusts the blender least (see `champion`):
without evidence the part's order is left as it is. The part itself is picked on all customers, those who are asked
included, which favours it a little.

Source: stacking with weights learned out of sample (Wolpert, Neural Networks 5, 1992), shrunk towards one part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.recommendations.proposing.blender_features import RANK, Pool
from customer_insight.scoring.champion import champion, ranked

# Shares of the blender that are tried, the rest is the part's.
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
# Places that count, as in nDCG@10.
_PLACES = 10
# Places are mixed by their logarithms, so many further down: the first places differ less than they would.
_DOWN = 4
_HALVES = 2
# Of the lots that deal customers to halves: not that of `holdout`, whose groups would lie in one half each.
_SEED = 216
# Customers of a window that prove it at most.
_CUSTOMERS = 1000

# What learns from proposals and which of them were bought, and gives what scores a pool.
Learner = Callable[[list[tuple[Pool, Bools]]], Callable[[Pool], Floats]]


@dataclass(frozen=True)
class Trust:
    """share: of the blender, beside the order of the column `part`. scope: 'all', or 'discovery' of new products."""

    share: float
    part: int
    scope: str

    def mixed(self, score: Floats, pool: Pool) -> Floats:
        """Scores above 0 that order the products of each customer, from those of the blender."""
        return _mixed(self.share, *_both_places(score, pool, self.part, self.scope))


def learn(windows: list[tuple[Pool, Bools]], learner: Learner, scope: str) -> Trust:
    """From what the blender learns from; learner: how it does, on some of the customers."""
    lots = _lots(windows)
    drawn = [_is_drawn(lot) for lot in lots]
    windows = _some(windows, drawn)
    halves = [lot[keep] % _HALVES for lot, keep in zip(lots, drawn, strict=True)]
    part = _best_part(windows, scope)
    figures = []
    for half in range(_HALVES):
        taught = _some(windows, [each != half for each in halves])
        asked = _some(windows, [each == half for each in halves])
        score = learner(taught) if _teaches(taught) else _knows_nothing
        for pool, is_bought in asked:
            both = _both_places(score(pool), pool, part, scope)
            tried = [_mixed(share, *both) for share in SHARES]
            figures.append(np.column_stack([_ndcg(each, pool, is_bought, scope) for each in tried]))
    values = np.concatenate(figures)
    return Trust(SHARES[champion(values)] if len(values) > 1 else SHARES[0], part, scope)


def _both_places(score: Floats, pool: Pool, part: int, scope: str) -> tuple[Ints, Ints]:
    """Places by the blender's score and by the part: what it does not propose comes after, as the blender has it."""
    unit = _units(pool, scope)
    place = _places(unit, pool.product, score)
    own = pool.features[:, part].astype(np.float64)
    is_proposed = own > 0
    behind = np.bincount(unit, is_proposed)[unit].astype(np.int64) + place if unit.size else place
    return place, np.where(is_proposed, _places(unit, pool.product, own), behind)


def _mixed(share: float, place: Ints, of_part: Ints) -> Floats:
    mixed = share * np.log(_DOWN + place) + (1 - share) * np.log(_DOWN + of_part)
    return np.asarray(np.round(np.exp(-mixed), ranking.SCORE_DECIMALS), dtype=np.float64)


def _lots(windows: list[tuple[Pool, Bools]]) -> list[Ints]:
    """A number for the customer of each pair, drawn among those of all windows: the same one in each of them."""
    known = arrays.distinct(np.concatenate([pool.position for pool, _ in windows]))
    lot = np.random.default_rng(_SEED).permutation(known.size)
    return [lot[np.searchsorted(known, pool.position)] for pool, _ in windows]


def _is_drawn(lot: Ints) -> Bools:
    """Whose lots are the lowest of the window."""
    return np.isin(lot, arrays.distinct(lot)[:_CUSTOMERS])


def _some(windows: list[tuple[Pool, Bools]], keeps: list[Bools]) -> list[tuple[Pool, Bools]]:
    """The pairs of each window to keep."""
    return [(_rows(pool, keep), is_bought[keep]) for (pool, is_bought), keep in zip(windows, keeps, strict=True)]


def _teaches(windows: list[tuple[Pool, Bools]]) -> bool:
    bought = np.concatenate([is_bought for _, is_bought in windows])
    return bool(bought.any()) and not bought.all()


def _knows_nothing(pool: Pool) -> Floats:
    return np.zeros(pool.customer.size)


def _best_part(windows: list[tuple[Pool, Bools]], scope: str) -> int:
    """The column of places whose strategy had the highest mean nDCG@10; the first of equal ones."""
    columns = [at for at, name in enumerate(windows[0][0].names) if name.endswith(RANK)]
    values = [
        np.column_stack([_ndcg(pool.features[:, at].astype(np.float64), pool, bought, scope) for at in columns])
        for pool, bought in windows
    ]
    together = np.concatenate(values)
    return columns[ranked(together)[0]] if len(together) else columns[0]


def _rows(pool: Pool, keep: Bools) -> Pool:
    shown = {name: getattr(pool, name)[keep] for name in ("customer", "position", "product", "is_owned", "features")}
    return replace(pool, **shown, best_strategy=pool.best_strategy[keep])


def _ndcg(score: Floats, pool: Pool, is_bought: Bools, scope: str) -> Floats:
    """nDCG@10 by the score, of customers who bought any of what was proposed to them; what scores 0 has no place."""
    counts = np.ones(score.size, dtype=np.bool_) if scope == "all" else ~pool.is_owned
    customer, score, is_bought = pool.customer[counts], score[counts], is_bought[counts]
    place = _places(customer, pool.product[counts], score)
    gain = np.where(is_bought & (place <= _PLACES) & (score > 0), 1 / np.log2(1 + place), 0.0)
    bought = np.bincount(customer, is_bought).astype(np.int64)
    best = np.concatenate([[0.0], np.cumsum(1 / np.log2(2 + np.arange(_PLACES)))])[np.minimum(bought, _PLACES)]
    return np.asarray(np.bincount(customer, gain)[bought > 0] / best[bought > 0], dtype=np.float64)


def _units(pool: Pool, scope: str) -> Ints:
    """Whose places are counted together: a customer's, or its new products and its own ones apart."""
    return pool.customer if scope == "all" else 2 * pool.customer + pool.is_owned


def _places(unit: Ints, product: Ints, score: Floats) -> Ints:
    """1, 2, 3, ... within each unit by falling score, ties to the lower product."""
    order = np.lexsort((product, -score, unit))
    places = np.empty(unit.size, dtype=np.int64)
    places[order] = ranking.ranks(unit[order])
    return places
