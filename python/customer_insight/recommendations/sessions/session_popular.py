"""What everyone clicks on, recent clicks counting more: the baseline that every other strategy has to beat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.numerics.arrays import Floats
from customer_insight.recommendations.sessions import session_scores
from customer_insight.recommendations.sessions.clicks import Clicks
from customer_insight.recommendations.sessions.prefixes import Prefixes

PARAMETERS: dict[str, tuple[float, ...]] = {"half_life_days": (7, 1, 3, 30, np.inf)}
# Products that are proposed to everyone.
_SHOWN = 200


@dataclass(frozen=True)
class SessionPopular:
    """popularity: shape (products,)."""

    popularity: Floats

    def scores(self, prefixes: Prefixes) -> sparse.csr_array:
        """The same for every query, shape (queries, products): above 0, at most 1."""
        shown = np.argsort(-self.popularity, kind="stable")[:_SHOWN]
        shown = np.sort(shown[self.popularity[shown] > 0])
        count = prefixes.length.size
        data, columns = np.tile(self.popularity[shown], count), np.tile(shown, count)
        shape = (count, self.popularity.size)
        return session_scores.shares(sparse.csr_array((data, columns, np.arange(count + 1) * shown.size), shape=shape))


def fit(clicks: Clicks, *, half_life_days: float = 7) -> SessionPopular:
    """half_life_days: after which a click counts for half; infinite: all clicks count alike."""
    youngest = clicks.age.min(initial=np.inf)
    weight = 0.5 ** ((clicks.age - youngest) / half_life_days)
    popularity = np.bincount(clicks.product, weights=weight, minlength=clicks.products.size)
    return SessionPopular(popularity.astype(np.float64))
