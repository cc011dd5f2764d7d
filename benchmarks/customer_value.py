"""Models of repeat purchases: how well they predict CDNOW and Online Retail II, and what a million customers cost."""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from customer_insight.predictions.value import (
    bg_nbd,
    customer_value,
    mbg_nbd,
    pareto_nbd,
    purchase_histories,
    value_evaluation,
)
from customer_insight.predictions.value.purchase_histories import Histories
from sklearn.metrics import roc_auc_score

from benchmarks.measure import run

MODELS = {module.NAME: module.fit for module in (bg_nbd, mbg_nbd, pareto_nbd)}
LEARNED = {"learn": customer_value.run, "evaluate": partial(value_evaluation.run, churn_days=90)}
CUSTOMERS, SPAN_DAYS = 1_000_000, 730
CDNOW = """
with lines as (
    select string_split_regex(trim(line), '\\s+') as parts
    from read_csv('{file}', columns = {{line: 'varchar'}}, delim = '|', header = {header})
)
select parts[{customer}] as customer_code,
    date_diff('day', date '1997-01-01', strptime(parts[{customer} + 1], '%Y%m%d')::date) as day
from lines
"""
ONLINE_RETAIL = """
select CustomerID as customer_code, date_diff('day', InvoiceDate::date, date '2011-12-09') as age_days,
    count(distinct Invoice) as orders, sum(round(Quantity * Price, 2)) as revenue
from (select distinct * from '{file}')
where CustomerID is not null and Invoice not like 'C%' and Quantity > 0 and Price > 0
    and {rows}
group by all
"""
SHEETS = {
    "second sheet": "sheet = '2010-2011'",
    "both sheets": "not (sheet = '2009-2010' and InvoiceDate >= '2010-12-01')",
}


def cdnow(name: str, file: Path, customer: int, header: bool) -> None:
    """39 weeks to learn; then who buys within 30 days, and how much in 39 weeks. customer: the column, from 1."""
    rows = duckdb.sql(CDNOW.format(file=file, customer=customer, header=header)).fetchnumpy()
    codes = np.unique(rows["customer_code"], return_inverse=True)[1]
    day, cut_day, count = np.asarray(rows["day"], dtype=np.int64), 272, int(codes.max()) + 1
    zeros = np.zeros(day.size)
    bought = purchase_histories.purchase_days(codes, day, zeros, zeros)
    histories = purchase_histories.histories(codes, day, cut_day, count)

    def later(days: int) -> np.ndarray:
        rows = (bought.day > cut_day) & (bought.day <= cut_day + days)
        return np.bincount(bought.customer[rows], minlength=count)

    is_back, came = later(30) > 0, later(273)
    print(f"\n{name}: {count:,} customers, {came.sum():,} purchases in 39 weeks after 39")
    print(f"{'':12} {'fit s':>6} {'log-lik.':>11} {'predicted':>10} {'RMSE':>7} {'AUC 30 d':>9} {'Brier 30 d':>10}")
    for model, fit in MODELS.items():
        began = time.perf_counter()
        found = fit(histories.in_units_of(7))
        seconds = time.perf_counter() - began
        expected = found.expected_purchases(histories.in_units_of(7), 39)
        chance = found.purchase_probability(histories.in_units_of(7), 30 / 7)
        error, brier = np.sqrt(np.mean((expected - came) ** 2)), np.mean((chance - is_back) ** 2)
        print(
            f"{model:12} {seconds:>6.2f} {found.log_likelihood:>11.2f} {expected.sum():>10.1f} {error:>7.4f} "
            f"{roc_auc_score(is_back, chance):>9.4f} {brier:>10.5f}"
        )


def online_retail(name: str, rows: pa.Table) -> None:
    """Every model on the last 90 days, as `value_evaluation` judges it."""
    learned = value_evaluation.run(rows, churn_days=90)
    print(f"\nOnline Retail II, {name}, the last 90 days; used: {learned.metrics['champion']}")
    figures = learned.tables["evaluation"].to_pylist()
    for model in dict.fromkeys(row["model"] for row in figures):
        said = [f"{row['target']} {row['metric']} {row['value']:.3f}" for row in figures if row["model"] == model]
        print(f"{model:18} {', '.join(said)}")


def made_customers(folder: Path, count: int = CUSTOMERS) -> Path:
    """Purchase days of customers with own rates who are lost at own rates; written once."""
    file = folder / f"purchase_days_{count}.npz"
    if not file.is_file():
        random = np.random.default_rng(0)
        first, rate = random.integers(0, SPAN_DAYS, count), random.gamma(0.6, 1 / 40, count)
        end = first + random.exponential(1, count) / random.gamma(0.6, 1 / 100, count)
        customer, day, running, at = [np.arange(count)], [first], np.arange(count), first.astype(np.float64)
        while running.size:
            at = at + random.exponential(1, running.size) / rate[running]
            goes_on = (at < SPAN_DAYS) & (at < end[running])
            running, at = running[goes_on], at[goes_on]
            customer.append(running)
            day.append(at.astype(np.int64))
        customers, days = np.concatenate(customer), np.concatenate(day)
        np.savez(file, customer=customers, day=days, revenue=random.gamma(3.0, 10.0, days.size))
    return file


def job(what: str, file: Path) -> None:
    """One measured thing, in a process of its own: the histories, a model fitted and asked, or everything."""
    data = np.load(file)
    customer, day = data["customer"], data["day"]
    count = int(customer.max()) + 1
    if what in LEARNED:
        columns = {
            "customer_code": customer,
            "age_days": SPAN_DAYS - day,
            "orders": np.ones_like(day),
            "revenue": data["revenue"],
        }
        LEARNED[what](pa.table(columns))
        return
    histories = purchase_histories.histories(customer, day, SPAN_DAYS, count)
    if what == "lifetimes BG/NBD":
        from lifetimes import BetaGeoFitter

        BetaGeoFitter().fit(histories.repeats, histories.last, histories.age)
    elif what != "histories":
        asked(MODELS[what], histories)


def asked(fit: Callable, histories: Histories) -> None:
    """Fits, and predicts what `customer_value.run` does for everybody."""
    model = fit(histories)
    distinct, _, place = histories.distinct
    for values in (
        model.p_alive(distinct),
        model.expected_purchases(distinct, 90),
        model.expected_purchases(distinct, 365),
        model.purchase_probability(distinct, 30),
    ):
        assert np.isfinite(values[place]).all()


def main(folder: Path) -> None:
    """Prints how good the models are where the data are there, and what a million customers cost."""
    if data := os.environ.get("CUSTOMER_INSIGHT_TEST_DATA"):
        cdnow("CDNOW, 1/10 sample", Path(data, "cdnow", "CDNOW_sample.txt"), 2, header=False)
        cdnow("CDNOW, all", Path(data, "cdnow", "CDNOW_master.txt"), 1, header=True)
        for name, rows in SHEETS.items():
            query = ONLINE_RETAIL.format(file=Path(data, "online_retail_ii.parquet"), rows=rows)
            online_retail(name, duckdb.sql(query).to_arrow_table())
    else:
        print("\nCUSTOMER_INSIGHT_TEST_DATA names no folder: CDNOW and Online Retail II are left out")
    file = made_customers(folder)
    peers = ["lifetimes BG/NBD"] if importlib.util.find_spec("lifetimes") else []
    print(f"\n{CUSTOMERS:,} made customers, {SPAN_DAYS} days" + ("" if peers else "; no peer is installed (lifetimes)"))
    print(f"{'':18} {'wall s':>8} {'cpu s':>8} {'peak GB':>8}")
    for what in ("histories", *MODELS, *peers, *LEARNED):
        cost = run([sys.executable, "-m", "benchmarks.customer_value", what, str(file)], folder / "customer_value.log")
        print(f"{what:18} {cost.wall:>8.1f} {cost.cpu:>8.1f} {cost.peak_gb:>8.2f}", flush=True)


if __name__ == "__main__":
    job(sys.argv[1], Path(sys.argv[2]))
