"""Made logs of products shown and of variants drawn, whose truth is known."""

import numpy as np
import pyarrow as pa
from customer_insight.campaigns.uplift_halves import HALVES

PRODUCTS = 8
POSITIONS = 3


def touches_of(
    count, seed, *, hit=0.8, miss=0.05, epsilon=0.3, position_bias=(1.0, 1.0, 1.0), sent_best=0.8, activity=None
):
    """(touches, candidates, truth by policy): products of eight departments; a customer likes one of them.

    The sender shows the product that it believes to be liked (right `sent_best` of the time) with 1 - epsilon, else
    any; a liked product is clicked with `hit`, another with `miss`, more by the customer's activity, times the
    position's bias.
    """
    rng = np.random.default_rng(seed)
    liked = rng.integers(0, PRODUCTS, count)
    believed = np.where(rng.random(count) < sent_best, liked, rng.integers(0, PRODUCTS, count))
    shown = np.where(rng.random(count) < epsilon, rng.integers(0, PRODUCTS, count), believed)
    position = rng.integers(1, POSITIONS + 1, count)
    bias = np.asarray(position_bias)[position - 1]
    kind = rng.integers(0, 4, count)
    added = np.zeros(4) if activity is None else np.asarray(activity)
    clicked = rng.random(count) < (np.where(shown == liked, hit, miss) + added[kind]) * bias
    touches = pa.table(
        {
            "touch_code": np.arange(count),
            "person_code": np.arange(count) + 1,
            "occasion_code": np.ones(count, dtype=np.int64),
            "product_code": 100 + shown,
            "position": position,
            "propensity": np.where(shown == believed, 1 - epsilon + epsilon / PRODUCTS, epsilon / PRODUCTS),
            "is_clicked": clicked,
            "is_converted": clicked & (rng.random(count) < 0.3),
            "revenue": np.where(clicked, 10.0, 0.0),
            "favourite_code": liked + 1,
            "activity": kind,
            "recommended_code": 100 + liked,
            "has_lists": np.ones(count, dtype=bool),
        }
    )
    candidates = pa.table(
        {
            "occasion_code": np.ones(PRODUCTS, dtype=np.int64),
            "product_code": 100 + np.arange(PRODUCTS),
            "department_code": 1 + np.arange(PRODUCTS),
        }
    )
    mean_bias = float(np.mean(position_bias))
    hit, miss = hit + added.mean(), miss + added.mean()
    uniform = (hit + (PRODUCTS - 1) * miss) / PRODUCTS * mean_bias
    is_liked = sent_best + (1 - sent_best) / PRODUCTS
    sent = (1 - epsilon) * (is_liked * hit + (1 - is_liked) * miss) * mean_bias + epsilon * uniform
    best = hit * mean_bias
    return touches, candidates, {"logged": sent, "uniform": uniform, "offer_rule": best, "recommendations": best}


def no_offers():
    """Nobody was drawn for anything."""
    whole = dict.fromkeys(("campaign_code", "customer_code", "variant_code", "segment_code", "activity"), pa.int64())
    return pa.table(
        {name: pa.array([], kind) for name, kind in whole.items()}
        | {"metric": pa.array([], pa.string())}
        | {name: pa.array([], pa.float64()) for name in ("propensity", "reward")}
    )


def no_halves():
    """No ranking of uplift was learned."""
    whole = dict.fromkeys(("campaign_code", "variant_code", "customer_code"), pa.int64())
    kinds = whole | {"metric": pa.string()} | {name: HALVES[name] for name in list(HALVES)[3:]}
    return pa.table({name: pa.array([], kind) for name, kind in kinds.items()})


def offers_of(count, seed, *, effects=((0.05, 0.05, 0.1), (0.05, 0.1, 0.02)), shares=(0.2, 0.4, 0.4)):
    """(offers, truth by policy): two segments; effects: chance of an order by segment and variant (0: left alone)."""
    rng = np.random.default_rng(seed)
    segment = rng.integers(0, 2, count)
    variant = rng.choice(len(shares), count, p=shares)
    chance = np.asarray(effects)
    offers = pa.table(
        {
            "campaign_code": np.full(count, 3),
            "metric": np.full(count, "conversion"),
            "customer_code": np.arange(count) + 1,
            "variant_code": variant,
            "segment_code": segment,
            "activity": rng.integers(0, 4, count),
            "propensity": np.asarray(shares)[variant],
            "reward": (rng.random(count) < chance[segment, variant]).astype(np.float64),
        }
    )
    logged = float((chance @ np.asarray(shares)).mean())
    return offers, {"logged": logged, "uniform": float(chance.mean()), "offer_rule": float(chance.max(axis=1).mean())}
