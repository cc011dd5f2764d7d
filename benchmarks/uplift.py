"""Who reacts to a campaign: what it costs, and how well it is found beside scikit-uplift's and causalml's learners."""

from __future__ import annotations

import sys
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pyarrow as pa
from customer_insight.campaigns import assigned_customers, customer_uplift, qini, uplift_calibration, uplift_choice
from customer_insight.campaigns.uplift_choice import LEVEL
from customer_insight.campaigns.uplift_learners import LEARNERS
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from threadpoolctl import threadpool_limits

from benchmarks import uplift_shops
from benchmarks.measure import run
from benchmarks.uplift_shops import MadeCampaign

CAMPAIGNS, ASSIGNED, CUSTOMERS, TODAY = 20, 500_000, 1_000_000, 50_000
# Effects of eight segments, relative to the chance of a conversion: a third and more has none, one is harmed.
EFFECTS = (0.0, 0.4, 0.2, 0.0, 0.3, -0.3, 0.1, 0.0)
SHOPS: dict[str, dict] = {
    "1 %": {"rate": 0.01},
    "3 %": {},
    "6 %": {"rate": 0.06},
    "3 %, a tenth kept back": {"treated": 0.9},
    "3 %, money": {"has_money": True},
    "3 %, one effect for all, in shares": {"effects": (0.2,)},
}
SIZES, DRAWS = (20_000, 60_000, 200_000), 3


def peers(campaign: MadeCampaign, features: np.ndarray) -> dict[str, np.ndarray]:
    """Scores of the peers, with the same kind of boosting at their defaults; of those that are installed."""
    known, treated, outcome = (
        np.nan_to_num(campaign.features, nan=-1.0),
        campaign.is_treated.astype(int),
        campaign.outcome,
    )
    today, found = np.nan_to_num(features, nan=-1.0), {}
    is_binary = set(np.unique(outcome)) <= {0.0, 1.0}

    def model() -> HistGradientBoostingClassifier | HistGradientBoostingRegressor:
        kind = HistGradientBoostingClassifier if is_binary else HistGradientBoostingRegressor
        return kind(max_iter=50, learning_rate=0.1, max_leaf_nodes=8, min_samples_leaf=100, random_state=0)

    if find_spec("sklift"):
        from sklift.models import ClassTransformation, SoloModel, TwoModels

        learners = {"sklift solo": SoloModel(model()), "sklift two": TwoModels(model(), model())}
        if is_binary and campaign.propensity[0] == 0.5:
            learners["sklift class"] = ClassTransformation(model())
        found |= {name: each.fit(known, outcome, treated).predict(today) for name, each in learners.items()}
    if find_spec("causalml"):
        from causalml.inference.meta import BaseXRegressor

        learner = BaseXRegressor(HistGradientBoostingRegressor(max_iter=50, max_leaf_nodes=8, min_samples_leaf=100))
        learner.fit(known, treated, outcome, p=campaign.propensity)
        found["causalml X"] = learner.predict(today, p=np.full(len(today), campaign.propensity[0])).ravel()
    return found


def quality() -> None:
    """Qini by the true uplift, in per cent of the perfect one: the mean of a few draws."""
    print("\nQini in per cent of the perfect one; served: of 100 draws; held: truths in 100 of the 95 % intervals")
    for shop, how in SHOPS.items():
        for size in SIZES:
            rows: dict[str, list[float]] = {}
            for draw in range(DRAWS):
                made = uplift_shops.campaign(size, draw, **{"effects": EFFECTS, **how})
                today = uplift_shops.campaign(TODAY, draw + 8000, **{"effects": EFFECTS, **how})
                for name, value in _figures(made, today).items():
                    rows.setdefault(name, []).append(value)
            said = "  ".join(f"{name} {np.mean(each):.0f}" for name, each in rows.items())
            print(f"{shop:36} {size:>8,}  {said}", flush=True)


def _figures(made: MadeCampaign, today: MadeCampaign) -> dict[str, float]:
    table = made.table("made")
    names = assigned_customers.feature_names(table)
    now = assigned_customers.features(pa.table(uplift_shops.feature_columns(today.features)), names)
    perfect = qini.qini(today.uplift, today.uplift)
    began = time.process_time()
    with threadpool_limits(1):
        (campaign,) = assigned_customers.read_assigned_customers(table, names)
        choice = uplift_choice.choose(campaign)
        calibration = uplift_calibration.calibrate(choice.scores, choice.gains, choice.gains_of_all)
        cost = time.process_time() - began
        scores = {name: choice.learners.scores(now, name) for name in LEARNERS}
    is_served = choice.p_value < LEVEL
    uplift, low, high = calibration.uplifts(scores[choice.learner])
    rank = np.argsort(np.argsort(scores[choice.learner], kind="stable"), kind="stable") * 50 // TODAY
    truth = (np.bincount(rank, today.uplift) / np.bincount(rank))[rank]
    scores |= {"chosen": scores[choice.learner], "calibrated": uplift} | peers(made, today.features)
    return {
        **{name: 100 * qini.qini(each, today.uplift) / perfect for name, each in scores.items()},
        "served": 100.0 * is_served,
        "held": 100 * float(((low <= truth) & (truth <= high)).mean()),
        "cpu s": cost,
    }


def job() -> None:
    """All campaigns of a large shop, in a process of its own; prints what the step itself takes."""
    tables = []
    for number in range(CAMPAIGNS):
        effects = EFFECTS if number % 3 else (0.0,)
        rate = (0.01, 0.02, 0.03, 0.06)[number % 4]
        made = uplift_shops.campaign(ASSIGNED, number, rate=rate, effects=effects, treated=0.9 if number % 5 else 0.5)
        tables.append(made.table(f"campaign_{number:02}"))
    assigned = pa.concat_tables(tables)
    del tables
    today = uplift_shops.made_features(CUSTOMERS, np.random.default_rng(99))
    customers = pa.table({"customer_code": np.arange(CUSTOMERS), **uplift_shops.feature_columns(today)})
    wall, cpu = time.perf_counter(), time.process_time()
    found = customer_uplift.run(assigned, customers)
    rows = found.as_rows("customer_uplift")
    print(f"step alone: {time.perf_counter() - wall:.1f} s wall, {time.process_time() - cpu:.1f} s cpu; {found.status}")
    print(
        f"{assigned.num_rows:,} rows, {found.metrics['separable']} of {CAMPAIGNS} separable, {rows.nbytes / 1e9:.2f} GB"
    )
    said = found.tables["campaigns"].to_pylist()
    false = [each["campaign_id"] for each in said[::3] if each["is_separable"]]
    print(f"said of campaigns without any effect: {', '.join(false) or 'none'}")
    print("p-values of the others: " + " ".join(f"{each['p_value']:.3f}" for i, each in enumerate(said) if i % 3))


def main(folder: Path) -> None:
    """Prints the cost of a large shop, then the quality on made ones."""
    log = folder / "uplift.log"
    cost = run([sys.executable, "-m", "benchmarks.uplift"], log)
    print(f"\n{CAMPAIGNS} campaigns of {ASSIGNED:,}, {CUSTOMERS:,} customers, with the making of the shop:")
    print(f"{cost.wall:.1f} s, {cost.cpu:.1f} s cpu, peak {cost.peak_gb:.2f} GB\n{log.read_text()}", flush=True)
    quality()


if __name__ == "__main__":
    job()
