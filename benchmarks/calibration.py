"""Do probabilities come true in every season? Purchase and churn, month by month, as known at each: README.md."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
from customer_insight.numerics.arrays import Bools, Floats
from customer_insight.predictions.purchase import customer_days, purchase_choice
from customer_insight.predictions.purchase.customer_days import CustomerDays
from customer_insight.predictions.purchase.purchase_model import TrainingSet
from customer_insight.predictions.purchase.purchase_windows import PurchasePast
from customer_insight.scoring import probability_scores
from threadpoolctl import threadpool_limits

from benchmarks.measure import run

PROJECT = Path(__file__).parents[1]
MODEL = "int_customer_days_input"
DBT = [
    *(sys.executable, "-m", "dbt.cli.main", "build", "--project-dir", str(PROJECT)),
    *("--profiles-dir", str(PROJECT / "profiles"), "--resource-type", "model", "--resource-type", "seed"),
    *("--select", f"+{MODEL}"),
]
# Draws of what would come if probabilities were perfect.
DRAWS = 1000
# Days of a window, whether it is of churn, and how far beyond perfect probabilities it may be off in the mean.
TARGETS = {"purchase": (30, False, 0.01), "churn": (90, True, 0.015)}
# By shop, the last day and the days on which somebody might have asked.
SHOPS = {
    "online_retail": (date(2011, 12, 9), [date(2011, month, 9 if month > 9 else 10) for month in range(1, 12)]),
    "demo": (date(2025, 12, 31), [date(2025, month, 1) for month in range(1, 13)]),
}


def read(shop: str, folder: Path) -> CustomerDays | None:
    """What is known of a shop's customers; None where its data are not there."""
    data = os.environ.get("CUSTOMER_INSIGHT_TEST_DATA")
    if shop != "demo" and not data:
        print(f"\nCUSTOMER_INSIGHT_TEST_DATA names no folder: {shop} is left out")
        return None
    warehouse = folder / f"calibration_{shop}.duckdb"
    if not warehouse.exists():
        environment = {"CUSTOMER_INSIGHT_WAREHOUSE": str(warehouse), "CUSTOMER_INSIGHT_SOURCE": shop}
        environment["DBT_TARGET_PATH"] = str(folder / f"calibration_{shop}")
        if data and shop != "demo":
            environment["CUSTOMER_INSIGHT_RAW"] = str(Path(data, "online_retail_ii.parquet"))
        run(DBT, folder / "calibration.log", environment)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return customer_days.read_customer_days(
            connection.sql(f"from intermediate.{MODEL} order by all").to_arrow_table()
        )


def windows(days: CustomerDays, cut: int, horizon: int, *, is_churn: bool) -> tuple[str, Floats, Bools]:
    """The model that a run at the cut would have chosen, its probabilities of a purchase, and who bought."""
    then = PurchasePast(days.before(cut), horizon, only_buyers=is_churn)
    champion = purchase_choice.evaluate(then).champion
    training = TrainingSet(then, 0)
    window = PurchasePast(days, horizon, only_buyers=is_churn).window(cut, training.rhythm_model)
    return champion, training.fit(champion).probability(window.known), window.bought


def perfect(probability: Floats) -> Floats:
    """Errors of ten bins, were these probabilities perfect, (draws,)."""
    random = np.random.default_rng(0)
    drawn = random.random((DRAWS, probability.size)) < probability
    return np.array([probability_scores.calibration_error(probability, came) for came in drawn])


def judged(days: CustomerDays, last: date, asked: list[date], target: str) -> Iterator[tuple[float, ...]]:
    """By day asked: error beyond that of perfect probabilities, beyond their 99 % quantile, of the sum, and AUC."""
    horizon, is_churn, _ = TARGETS[target]
    for day in asked:
        cut = (last - day).days
        if cut < horizon:
            continue
        name, probability, bought = windows(days, cut, horizon, is_churn=is_churn)
        error, drawn = probability_scores.calibration_error(probability, bought), perfect(probability)
        row = (
            error - drawn.mean(),
            error - float(np.quantile(drawn, 0.99)),
            float(probability.sum() / bought.sum() - 1),
            probability_scores.auc(probability, bought)[0],
        )
        print(f"{day} {name:20} buy {bought.mean():6.1%}" + "".join(f"{each:9.3f}" for each in row), flush=True)
        yield row


def main(folder: Path) -> None:
    """Prints each month of each shop, and what the goals say of all of them."""
    for shop, (last, asked) in SHOPS.items():
        days = read(shop, folder)
        for target, (horizon, _, goal) in TARGETS.items() if days else ():
            print(f"\n{shop}, {target}, {horizon} days: error beyond perfect, beyond their 99 %, of the sum, AUC")
            with threadpool_limits(1):
                rows = np.array(list(judged(days, last, asked, target)))
            off = np.abs(rows[:, 2])
            print(
                f"mean {rows[:, 0].mean():.4f} (goal {goal}), worst beyond 99 % {rows[:, 1].max():+.3f} (0.02), sum"
                f" {off.mean():.3f} (0.10), worst {off.max():.3f} (0.20), AUC {rows[:, 3].mean():.4f}"
            )
