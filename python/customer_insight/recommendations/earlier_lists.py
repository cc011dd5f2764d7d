"""What recommendations would have put into lists of the past, from what was known the day before.

Lists of today have learned from what people clicked and bought since, so they cannot be judged by it. Here the strategy
that serves is fitted as of each occasion (a campaign's start), and orders the products that were shown on it. The
blender learns what to trust before the first of them.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays, memory, ranking
from customer_insight.numerics.arrays import Ints
from customer_insight.recommendations.customer_recommendations import read_choice
from customer_insight.recommendations.history.recommendation_inputs import read_inputs
from customer_insight.recommendations.judging.backtest import Backtest
from customer_insight.recommendations.proposing.blender import Blender
from customer_insight.recommendations.proposing.staff_rules import StaffWishes
from customer_insight.recommendations.proposing.strategy_registry import BLENDED
from customer_insight.recommendations.serving import recommender
from customer_insight.recommendations.serving.recommender import Blend, Recommender
from customer_insight.scoring.suspects import count_suspects
from customer_insight.steps import parameters
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult

# Moments of the past that strategies are fitted at, at most: the latest. And places of a list.
MOST_MOMENTS = 6
PLACES = 20


def run(
    interactions: pa.Table,
    products: pa.Table,
    choice: pa.Table,
    product_vectors: pa.Table,
    asked: pa.Table,
    candidates: pa.Table,
    *,
    recommendation_strategy: Setting = "champion",
    prediction_horizon_days: Setting = 30,
) -> StepResult:
    """Lists of up to PLACES products for each customer and occasion.

    interactions, products, product_vectors: see `read_inputs`; choice: see `read_choice`. asked: occasion_code,
    customer_code, context_age_days (days before now from which on nothing is known). candidates: occasion_code,
    product_code. Table lists: occasion_code, customer_code, list_rank, product_code.
    """
    horizon = parameters.read("prediction_horizon_days", "integer from 1", prediction_horizon_days)
    wanted = str(recommendation_strategy).strip().lower()
    occasion, age = arrays.codes(asked, "occasion_code"), arrays.codes(asked, "context_age_days")
    chosen = read_choice(choice, wanted, horizon)
    moments = arrays.distinct(age + 1)[:MOST_MOMENTS][::-1].tolist()
    found: list[pa.Table] = []
    fingerprint, strategies = "", set[str]()
    learned: Recommender
    # learned once, from windows before the first moment: for each it would cost three times as much
    blender: Blender | None = None
    if moments and chosen.window_days:
        customers = asked.select(["customer_code"]).append_column("segment_code", pa.nulls(asked.num_rows, pa.int32()))
        read = read_inputs(interactions, products, customers, product_vectors, known_days=min(moments))
        fingerprint = read.history_fingerprint
        backtest = Backtest(read.history, chosen.parameters, chosen.window_days)
        catalogue = read.history.catalogue
        of_candidates, shown = arrays.codes(candidates, "occasion_code"), arrays.codes(candidates, "product_code")
        is_known, place = arrays.find(catalogue.codes, shown)
        for moment in moments:
            if chosen.strategy == BLENDED and blender is None:
                backtest.keep_for(moment)
                blender = backtest.blender_at(moment)
            if blender is None:
                learned = recommender.fit(backtest, chosen, moment, PLACES)
            else:
                learned = Blend(backtest.models_at(moment), blender, backtest.history_at(moment))
            strategies.add(learned.strategy)
            for code in arrays.distinct(occasion[age + 1 == moment]).tolist():
                is_allowed = np.zeros(catalogue.count, dtype=np.bool_)
                is_allowed[place[is_known & (of_candidates == code)]] = True
                who = arrays.distinct(arrays.codes(asked, "customer_code")[(occasion == code) & (age + 1 == moment)])
                nothing = np.zeros(0, dtype=np.int64)
                wishes = StaffWishes(is_allowed, np.ones(catalogue.count), nothing, nothing)
                proposal = learned.proposal(np.searchsorted(read.customer_codes, who).astype(np.int64), wishes)
                lists = recommender.everything(proposal).first(PLACES)
                found.append(_table(code, who[lists.customer], lists.customer, catalogue.codes[lists.product]))
            memory.give_back()
    rows = pa.concat_tables([_table(0, *(np.zeros(0, dtype=np.int64),) * 3), *found])
    return StepResult(
        tables={"lists": rows},
        status=OK if rows.num_rows else "Nothing was shown in a campaign of which lists could have been made before.",
        parameters={
            "strategy": sorted(strategies),
            "tuned_parameters": dict(chosen.parameters),
            "most_moments": MOST_MOMENTS,
            "places": PLACES,
        },
        metrics={
            "moments": len(moments),
            "rows": rows.num_rows,
            "suspects_left_out": count_suspects(interactions, min(moments, default=0)),
        },
        input_fingerprint=arrays.fingerprint(
            {
                "history": pa.array([fingerprint], pa.large_string()),
                "asked": _sorted(asked, ("occasion_code", "customer_code", "context_age_days")),
                "candidates": _sorted(candidates, ("occasion_code", "product_code")),
            }
        ),
    )


def _table(occasion: int, customer: Ints, row: Ints, product: Ints) -> pa.Table:
    columns = {
        "occasion_code": np.full(customer.size, occasion, dtype=np.int64),
        "customer_code": customer,
        "list_rank": ranking.ranks(row).astype(np.int64),
        "product_code": product,
    }
    return pa.table({name: arrays.arrow(values) for name, values in columns.items()})


def _sorted(table: pa.Table, names: tuple[str, ...]) -> Ints:
    columns = [arrays.codes(table, name) for name in names]
    return np.column_stack(columns)[np.lexsort(columns[::-1])]
