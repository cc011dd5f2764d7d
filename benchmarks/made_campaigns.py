"""Sums of campaigns whose truth is known, by the thousand: splits of one population, and fresh customers each time.

A customer's rate of buying is theirs for good (gamma), so that the period before says something; baskets are lognormal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

DAYS = 28
SEGMENTS = 3
# How a buyer's purchases fall into the window: from a uniform number to a share of the window.
PATTERNS = {
    "even": lambda u: u,
    "burst": lambda u: -np.log1p(-u * (1 - np.exp(-7))) / 7,
    "late": lambda u: u ** (1 / 4),
    "heavy": lambda u: u,
}


@dataclass
class Population:
    """Purchases of customers who bought in the window or before: customer, day of the window, money; and their past."""

    size: int
    segment: np.ndarray  # of customers
    buyer: np.ndarray
    day: np.ndarray
    money: np.ndarray
    orders_before: np.ndarray  # of customers
    money_before: np.ndarray

    def measures(self, day: int) -> dict[str, np.ndarray]:
        """Per customer, up to the end of a day."""
        happened = self.day <= day
        orders = np.bincount(self.buyer[happened], minlength=self.size).astype(float)
        revenue = np.bincount(self.buyer[happened], weights=self.money[happened], minlength=self.size)
        return {"conversion": (orders > 0).astype(float), "orders": orders, "revenue": revenue}

    def before(self) -> dict[str, np.ndarray]:
        """The same in the period before."""
        return {
            "conversion": (self.orders_before > 0).astype(float),
            "orders": self.orders_before,
            "revenue": self.money_before,
        }


def population(
    generator: np.random.Generator, size: int = 20_000, conversion: float = 0.03, pattern: str = "even"
) -> Population:
    """Customers of whom `conversion` buy in the window, and three times as often in the twelve weeks before."""
    shape = 0.02 if pattern == "heavy" else 0.3
    # P(no purchase) of a gamma rate with this shape and scale is (1 + scale)^-shape
    scale = (1 - conversion) ** (-1 / shape) - 1
    rate = generator.gamma(shape, scale, size)
    orders = generator.poisson(rate)
    before = generator.poisson(3 * rate)
    taste = np.exp(0.5 * generator.standard_normal(size))
    buyer, earlier = np.repeat(np.arange(size), orders), np.repeat(np.arange(size), before)
    money_before = np.bincount(earlier, weights=_baskets(generator, taste[earlier]), minlength=size)
    day = np.floor(DAYS * PATTERNS[pattern](generator.random(buyer.size))).clip(0, DAYS - 1).astype(int)
    return Population(
        size,
        generator.integers(SEGMENTS, size=size),
        buyer,
        day,
        _baskets(generator, taste[buyer]),
        before.astype(float),
        money_before,
    )


def _baskets(generator: np.random.Generator, taste: np.ndarray) -> np.ndarray:
    return 40 * taste * np.exp(0.8 * generator.standard_normal(taste.size))


def online_retail(file: Path) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Of each customer known by October 2011: purchases of the 28 days from then, and of the 84 days before."""
    lines = pd.read_parquet(file, columns=["Invoice", "Quantity", "InvoiceDate", "Price", "CustomerID"])
    for name in ("Quantity", "Price"):
        lines[name] = pd.to_numeric(lines[name])
    lines["InvoiceDate"] = pd.to_datetime(lines["InvoiceDate"])
    has_customer = lines["CustomerID"].notna() & (lines["CustomerID"].astype(str) != "")
    lines = lines[(lines["Quantity"] > 0) & (lines["Price"] > 0) & has_customer]
    lines["revenue"] = lines["Quantity"] * lines["Price"]
    cut, day = pd.Timestamp("2011-10-01"), lines["InvoiceDate"]
    customers = np.sort(lines.loc[day < cut, "CustomerID"].unique())
    periods = (day >= cut) & (day < cut + pd.Timedelta(days=DAYS)), (day < cut) & (day >= cut - pd.Timedelta(days=84))
    found = []
    for inside in periods:
        by_customer = lines[inside].groupby("CustomerID")
        orders = by_customer["Invoice"].nunique().reindex(customers, fill_value=0).to_numpy(dtype=float)
        revenue = by_customer["revenue"].sum().reindex(customers, fill_value=0).to_numpy()
        found.append({"conversion": (orders > 0).astype(float), "orders": orders, "revenue": revenue})
    return found[0], found[1]


# Of each group: customers, then the sums of y, x, y^2, x^2 and x y.
Sums = dict[tuple[str, str], tuple[np.ndarray, np.ndarray]]
KEYS = [
    (metric, segment)
    for metric in ("conversion", "orders", "revenue")
    for segment in ("all", *map(str, range(SEGMENTS)))
]


def split_sums(
    generator: np.random.Generator,
    people: Population,
    splits: int,
    control_share: float,
    days: list[int],
    keys: list[tuple[str, str]] = KEYS,
) -> Iterator[tuple[int, Sums]]:
    """For each day: by metric and segment, the sums of variant and control, each of shape (splits, 6)."""
    past = people.before()
    segments = {"all": np.ones(people.size)} | {str(k): (people.segment == k).astype(float) for k in range(SEGMENTS)}
    is_control = (generator.random((splits, people.size)) < control_share).astype(np.float32)
    customers = {name: is_control @ inside.astype(np.float32) for name, inside in segments.items()}
    # who never buys adds nothing but themselves
    buys = (people.orders_before > 0) | (people.measures(DAYS)["orders"] > 0)
    buying_control = is_control[:, buys].astype(np.float64)
    for day in days:
        measures, blocks = people.measures(day), []
        for metric, segment in keys:
            y, x, inside = measures[metric][buys], past[metric][buys], segments[segment][buys]
            blocks.append(np.stack([y, x, y * y, x * x, x * y], axis=1) * inside[:, None])
        matrix = np.concatenate(blocks, axis=1)
        control, total, found = buying_control @ matrix, matrix.sum(axis=0), {}
        for place, key in enumerate(keys):
            columns = slice(5 * place, 5 * place + 5)
            held = np.column_stack([customers[key[1]], control[:, columns]])
            found[key] = np.append(segments[key[1]].sum(), total[columns]) - held, held
        yield day, found


def table(found: Sums, control_share: float, elapsed: float) -> pa.Table:
    """The input of campaign_effects: each split as a campaign of its own."""
    parts = []
    for (metric, segment), (variant, control) in found.items():
        for name, share, sums in (("mail", 1 - control_share, variant), (None, control_share, control)):
            n, y, x, yy, xx, xy = sums.T
            count = len(sums)
            columns = {
                "campaign_id": np.arange(count),
                "variant": pa.array([name] * count, pa.string()),
                "segment_id": pa.array([segment] * count),
                "metric": pa.array([metric] * count),
                "is_success_metric": pa.array([metric == "conversion"] * count),
                "customers": n.astype(np.int64),
                "planned_share": np.full(count, share),
                "elapsed_share": np.full(count, elapsed),
            }
            weighted = {"w": n, "ww": n, "wy": y, "wx": x, "wwy": y, "wwx": x, "wwyy": yy, "wwxx": xx, "wwxy": xy}
            parts.append(pa.table(columns | weighted))
    return pa.concat_tables(parts)
