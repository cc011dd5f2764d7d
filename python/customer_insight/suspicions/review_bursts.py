"""Reviews of one product that come in a burst, with the stars of one end, by people who bought nothing of it.

Expected in a stretch of a week are as many as the product's part of all such reviews lets come of what the shop's other
products got in that week: so a season or a campaign, which brings reviews to all, is no burst. The chance is the
Poisson tail, times the stretches that were looked at. Where most reviewers bought nothing of what they review, as
far as the shop knows, it does not know who bought, and nothing is said.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from scipy import stats

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.suspicions.suspicion_rules import NOBODY, SuspicionRule, suspects

STRETCH_DAYS = 7
# Share of reviews by strangers above which the shop does not know who bought.
MOST_STRANGERS = 0.5


def find(reviews: pa.Table, rule: SuspicionRule | None) -> pa.Table:
    """Rows of reviews.

    reviews: review_code, product_code, written_day, age_days, rating, has_bought (each null where not known).
    """
    if rule is None or reviews.num_rows == 0:
        return NOBODY
    bought, day, stars = (arrays.doubles(reviews, name) for name in ("has_bought", "written_day", "rating"))
    is_known = np.isfinite(bought)
    is_stranger = is_known & (bought == 0) & np.isfinite(day) & np.isfinite(stars)
    if not is_stranger.any() or is_stranger.sum() > MOST_STRANGERS * is_known.sum():
        return NOBODY
    product, has_product = arrays.codes_and_validity(reviews, "product_code")
    place = np.flatnonzero(is_stranger & has_product)
    place = place[np.lexsort((day[place], product[place]))]
    chance, size = _bursts(product[place], day[place], stars[place], rule)
    chosen = np.flatnonzero(size)
    words = [
        f"one of {int(size[at])} reviews of one product within {STRETCH_DAYS} days with {int(stars[place[at]])} stars,"
        " by people who did not buy it"
        for at in chosen
    ]
    code, age = arrays.codes(reviews, "review_code")[place[chosen]], arrays.doubles(reviews, "age_days")
    latest = _latest(product[place], day[place], age[place], chosen)
    return suspects(rule, code, size[chosen], chance[chosen], words, latest)


def _bursts(product: Ints, day: Floats, stars: Floats, rule: SuspicionRule) -> tuple[Floats, Floats]:
    """Of each review, rising by product and day: the least chance of a burst that it is in, and its size (0: of
    none).
    """
    count = day.size
    all_days = np.sort(day)
    starts = np.searchsorted(product, product, "left")
    ends = np.searchsorted(product, product, "right")
    span = max(1.0, float(np.ptp(all_days)) + 1)
    chance, size = np.ones(count), np.zeros(count)
    # by product, then day: one number for both
    key = np.searchsorted(arrays.distinct(product), product) * (4 * span + STRETCH_DAYS) + (day - all_days[0])
    lasts = np.searchsorted(key, key + STRETCH_DAYS - 1, "right")
    for first in np.flatnonzero(lasts - np.arange(count) >= rule.at_least).tolist():
        last = int(lasts[first])
        for end in (1.0, 5.0):
            inside = np.arange(first, last)[_is_of_end(stars[first:last], end)]
            if inside.size < max(rule.at_least, rule.share * (last - first)):
                continue
            own = ends[first] - starts[first] - (last - first)
            others = np.searchsorted(all_days, day[first] + STRETCH_DAYS - 1, "right") - np.searchsorted(
                all_days, day[first]
            )
            others -= last - first
            # the product's part of what comes, at least one in all; a week of others counts at least as usual
            part = (own + 1) / (count - (last - first) + 1)
            week = max(float(others), (count - (last - first)) * STRETCH_DAYS / span)
            likely = min(1.0, float(stats.poisson.sf(inside.size - 1, part * week)) * count)
            if likely > rule.chance:
                continue
            better = likely < chance[inside]
            chance[inside] = np.where(better, likely, chance[inside])
            size[inside] = np.maximum(size[inside], inside.size)
    return chance, size


def _is_of_end(stars: Floats, end: float) -> Bools:
    return np.asarray(stars == end, dtype=np.bool_)


def _latest(product: Ints, day: Floats, age: Floats, chosen: Ints) -> Floats:
    """The age of the last review of each chosen one's burst: those of its product in the days around it."""
    found = np.full(chosen.size, np.nan)
    for number, at in enumerate(chosen):
        near = chosen[(product[chosen] == product[at]) & (np.abs(day[chosen] - day[at]) < STRETCH_DAYS)]
        found[number] = age[near].min()
    return found
