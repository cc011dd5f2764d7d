"""How much less is seen the further down a list it stands, told from clicks (position-based model).

What is clicked has been looked at and is wanted: clicks of an item at a position are impressions x examination of the
position x attractiveness of the item. Whoever puts what is wanted on top mixes both up; they come apart where an item
stood at several positions. Both are fitted by maximum likelihood (Poisson): examination as a share of that of the first
position. Where positions were drawn by lot this is the ratio of click rates.

Sources: Richardson, Dominowska and Ragno 2007 (the model); Agarwal et al. 2019, WSDM (items at several positions);
Deming and Stephan 1940 (the iteration); Palmgren 1981 (conditional likelihood of Poisson counts: the variance).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph
from scipy.stats import chi2

from customer_insight.campaigns.off_policy import NORMAL
from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints

_ROUNDS, _CLOSE = 2_000, 1e-10
# Clicks of positions that can be compared, together; below nothing but chance is seen.
LEAST_CLICKS = 50
# Below this probability positions were not drawn by lot; share of impressions of a position that the test looks at, and
# impressions of a cell.
_LOT, _IN_USE, _EXPECTED = 0.001, 0.01, 5.0
# Poisson: with no click in so many impressions the rate is below this over them, two-sided 95 %.
_NONE = 3.6888794541139363


@dataclass(frozen=True)
class PositionBias:
    """positions: those of the log, rising. examination: 1 of the first that can be compared, NaN where it is not known.

    covariance: of the logarithms, shape (positions, positions), 0 for the first. is_random: positions have nothing to
    do with items. reason: '' or why nothing is said.
    """

    positions: Ints
    examination: Floats
    covariance: Floats
    is_random: bool
    reason: str

    def interval(self) -> tuple[Floats, Floats]:
        """Ends of the 95 % intervals of examination, shape (positions,) each."""
        spread = np.exp(NORMAL * np.sqrt(np.diag(self.covariance)))
        return self.examination / spread, self.examination * spread

    def rate(self, impressions: Floats, clicks: Floats) -> tuple[float, float, float]:
        """Clicks an impression if all had stood at the first position, and its 95 % interval; NaN where not known.

        impressions, clicks: of each position, shape (positions,); of positions that cannot be compared they do not
        count. Clicks and examination are taken as independent: they are, of all positions together; of one the interval
        is a little too wide.
        """
        known = np.isfinite(self.examination)
        seen = np.where(known, impressions * np.nan_to_num(self.examination), 0.0)
        total, clicked = float(seen.sum()), float(clicks[known].sum())
        if total <= 0:
            return np.nan, np.nan, np.nan
        if not clicked:
            return 0.0, 0.0, _NONE / total
        share = seen / total
        spread = float(np.exp(NORMAL * np.sqrt(1 / clicked + share @ self.covariance @ share)))
        return clicked / total, clicked / total / spread, clicked / total * spread


def position_bias(item: Ints, position: Ints, impressions: Floats, clicks: Floats) -> PositionBias:
    """From sums by item (numbers from 0) and position, shapes (cells,)."""
    positions, place = arrays.dense(position)
    count = positions.size
    nothing = np.full(count, np.nan), np.zeros((count, count))
    is_random = _is_random(item, place, impressions, count)
    total = arrays.sums(item, clicks, int(item.max(initial=-1)) + 1)
    used = total[item] > 0
    kept = _connected(item[used], place[used], clicks[used], count)
    compared = used & kept[place]
    if count < 2 or kept.sum() < 2:
        return PositionBias(positions, *nothing, is_random, "Nothing that is clicked stood at two positions.")
    if (found := int(clicks[compared].sum())) < LEAST_CLICKS:
        reason = f"There are {found} clicks on what stood at several positions, and {LEAST_CLICKS} are needed."
        return PositionBias(positions, *nothing, is_random, reason)
    _, item = arrays.dense(item[compared])
    examination = _fit(item, place[compared], impressions[compared], clicks[compared], count)
    covariance = _covariance(item, place[compared], impressions[compared], clicks[compared], examination)
    return PositionBias(positions, np.where(kept & (examination > 0), examination, np.nan), covariance, is_random, "")


def _connected(item: Ints, place: Ints, clicks: Floats, count: int) -> Bools:
    """Positions that items tie together: of several such groups that with most clicks; shape (positions,)."""
    items = int(item.max(initial=-1)) + 1
    edges = sparse.coo_array((np.ones(item.size), (item + count, place)), shape=(count + items, count + items))
    _, group = csgraph.connected_components(edges, directed=False)
    of_groups = arrays.sums(group[place].astype(np.int64), clicks, int(group.max(initial=0)) + 1)
    return np.asarray((group[:count] == int(np.argmax(of_groups))) & (np.bincount(place, minlength=count) > 0))


def _fit(item: Ints, place: Ints, impressions: Floats, clicks: Floats, count: int) -> Floats:
    """Examination of each position, that of the first with clicks 1; shape (positions,)."""
    of_items = arrays.sums(item, clicks, int(item.max()) + 1)
    of_places = arrays.sums(place, clicks, count)
    seen = (of_places > 0).astype(np.float64)
    first = int(np.argmax(of_places > 0))
    for _ in range(_ROUNDS):
        wanted = of_items / arrays.sums(item, impressions * seen[place], of_items.size)
        shown = arrays.sums(place, impressions * wanted[item], count)
        updated = np.divide(of_places, shown, out=np.zeros(count), where=shown > 0)
        updated /= updated[first]
        is_close = np.abs(updated - seen).max() < _CLOSE
        seen = updated
        if is_close:
            break
    return seen


def _covariance(item: Ints, place: Ints, impressions: Floats, clicks: Floats, examination: Floats) -> Floats:
    """Of the logarithms of examination; positions without a click, of which nothing is known, have none."""
    count, items = examination.size, int(item.max()) + 1
    expected = sparse.csr_array((impressions * examination[place], (item, place)), shape=(items, count))
    share = sparse.diags_array(1 / expected.sum(axis=1)) @ expected
    weighted = share * arrays.sums(item, clicks, items)[:, None]
    information = np.diag(weighted.sum(axis=0)) - (share.T @ weighted).toarray()
    free = np.flatnonzero(examination > 0)[1:]
    covariance = np.zeros((count, count))
    covariance[np.ix_(free, free)] = np.linalg.inv(information[np.ix_(free, free)])
    return covariance


def _is_random(item: Ints, place: Ints, impressions: Floats, count: int) -> bool:
    """Whether positions have nothing to do with items (chi-square test of independence), of positions in use."""
    of_places = arrays.sums(place, impressions, count)
    common = of_places >= _IN_USE * of_places.sum()
    if common.sum() < 2:
        return False
    used = common[place]
    _, item = arrays.dense(item[used])
    _, place = arrays.dense(place[used])
    table = np.zeros((int(item.max()) + 1, int(common.sum())))
    np.add.at(table, (item, place), impressions[used])
    of_items, share = table.sum(axis=1), table.sum(axis=0) / table.sum()
    table = table[of_items * share.min() >= _EXPECTED]
    if len(table) < 2:
        return False
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    freedom = (len(table) - 1) * (table.shape[1] - 1)
    return float(chi2.sf(((table - expected) ** 2 / expected).sum(), freedom)) >= _LOT
