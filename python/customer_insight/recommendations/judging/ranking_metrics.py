"""How good ranked lists are, list by list. The definitions; relevant: what was then bought (or clicked), each once.

With rel_i = 1 where place i of the list is relevant, R the number of relevant products, k the places looked at:

- precision = (sum_{i<=k} rel_i) / k, also where the list is shorter
- recall    = (sum_{i<=k} rel_i) / R
- ndcg      = DCG / IDCG, DCG = sum_{i<=k} rel_i / log2(i + 1), IDCG = sum_{i<=min(k, R)} 1 / log2(i + 1)
- map       = (sum_{i<=k} rel_i x precision at i) / min(k, R)
- mrr       = 1 / the first relevant place <= k, 0 where there is none
- hit_rate  = 1 where any place <= k is relevant

Source: Jaervelin and Kekaelaeinen, TOIS 2002 (gains); Manning et al., Introduction to Information Retrieval, 8.4.
"""

from __future__ import annotations

import numpy as np

from customer_insight.numerics import ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.recommendations.proposing.candidates import Candidates, in_sorted

ACCURACY = ("precision", "recall", "ndcg", "map", "mrr", "hit_rate")
CUTOFFS = (5, 10, 20)


def hits(lists: Candidates, truth_keys: Ints, list_count: int, product_count: int, width: int = max(CUTOFFS)) -> Bools:
    """Which places are relevant, shape (list_count, width). truth_keys: ascending list x product_count + product."""
    found = np.zeros((list_count, width), dtype=np.bool_)
    place = ranking.ranks(lists.customer) - 1
    keep = place < width
    keys = lists.customer[keep] * max(1, product_count) + lists.product[keep]
    found[lists.customer[keep], place[keep]] = in_sorted(keys, truth_keys)
    return found


def accuracy(found: Bools, relevant: Ints, k: int) -> dict[str, Floats]:
    """Each metric at k of each list; found: shape (lists, places), relevant: R, at least 1, shape (lists,)."""
    first = found[:, :k].astype(np.float64)
    places = np.arange(1, first.shape[1] + 1)
    gain = 1 / np.log2(places + 1)
    so_far = np.cumsum(first, axis=1)
    possible = np.minimum(k, relevant)
    ideal = np.concatenate([[0.0], np.cumsum(1 / np.log2(np.arange(2, k + 2)))])
    any_hit = first.any(axis=1)
    return {
        "precision": so_far[:, -1] / k,
        "recall": so_far[:, -1] / relevant,
        "ndcg": first @ gain / ideal[possible],
        "map": (first * so_far / places).sum(axis=1) / possible,
        "mrr": np.where(any_hit, 1 / (np.argmax(first, axis=1) + 1), 0.0),
        "hit_rate": any_hit.astype(np.float64),
    }
