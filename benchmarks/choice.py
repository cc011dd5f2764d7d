"""What the choice of a strategy or model loses, on a panel of shops, beside other rules of choice: see README.md."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
from customer_insight.predictions.purchase import customer_days, purchase_choice
from customer_insight.predictions.purchase.purchase_model import MODELS
from customer_insight.predictions.purchase.sample import sampled
from customer_insight.predictions.purchase.targets import targets
from customer_insight.predictions.value import value_choice
from customer_insight.predictions.value.purchase_histories import read_purchase_days
from customer_insight.recommendations.history.recommendation_inputs import read_inputs
from customer_insight.recommendations.judging import champion_choice
from customer_insight.recommendations.proposing.strategy_registry import BLENDED, DEFAULT_STRATEGY, STRATEGIES
from customer_insight.recommendations.sessions import next_clicks
from customer_insight.recommendations.sessions.clicks import read_clicks
from customer_insight.scoring.champion import champion, mean_by_unit, ranked
from customer_insight.scoring.choice_loss import choice_loss
from customer_insight.scoring.intervals import mean_intervals
from customer_insight.scoring.probability_scores import log_loss
from scipy import stats
from threadpoolctl import threadpool_limits

from benchmarks import choice_sessions, choice_shops

HORIZON_DAYS, CHURN_DAYS, TRIALS = 30, 90, 4
# By rising complexity, as the seed recommendation_strategies has them.
NAMES = [*STRATEGIES, BLENDED]
LEVEL = 0.05
# From figures of the windows that choose (customers, methods) and the place of the blend to the place of the champion.
Rule: TypeAlias = Callable[[np.ndarray, int | None], int]


def unbeaten(values: np.ndarray, blend: int | None) -> int:
    """The least complex that no other beats: one-sided paired t-tests, Holm's correction (the rule before this one)."""
    count = values.shape[1]
    for column in range(count):
        leads = [values[:, other] - values[:, column] for other in range(count) if other != column]
        p = np.sort([stats.ttest_1samp(lead, 0, alternative="greater").pvalue if lead.any() else 1.0 for lead in leads])
        if not (p * np.arange(p.size, 0, -1) < LEVEL)[:1].any():
            return column
    return count - 1


def material(values: np.ndarray, _: int | None) -> int:
    """Of value models before: the unbeaten one, if its RMSE is lower than the simplest one's by a hundredth."""
    best, errors = unbeaten(values, None), np.sqrt(-values.mean(axis=0))
    return best if errors[best] < 0.99 * errors[0] else 0


RULES: dict[str, Rule] = {
    "this rule": champion,
    "rule before": unbeaten,
    "best mean": lambda values, _: ranked(values)[0],
    "tie to the simplest": lambda values, _: champion(values),
    "always the blend": lambda values, blend: ranked(values)[0] if blend is None else blend,
}


class Question(NamedTuple):
    """Figures of the windows that choose and of the one that reports, (customers, methods); place of the blend."""

    name: str
    choosing: np.ndarray
    reporting: np.ndarray
    blend: int | None = None


def main() -> None:
    """Prints, for each shop and question, what each rule loses, in per cent of the best; then mean and worst."""
    began = time.process_time()
    for kind, shops, judge in (
        ("lists", choice_shops.lists(), _lists),
        ("sessions", choice_sessions.sessions(), _sessions),
        ("purchase and churn", choice_shops.predictions(), _predictions),
        ("value", choice_shops.values(), _values),
    ):
        rules = RULES | ({"rule before": material} if kind == "value" else {})
        print(f"\n{kind:32}" + "".join(f"{name:>21}" for name in rules) + f"{'better than before':>28}", flush=True)
        lost: dict[str, list[float]] = {name: [] for name in rules}
        for shop, reads in shops.items():
            asked: dict[str, list[Question]] = {}
            for read in reads:
                for question in judge(read()):
                    asked.setdefault(question.name, []).append(question)
            for name, questions in asked.items():
                found, better = _lost(questions, rules)
                for rule, value in zip(rules, found, strict=True):
                    lost[rule].append(value)
                said = "".join(f"{value:>20.1f}%" for value in found)
                print(f"{f'{shop} {name}':32}{said}{better:>28}", flush=True)
        for said, of in (("mean", np.mean), ("worst", np.max)) if lost["this rule"] else ():
            print(f"{said:32}" + "".join(f"{of(values):>20.1f}%" for values in lost.values()), flush=True)
    print(f"\n{time.process_time() - began:.0f} s of processor time")


def _lost(questions: list[Question], rules: dict[str, Rule]) -> tuple[np.ndarray, str]:
    """What each rule loses, in per cent of the best, mean of all questions (draws of one kind of shop).

    And by how many per cent this rule does better than the one before where it is reported, with the 95 % interval by
    customer.
    """
    chosen = [[rule(each.choosing, each.blend) for rule in rules.values()] for each in questions]
    values = [
        [100 * choice_loss(each.reporting, column).value for column in columns]
        for each, columns in zip(questions, chosen, strict=True)
    ]
    if all(this == before for this, before, *_ in chosen):
        return np.nanmean(values, axis=0), "the same"
    leads = [
        100 * (each.reporting[:, this] - each.reporting[:, before]) / abs(each.reporting[:, before].mean())
        for each, (this, before, *_) in zip(questions, chosen, strict=True)
    ]
    lead = np.concatenate(leads)
    low, high = mean_intervals(lead[:, None])
    return np.nanmean(values, axis=0), f"{lead.mean():+.1f}% ({low[0]:+.1f} to {high[0]:+.1f})"


def _lists(interactions: pa.Table) -> list[Question]:
    """nDCG@10 of customers; nothing is bought twice where everything happened on one day."""
    products = int(np.max(interactions["product_code"].to_numpy())) + 1
    catalogue = {
        "product_code": np.arange(products, dtype=np.int32),
        "is_available": np.ones(products, dtype=np.bool_),
        "category_code": pa.nulls(products, pa.int32()),
        "price": pa.nulls(products, pa.float64()),
    }
    scope = "all" if np.max(interactions["age_days"].to_numpy()) > 0 else "discovery"
    found = champion_choice.evaluate(
        read_inputs(interactions, pa.table(catalogue)).history,
        names=NAMES,
        horizon_days=HORIZON_DAYS,
        tuning_trials=TRIALS,
        scope=scope,
        default=DEFAULT_STRATEGY,
    )
    if not found.windows:
        return []
    names = [name for name in NAMES if all(name in window.figures for window in found.windows)]
    values = [
        np.column_stack([champion_choice.ndcg_at_10(window.figures[name], scope) for name in names])
        for window in found.windows
    ]
    judged = [np.isfinite(each[:, 0]) for each in values]
    customers = np.concatenate(
        [w.customers[is_judged] for w, is_judged in zip(found.windows[1:], judged[1:], strict=True)]
    )
    choosing = np.concatenate([each[is_judged] for each, is_judged in zip(values[1:], judged[1:], strict=True)])
    blend = names.index(BLENDED) if BLENDED in names else None
    return [Question("", mean_by_unit(customers, choosing), values[0][judged[0]], blend)]


def _sessions(clicks: pa.Table) -> list[Question]:
    """nDCG@10 of sessions, summed over their clicks."""
    found = next_clicks.evaluate(read_clicks(clicks), TRIALS)
    return [] if found is None else [Question("", np.concatenate(found.ndcg[:-1]), found.ndcg[-1])]


def _predictions(days: pa.Table) -> list[Question]:
    """Log losses of customers, the negative of them; of targets whose windows suffice."""
    known, found = customer_days.read_customer_days(days), []
    for target in targets(HORIZON_DAYS, CHURN_DAYS):
        with threadpool_limits(1):
            choice = purchase_choice.evaluate(target.past(sampled(known)))
        if choice.sentence:
            continue
        losses = [
            np.column_stack([log_loss(window.probabilities[:, place], window.bought) for place in range(len(MODELS))])
            for window in choice.judged
        ]
        customers = np.concatenate([window.customers for window in choice.judged[1:]])
        found.append(Question(target.name, -mean_by_unit(customers, np.concatenate(losses[1:])), -losses[0]))
    return found


def _values(days: pa.Table) -> list[Question]:
    """Squared errors of orders, the negative of them; the horizon before the last one chooses."""
    figures = {"customer_code": days["customer_code"], "age_days": days["age_days"], "orders": days["orders"]}
    bought = read_purchase_days(pa.table(figures | {"revenue": days["gross_revenue"]}))
    with threadpool_limits(1):
        found = value_choice.choose(bought, CHURN_DAYS)
    if not found.squared:
        return []
    last, before = found.squared
    return [Question("", -before, -last)]
