"""Products for each customer: item-based, with repurchases where wanted and popular products to fill up.

A product's score is the customer's weighted mean of similarity to it (Deshpande and Karypis, TOIS 2004, section 4),
from 0 to 1. The customer's profile fades with age, weight = strength x 0.5^(age / half_life_days); similarity between
products does not: what goes together does not age.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from customer_insight import arrays, parameters
from customer_insight.arrays import Ints
from customer_insight.learned import OK, Learned
from customer_insight.parameters import Setting
from customer_insight.recommendations import recommendation_scores
from customer_insight.recommendations.interactions import Catalogue, Interactions, read_catalogue, read_interactions
from customer_insight.recommendations.item_neighbours import neighbours
from customer_insight.recommendations.recommendation_scores import ITEM_BASED, REPURCHASE, STRATEGIES, Recommended
from customer_insight.similarity import ranking

_BLOCK_CUSTOMERS, _BLOCK_PAIRS = 20_000, 400_000


def learn(
    interactions: pa.Table,
    products: pa.Table,
    customers: pa.Table | None = None,
    *,
    recommendations_per_customer: Setting = 10,
    recommend_repurchase: Setting = True,
    half_life_days: Setting = 180,
    neighbours_per_product: Setting = 10,
    shrinkage: Setting = 5,
    max_customer_products: Setting = 1000,
) -> Learned:
    """Up to recommendations_per_customer available products for every customer.

    interactions: customer_code, product_code (int, one row a pair; repeated pairs are added up), purchases, carts,
    views (counts), last_interaction_age_days. products: product_code, is_available, popularity (any scale).
    customers: customer_code of everyone who is to get a list, besides those with interactions.

    Table recommendations: customer_code, recommendation_rank, product_code, score, strategy (item_based, repurchase,
    popular), because_product_code (the customer's product with the largest part in the score; null for popular),
    is_repurchase. The scores of popular products are their share of the highest popularity, a scale of its own.
    recommend_repurchase false: never what the customer already bought. neighbours_per_product: few, because what
    is merely popular is a distant neighbour of everything and would crowd out what is close.
    """
    settings = {
        "half_life_days": parameters.number("half_life_days", half_life_days, minimum=1e-6),
        "max_customer_products": parameters.whole_number("max_customer_products", max_customer_products, minimum=2),
        "neighbours_per_product": parameters.whole_number("neighbours_per_product", neighbours_per_product, minimum=1),
        "recommend_repurchase": parameters.truth("recommend_repurchase", recommend_repurchase),
        "recommendations_per_customer": parameters.whole_number(
            "recommendations_per_customer", recommendations_per_customer, minimum=1
        ),
        "shrinkage": parameters.number("shrinkage", shrinkage),
    }
    catalogue = read_catalogue(products, interactions)
    customer_codes = _customer_codes(interactions, customers)
    pairs = read_interactions(interactions, customer_codes, catalogue, float(settings["half_life_days"]))
    chosen = recommend(pairs, customer_codes.size, catalogue, settings)
    return Learned(
        tables={"recommendations": _table(chosen, customer_codes, catalogue)},
        status=_status(customer_codes, catalogue, pairs, chosen),
        parameters=dict(settings),
        metrics={
            "customers": customer_codes.size,
            "pairs": pairs.customer.size,
            "products_available": int(catalogue.is_available.sum()),
            **{f"{name}_recommendations": int((chosen.strategy == at).sum()) for at, name in enumerate(STRATEGIES)},
        },
        input_fingerprint=arrays.fingerprint({**vars(pairs), **vars(catalogue), "customer_codes": customer_codes}),
    )


def _customer_codes(interactions: pa.Table, customers: pa.Table | None) -> Ints:
    given = arrays.codes(interactions, "customer_code")
    return np.unique(given if customers is None else np.concatenate([given, arrays.codes(customers, "customer_code")]))


def _status(customer_codes: Ints, catalogue: Catalogue, pairs: Interactions, chosen: Recommended) -> str:
    if customer_codes.size == 0:
        return "There are no customers."
    if not catalogue.is_available.any():
        return "No product is available, so none can be recommended."
    if not (chosen.strategy == ITEM_BASED).any() and not (chosen.strategy == REPURCHASE).any():
        return "No two products share enough customers: everyone gets the popular products."
    return OK


def recommend(
    pairs: Interactions, customer_count: int, catalogue: Catalogue, settings: dict[str, float | int | bool]
) -> Recommended:
    """The recommendations of all customers, in order of customer and rank."""
    limit = int(settings["recommendations_per_customer"])
    similarity = neighbours(
        pairs.customer,
        pairs.product,
        pairs.strength,
        catalogue.is_available,
        limit=int(settings["neighbours_per_product"]),
        shrinkage=float(settings["shrinkage"]),
        max_customer_products=int(settings["max_customer_products"]),
    )
    rates = recommendation_scores.repeat_rates(pairs, catalogue.codes.size)
    available = np.flatnonzero(catalogue.is_available)
    popular = available[np.argsort(-catalogue.popularity[available], kind="stable")]
    popularity = catalogue.popularity / max(catalogue.popularity[available].max(initial=0.0), 1e-300)
    parts: list[Recommended] = []
    for start, stop in _customer_blocks(pairs, customer_count):
        block = pairs.of_customers(start, stop)
        own = recommendation_scores.own_scores(block, rates, bool(settings["recommend_repurchase"]))
        best = recommendation_scores.scored(block, stop - start, similarity, own, catalogue.is_available, limit)
        fill = recommendation_scores.popular_fill(stop - start, best, block, popular, popularity, limit)
        parts.append(_merged(best, fill, start))
    return _concatenated(parts)


def _customer_blocks(pairs: Interactions, customer_count: int) -> Iterator[tuple[int, int]]:
    """Runs of customers with a bounded number of customers and of pairs (or one customer)."""
    ends = np.searchsorted(pairs.customer, np.arange(customer_count), side="right")
    start = 0
    while start < customer_count:
        done = ends[start - 1] if start else 0
        stop = int(np.searchsorted(ends, done + _BLOCK_PAIRS, side="right"))
        stop = min(max(stop, start + 1), start + _BLOCK_CUSTOMERS, customer_count)
        yield start, stop
        start = stop


def _merged(best: Recommended, fill: Recommended, start: int) -> Recommended:
    """Both in order of customer, popular ones last; customers numbered from start."""
    both = _concatenated([best, fill])
    order = np.argsort(both.customer, kind="stable")
    columns = {name: values[order] for name, values in vars(both).items()}
    columns["customer"] += start
    return Recommended(**columns)


def _concatenated(parts: list[Recommended]) -> Recommended:
    empty = np.zeros(0, dtype=np.int64)
    parts = [Recommended(empty, empty, np.zeros(0), empty, empty), *parts]
    return Recommended(
        *(np.concatenate(column) for column in zip(*(vars(part).values() for part in parts), strict=True))
    )


def _table(chosen: Recommended, customer_codes: Ints, catalogue: Catalogue) -> pa.Table:
    has_reason = chosen.because >= 0
    reason = np.where(has_reason, catalogue.codes[chosen.because] if chosen.because.size else 0, 0)
    strategies = pa.DictionaryArray.from_arrays(arrays.arrow(chosen.strategy.astype(np.int8)), pa.array(STRATEGIES))
    return pa.table(
        {
            "customer_code": arrays.arrow(customer_codes[chosen.customer]),
            "recommendation_rank": arrays.arrow(ranking.ranks(chosen.customer).astype(np.int32)),
            "product_code": arrays.arrow(catalogue.codes[chosen.product]),
            "score": arrays.nullable(chosen.score),
            "strategy": strategies.cast(pa.string()),
            "because_product_code": arrays.arrow(reason, ~has_reason),
            "is_repurchase": arrays.arrow(chosen.strategy == REPURCHASE),
        }
    )
