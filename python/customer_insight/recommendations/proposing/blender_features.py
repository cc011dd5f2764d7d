"""What is known about a customer and a product that some strategy proposes: the columns that the blender learns from.

From each strategy: its score, plain and as a share of the customer's best, and 1 / its rank. Beside them popularity and
its trend, the customer's own purchases of the product (how many, how long ago, where in the cycle), price fit, category
affinity.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.recommendations.history.history import History
from customer_insight.recommendations.history.pair_facts import facts_of
from customer_insight.recommendations.proposing.candidates import Candidates, joined

Features = npt.NDArray[np.float32]

# How the column ends that has 1 / the rank of a strategy, 0 where it does not propose the pair.
RANK = "_rank"


@dataclass(frozen=True)
class Pool:
    """Distinct pairs in order of customer (place among those asked for) and product; shapes (pairs,).

    position: of the customer in the history, the same in every window. features: (pairs, columns), named; is_opinion:
    which columns say what a strategy thinks of the pair, the more the better; best_strategy: place of the strategy that
    ranks the pair highest (ties: first).
    """

    customer: Ints
    position: Ints
    product: Ints
    is_owned: Bools
    features: Features
    names: list[str]
    is_opinion: Bools
    best_strategy: Ints


def pool(proposals: dict[str, tuple[Candidates, Candidates]], history: History, customers: Ints) -> Pool:
    """Every product that any strategy proposes (new, own: see `candidates.propose`) to these customers (positions)."""
    both = {name: joined([new, own]).best(history.catalogue.count) for name, (new, own) in proposals.items()}
    keys = {name: history.catalogue.keys(each.customer, each.product) for name, each in both.items()}
    key = arrays.distinct(np.concatenate([np.zeros(0, np.int64), *keys.values()]))
    customer, product = history.catalogue.split(key)
    columns: dict[str, Features] = {}
    best_rank, best_strategy = np.zeros(key.size), np.zeros(key.size, dtype=np.int64)
    for at, (name, each) in enumerate(both.items()):
        place = np.searchsorted(key, keys[name])
        score, share, reciprocal = np.full(key.size, np.nan), np.zeros(key.size), np.zeros(key.size)
        score[place] = each.score
        share[place] = _shares(each)
        reciprocal[place] = 1 / ranking.ranks(each.customer)
        of_strategy = {f"{name}_score": score, f"{name}_share": share, f"{name}{RANK}": reciprocal}
        columns |= {label: values.astype(np.float32) for label, values in of_strategy.items()}
        better = reciprocal > best_rank
        best_rank[better], best_strategy[better] = reciprocal[better], at
    opinions = len(columns)
    facts = facts_of(history).find(customers[customer], product)
    columns |= {label: values.astype(np.float32) for label, values in facts.items()}
    features = np.column_stack(list(columns.values()))
    is_opinion = np.arange(len(columns)) < opinions
    is_owned = facts["purchases"] > 0
    return Pool(customer, customers[customer], product, is_owned, features, list(columns), is_opinion, best_strategy)


def _shares(each: Candidates) -> Floats:
    """Scores from 0 (the worst proposed to the customer) to 1 (the best)."""
    if each.customer.size == 0:
        return np.zeros(0)
    start = np.flatnonzero(np.diff(each.customer, prepend=-1))
    size = np.diff(np.append(start, each.customer.size))
    best, worst = each.score[start], np.minimum(each.score[start + size - 1], 0)
    reach = np.maximum(best - worst, 1e-300)
    return np.asarray((each.score - np.repeat(worst, size)) / np.repeat(reach, size), dtype=np.float64)
