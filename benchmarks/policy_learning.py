"""What a policy that learns earns beside uniform draws, the best fixed offer and who knows the truth."""

from __future__ import annotations

import time

import numpy as np
from scipy.stats import t
from threadpoolctl import threadpool_limits

from benchmarks import policy_shops

SEEDS = 20
HALF_LIFE = 365.0  # the setting's default
SHOPS: dict[str, tuple[dict, float]] = {
    "segments differ": ({}, HALF_LIFE),
    "no segment differs": ({"alike": True}, HALF_LIFE),
    "two sleeping dogs": ({"sleeping_dogs": 2}, HALF_LIFE),
    "orders come late": ({"window": policy_shops.WINDOW}, HALF_LIFE),
    "drift on day 50": ({"drifts": True}, HALF_LIFE),
    "drift, half-life 20 days": ({"drifts": True}, 20.0),
    "position bias": ({"has_positions": True}, HALF_LIFE),
    "dogs, late and drift": (
        {"sleeping_dogs": 2, "window": policy_shops.WINDOW, "drifts": True},
        HALF_LIFE,
    ),
}


def interval(values: np.ndarray, of: np.ndarray | None = None) -> str:
    """Mean over the seeds, or the ratio of two means, and its 95 % interval (delta method)."""
    whole = np.ones(values.size) if of is None else of
    ratio = values.mean() / whole.mean()
    error = (values - ratio * whole).std(ddof=1) / whole.mean() / np.sqrt(values.size)
    half = t.ppf(0.975, values.size - 1) * error
    return f"{ratio:.3f} ({ratio - half:.3f} to {ratio + half:.3f})"


def compared(shop: str, seeds: int) -> dict[str, np.ndarray]:
    """Expected margin a customer by each policy, one element a seed."""
    how, half_life = SHOPS[shop]
    with threadpool_limits(1):
        rows = [policy_shops.earned(policy_shops.truth(seed, **how), seed, half_life) for seed in range(seeds)]
    return {name: np.array([row[name] for row in rows]) / (policy_shops.DAYS * policy_shops.A_DAY) for name in rows[0]}


def main(shops: tuple[str, ...] = tuple(SHOPS)) -> None:
    """Prints, for each shop, means and ratios with 95 % intervals over the seeds."""
    print(
        f"\n{policy_shops.DAYS} days of {policy_shops.A_DAY:,} customers, {SEEDS} seeds: margin a customer, and goals"
    )
    for shop in shops:
        began = time.process_time()
        found = compared(shop, SEEDS)
        print(f"{shop} ({time.process_time() - began:.0f} s cpu)")
        for name, values in found.items():
            print(f"    {name:22} {interval(values)}")
        print(f"    over uniform           {interval(found['learning'] - found['uniform'], found['uniform'])}")
        print(f"    of the best fixed      {interval(found['learning'], found['fixed'])}")
        gap = found["knowing"] - found["fixed"]
        if gap.mean() > 0.005 * found["fixed"].mean():
            print(f"    share of the gap       {interval(found['learning'] - found['fixed'], gap)}", flush=True)
