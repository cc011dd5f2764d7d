"""Scores of products for customers, block by block: item-based, repurchase, and popular products to fill up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.arrays import Bools, Floats, Ints
from customer_insight.recommendations.interactions import Interactions
from customer_insight.similarity import ranking

ITEM_BASED, REPURCHASE, POPULAR = 0, 1, 2
STRATEGIES = ("item_based", "repurchase", "popular")

# What one purchase says about the next counts as much as this many purchases of the average customer.
PRIOR_PURCHASES = 2.0
# Far below every score: what carries it is never recommended.
_NEVER = -1e6


@dataclass(frozen=True)
class Recommended:
    """Recommendations in order of customer and rank: positions; because is -1 for none. Shapes (n,)."""

    customer: Ints
    product: Ints
    score: Floats
    strategy: Ints
    because: Ints


def repeat_rates(pairs: Interactions, product_count: int) -> Floats:
    """How often a purchase of the product was followed by another of the same customer: shape (products,).

    Repeats over purchases, drawn towards the rate of all products as if by ten purchases.
    """
    is_bought = pairs.purchases > 0
    product, purchases = pairs.product[is_bought], pairs.purchases[is_bought]
    all_purchases = np.bincount(product, weights=purchases, minlength=product_count)
    repeats = np.bincount(product, weights=np.maximum(purchases - 1, 0), minlength=product_count)
    overall = repeats.sum() / max(1.0, all_purchases.sum())
    return np.asarray((repeats + 10 * overall) / (all_purchases + 10), dtype=np.float64)


def repurchase_scores(pairs: Interactions, rates: Floats) -> Floats:
    """Per pair: (purchases - 1 + 2 rate) / (purchases + 2) x decay, a share from 0 to 1; 0 where never bought.

    The customer's own repeats out of their purchases, drawn towards the product's rate, fading with age.
    """
    expected = np.maximum(pairs.purchases - 1, 0) + PRIOR_PURCHASES * rates[pairs.product]
    return np.where(pairs.purchases > 0, expected / (pairs.purchases + PRIOR_PURCHASES) * pairs.decay, 0.0)


def scored(
    pairs: Interactions, customer_count: int, similarity: sparse.csr_array, own: Floats, is_candidate: Bools, limit: int
) -> Recommended:
    """The best `limit` products of each customer of a block.

    What the customer has not bought scores by its weighted mean similarity to the customer's products. What was bought
    scores `own` (per pair) instead: that it goes well with other products is no reason to buy it twice.
    """
    weight = pairs.strength * pairs.decay
    total = np.bincount(pairs.customer, weights=weight, minlength=customer_count)
    share = np.divide(weight, total[pairs.customer], out=np.zeros_like(weight), where=total[pairs.customer] > 0)
    shape = (customer_count, similarity.shape[0])
    profile = ranking.matrix(pairs.customer, pairs.product, share, shape)
    is_bought = pairs.purchases > 0
    never = ranking.matrix(
        pairs.customer[is_bought], pairs.product[is_bought], np.full(int(is_bought.sum()), _NEVER), shape
    )
    left = sparse.csr_array(sparse.hstack([profile, never]))
    right = sparse.csr_array(sparse.vstack([similarity, sparse.eye_array(shape[1])]))
    new_customer, new_product, new_score = ranking.best_columns(left, right, limit)
    again = is_bought & is_candidate[pairs.product] & (own > 0)
    customer = np.concatenate([new_customer, pairs.customer[again]])
    product = np.concatenate([new_product, pairs.product[again]])
    score = np.concatenate([new_score, np.round(own[again], ranking.SCORE_DECIMALS)])
    strategy = np.repeat([ITEM_BASED, REPURCHASE], [new_customer.size, int(again.sum())])
    order, _ = ranking.in_order(customer, product, score, limit)
    customer, product, score, strategy = customer[order], product[order], score[order], strategy[order]
    part = _largest_part(profile, similarity, customer, product)
    return Recommended(customer, product, score, strategy, np.where(strategy == REPURCHASE, product, part))


def own_scores(pairs: Interactions, rates: Floats, recommend_repurchase: bool) -> Floats:
    """What a customer's own products score: the repurchase score, or nothing."""
    return repurchase_scores(pairs, rates) if recommend_repurchase else np.zeros(pairs.purchases.size)


def _largest_part(profile: sparse.csr_array, similarity: sparse.csr_array, customer: Ints, product: Ints) -> Ints:
    """For each recommended pair the customer's product with the largest share x similarity; ties to the first."""
    if similarity.nnz == 0 or customer.size == 0:
        return np.full(customer.size, -1, dtype=np.int64)
    count = similarity.shape[0]
    sizes = np.diff(profile.indptr)[customer].astype(np.int64)
    starts = np.cumsum(sizes) - sizes
    within = np.arange(int(sizes.sum())) - np.repeat(starts, sizes)
    entry = np.repeat(profile.indptr[customer].astype(np.int64), sizes) + within
    source = profile.indices[entry].astype(np.int64)
    keys = np.repeat(np.arange(count, dtype=np.int64), np.diff(similarity.indptr)) * count + similarity.indices
    wanted = source * count + np.repeat(product, sizes)
    place = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
    part = np.where(keys[place] == wanted, profile.data[entry] * similarity.data[place], 0.0)
    part = np.round(part, 2 * ranking.SCORE_DECIMALS)
    largest = np.maximum.reduceat(part, starts)
    is_largest = np.flatnonzero((part == np.repeat(largest, sizes)) & (part > 0))
    because = np.full(customer.size, -1, dtype=np.int64)
    pair = np.repeat(np.arange(customer.size), sizes)[is_largest]
    first = np.unique(pair, return_index=True)[1]
    because[pair[first]] = source[is_largest[first]]
    return because


def popular_fill(
    customer_count: int, chosen: Recommended, pairs: Interactions, popular: Ints, score: Floats, limit: int
) -> Recommended:
    """Popular products (best first) for the free places: not chosen yet and never bought. Shapes (n,)."""
    free = limit - np.bincount(chosen.customer, minlength=customer_count)
    wanting = np.flatnonzero(free > 0)
    place = np.full(score.size, -1, dtype=np.int64)
    place[popular] = np.arange(popular.size)
    is_bought = pairs.purchases > 0
    customer = np.concatenate([chosen.customer, pairs.customer[is_bought]])
    taken = place[np.concatenate([chosen.product, pairs.product[is_bought]])]
    found: list[tuple[Ints, Ints]] = []
    width = min(popular.size, 4 * limit)
    while wanting.size and popular.size:
        step = max(1, (1 << 24) // width)
        parts = [
            _first_free(wanting[at : at + step], free, customer, taken, width) for at in range(0, wanting.size, step)
        ]
        rows, columns = (np.concatenate(part) for part in zip(*parts, strict=True))
        counts = np.bincount(rows, minlength=customer_count)
        done = (counts[wanting] == free[wanting]) | (width == popular.size)
        is_done = np.isin(rows, wanting[done])
        found.append((rows[is_done], popular[columns[is_done]]))
        wanting, width = wanting[~done], min(popular.size, 8 * width)
    rows = np.concatenate([np.zeros(0, np.int64), *(rows for rows, _ in found)])
    product = np.concatenate([np.zeros(0, np.int64), *(product for _, product in found)])
    return Recommended(rows, product, score[product], np.full(rows.size, POPULAR), np.full(rows.size, -1))


def _first_free(wanting: Ints, free: Ints, customer: Ints, taken: Ints, width: int) -> tuple[Ints, Ints]:
    """For each wanting customer the first popular places (columns < width) not taken, as many as are free."""
    row = np.searchsorted(wanting, customer)
    is_here = (row < wanting.size) & (taken >= 0) & (taken < width)
    is_here[is_here] = wanting[row[is_here]] == customer[is_here]
    is_free = np.ones((wanting.size, width), dtype=np.bool_)
    is_free[row[is_here], taken[is_here]] = False
    is_free &= np.cumsum(is_free, axis=1, dtype=np.int32) <= free[wanting][:, None]
    rows, columns = np.nonzero(is_free)
    return wanting[rows], columns
