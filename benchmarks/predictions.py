"""Purchase and churn: every model on CDNOW out of time, and what a million customers cost."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from customer_insight.predictions.purchase import customer_days, customer_predictions, purchase_evaluation
from customer_insight.predictions.purchase.purchase_model import MODELS, TrainingSet
from customer_insight.predictions.purchase.purchase_windows import PurchasePast
from customer_insight.scoring import probability_scores

from benchmarks.customer_value import CDNOW, SPAN_DAYS, made_customers
from benchmarks.measure import run

HORIZON_DAYS, CHURN_DAYS, CUT_DAY = 30, 90, 272
FIGURES = ("discount_amount", "list_revenue", "add_to_carts", "messages", "reviews", "unhappy_texts")


def table(customer: np.ndarray, age: np.ndarray, revenue: np.ndarray) -> pa.Table:
    """Customer days with an order and a visit on each."""
    ones, zeros = np.ones(age.size), np.zeros(age.size)
    days = {"customer_code": customer, "age_days": age, "gross_revenue": revenue}
    days |= dict.fromkeys(("orders", "products", "sessions", "views"), ones)
    return pa.table(days | dict.fromkeys(FIGURES, zeros))


def cdnow(file: Path, customer: int, header: bool) -> None:
    """39 weeks to learn from, then who buys within 30 days; the same for the value models as they are."""
    rows = duckdb.sql(
        f"select distinct * from ({CDNOW.format(file=file, customer=customer, header=header)})"
    ).fetchnumpy()
    codes = np.unique(rows["customer_code"], return_inverse=True)[1]
    age = CUT_DAY - np.asarray(rows["day"], dtype=np.int64)
    is_known = age >= 0
    days = customer_days.read_customer_days(table(codes[is_known], age[is_known], np.full(int(is_known.sum()), 10.0)))
    came = np.isin(days.customer_codes, codes[(age < 0) & (age >= -HORIZON_DAYS)])
    began = time.perf_counter()
    training = TrainingSet(PurchasePast(days, HORIZON_DAYS, only_buyers=False), 0)
    known = training.past.known(0, training.rhythm_model)
    print(f"\n{file.name}: {came.size:,} customers, {came.mean():.1%} buy within 30 days of {CUT_DAY + 1} days")
    answers = {name: training.fit(name).probability(known) for name in MODELS}
    for name, probability in answers.items():
        auc, low, high = probability_scores.auc(probability, came)
        brier = probability_scores.brier(probability, came).mean()
        error = probability_scores.calibration_error(probability, came)
        print(f"{name:20} AUC {auc:.4f} [{low:.4f}, {high:.4f}]  Brier {brier:.5f}  calibration error {error:.4f}")
    print(f"{time.perf_counter() - began:.1f} s")


def job(what: str, file: Path) -> None:
    """One learned step for a million customers, in a process of its own."""
    data = np.load(file)
    key = np.unique(data["customer"] * SPAN_DAYS + data["day"], return_index=True)[1]
    days = table(data["customer"][key], SPAN_DAYS - 1 - data["day"][key], data["revenue"][key])
    settings = {"prediction_horizon_days": HORIZON_DAYS, "churn_days": CHURN_DAYS}
    if what == "evaluation":
        print(purchase_evaluation.run(days, **settings).metrics)
    else:
        choice = pa.table({"target": ["purchase", "churn"], "model": [what, what]})
        print(customer_predictions.run(days, choice, **settings).as_rows("customer_predictions").nbytes)


def main(folder: Path) -> None:
    """Prints the figures where the data are there, and the cost of each step."""
    if data := os.environ.get("CUSTOMER_INSIGHT_TEST_DATA"):
        cdnow(Path(data, "cdnow", "CDNOW_sample.txt"), 2, header=False)
        cdnow(Path(data, "cdnow", "CDNOW_master.txt"), 1, header=True)
    else:
        print("\nCUSTOMER_INSIGHT_TEST_DATA names no folder: CDNOW is left out")
    file = made_customers(folder)
    print(f"\n1,000,000 made customers\n{'':20} {'wall s':>8} {'cpu s':>8} {'peak GB':>8}")
    for what in ("evaluation", "bayesian", "logistic_regression", "random_forest", "gradient_boosting"):
        cost = run([sys.executable, "-m", "benchmarks.predictions", what, str(file)], folder / "predictions.log")
        print(f"{what:20} {cost.wall:>8.1f} {cost.cpu:>8.1f} {cost.peak_gb:>8.2f}", flush=True)


if __name__ == "__main__":
    job(sys.argv[1], Path(sys.argv[2]))
