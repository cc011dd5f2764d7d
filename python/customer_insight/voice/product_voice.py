"""What is praised and blamed of each product, beside the rest of its category.

Source: Wilson 1927 (interval of a share); Fisher 1935 in the form of Lancaster 1961 (mid-p of the exact test: is the
share of praise another than in the rest of the category?); Benjamini and Hochberg 1995 (of all that are named as
different, such a share is chance at most). Products without a category are compared with all others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from scipy.stats import false_discovery_control, hypergeom, norm

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import ArrowArray, Bools, Floats, Ints
from customer_insight.texts.masking import mask

pc: Any = pyarrow.compute

_Z = float(norm.ppf(0.975))
# Letters of a sentence that can be an example.
_EXAMPLE_LETTERS = (15, 200)


@dataclass(frozen=True)
class Opinions:
    """One element for each review and aspect that it praises or blames."""

    product: Ints
    category: Ints
    aspect: Ints
    log_odds: Floats
    sentence: ArrowArray


def table(opinions: Opinions, names: list[str], least: int) -> pa.Table:
    """One row per product and aspect that `least` reviews name, by product and aspect."""
    width = max(len(names), 1)
    keys, group = np.unique(opinions.product * width + opinions.aspect, return_inverse=True)
    is_praise = opinions.log_odds >= 0
    reviews, praised = np.bincount(group, minlength=keys.size), _counts(group, is_praise, keys.size)
    category = np.zeros(keys.size, dtype=np.int64)
    category[group] = opinions.category
    whole, whole_praised = _of_category(category, keys % width, reviews, praised)
    rest, rest_praised = whole - reviews, whole_praised - praised
    shown = np.flatnonzero(reviews >= least)
    n, k, others, good = (values[shown] for values in (reviews, praised, rest, rest_praised))
    p_values = _mid_p(k, n, good, others)
    q_values = np.full(shown.size, np.nan)
    is_compared = np.isfinite(p_values)
    if is_compared.any():
        q_values[is_compared] = false_discovery_control(p_values[is_compared])
    share, usual = k / np.maximum(n, 1), np.where(others > 0, good / np.maximum(others, 1), np.nan)
    low, high = _wilson(share, n)
    is_better = share >= np.where(np.isfinite(usual), usual, 0.5)
    examples = _examples(opinions, group, is_praise, shown, is_better)
    return pa.table(
        {
            "product_code": arrays.arrow(keys[shown] // width),
            "aspect": pa.array([names[place] for place in keys[shown] % width], pa.string()),
            "reviews": arrays.arrow(n),
            "praised": arrays.arrow(k),
            "praised_share": arrays.nullable(share),
            "ci_low": arrays.nullable(low),
            "ci_high": arrays.nullable(high),
            "category_reviews": arrays.arrow(others),
            "category_share": arrays.nullable(usual),
            "difference": arrays.nullable(share - usual),
            "p_value": arrays.nullable(p_values),
            "q_value": arrays.nullable(q_values),
            "example": pa.array(examples, pa.string()),
        }
    )


def _counts(group: Ints, chosen: Bools, size: int) -> Ints:
    return np.bincount(group[chosen], minlength=size)


def _of_category(category: Ints, aspect: Ints, reviews: Ints, praised: Ints) -> tuple[Ints, Ints]:
    """Reviews and praise of each row's category and aspect, its own included."""
    _, place = np.unique(np.column_stack([category, aspect]), axis=0, return_inverse=True)
    place = place.reshape(-1)
    totals = [np.bincount(place, values)[place].round().astype(np.int64) for values in (reviews, praised)]
    return totals[0], totals[1]


def _mid_p(praised: Ints, reviews: Ints, others_praised: Ints, others: Ints) -> Floats:
    """Two-sided; NaN where there is nothing to compare with."""
    law = hypergeom(reviews + others, praised + others_praised, reviews)
    at = law.pmf(praised) / 2
    found = np.clip(2 * np.minimum(law.cdf(praised) - at, law.sf(praised) + at), 0.0, 1.0)
    return np.where(others > 0, found, np.nan)


def _wilson(share: Floats, count: Ints) -> tuple[Floats, Floats]:
    n = np.maximum(count, 1)
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def _examples(opinions: Opinions, group: Ints, is_praise: Bools, shown: Ints, is_better: Bools) -> list[str | None]:
    """The clearest sentence of the kind that stands out, masked; None where no sentence has a fit length."""
    anything: Any = opinions.sentence
    letters = np.asarray(pc.utf8_length(anything), dtype=np.int64)
    wanted = np.zeros(group.max(initial=0) + 1, dtype=np.int64)
    wanted[shown] = np.where(is_better, 1, -1)
    is_fit = (letters >= _EXAMPLE_LETTERS[0]) & (letters <= _EXAMPLE_LETTERS[1])
    rows = np.flatnonzero(is_fit & (wanted[group] == np.where(is_praise, 1, -1)))
    said: Any = anything.take(pa.array(rows))
    order = np.asarray(
        pc.sort_indices(
            pa.table({"group": group[rows], "clear": -np.abs(opinions.log_odds[rows]), "said": said}),
            sort_keys=[("group", "ascending"), ("clear", "ascending"), ("said", "ascending")],
        ),
        dtype=np.int64,
    )
    ordered = group[rows][order]
    is_first = np.append(True, ordered[1:] != ordered[:-1])[: ordered.size]
    texts = mask(said.take(pa.array(order[is_first])).to_pylist())
    of_group = dict(zip(ordered[is_first].tolist(), texts, strict=True))
    return [of_group.get(int(place)) for place in shown]
