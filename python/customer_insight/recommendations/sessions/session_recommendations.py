"""What to show in each open session: the products that are likely to be clicked next."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from scipy import sparse

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Bools, Ints
from customer_insight.recommendations.proposing.candidates import filled
from customer_insight.recommendations.sessions import (
    neighbours,
    next_clicks,
    session_evidence,
    session_popular,
    session_scores,
    session_strategies,
)
from customer_insight.recommendations.sessions.clicks import Clicks, read_clicks
from customer_insight.recommendations.sessions.prefixes import Prefixes, first_clicks
from customer_insight.scoring import parameter_trials
from customer_insight.scoring.contract import Parameters
from customer_insight.steps import parameters
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult

POPULAR = "session_popular"


def run(
    clicks_table: pa.Table,
    open_sessions: pa.Table | None = None,
    products: pa.Table | None = None,
    choice: pa.Table | None = None,
    *,
    recommendations_per_customer: Setting = 10,
) -> StepResult:
    """Up to recommendations_per_customer available products for each open session, by the chosen strategy.

    clicks_table: see `clicks.read_clicks`. open_sessions: session_code of those that get a list (all; one without a
    click gets none). products: product_code, is_available (all are); what it does not name is not available. choice:
    the table of `session_evaluation` (none: V-SkNN as it usually is).

    Table recommendations: session_code, recommendation_rank, product_code, score, strategy, because_product_code (the
    product of the session that speaks for it most, null where none does). Scores are shares of the session's highest;
    popular products (strategy session_popular) fill up, with their share of the highest popularity. The product of the
    last click is among them only where people do click on a product twice in a row.
    """
    limit = parameters.read("recommendations_per_customer", "integer from 1", recommendations_per_customer)
    clicks = read_clicks(clicks_table)
    is_available = _available(clicks, products)
    open_ones = _open(clicks, open_sessions)
    name, chosen = _chosen(choice)
    return StepResult(
        tables={"recommendations": _recommend(clicks, open_ones, is_available, limit, name, chosen)},
        status=_status(clicks, open_ones, is_available),
        parameters={"recommendations_per_customer": limit, "strategy": name, "tuned_parameters": chosen},
        metrics={
            "clicks": clicks.session.size,
            "open_sessions": open_ones.size,
            "products": clicks.products.size,
            "sessions": clicks.sessions.size,
        },
        input_fingerprint=arrays.fingerprint({**clicks.arrays(), "is_available": is_available, "open": open_ones}),
    )


def _chosen(choice: pa.Table | None) -> tuple[str, Parameters]:
    """The strategy and its parameters."""
    if choice is None or choice.num_rows == 0:
        return session_strategies.DEFAULT, session_strategies.defaults(session_strategies.DEFAULT)
    (row,) = choice.to_pylist()
    return str(row["strategy"]), parameter_trials.parameters_from_json(row["parameters"])


def _available(clicks: Clicks, products: pa.Table | None) -> Bools:
    """Which products may be recommended, shape (products,)."""
    if products is None:
        return np.ones(clicks.products.size, dtype=np.bool_)
    codes, values = arrays.codes(products, "product_code"), arrays.doubles(products, "is_available")
    return np.isin(clicks.products, codes[values > 0])


def _open(clicks: Clicks, open_sessions: pa.Table | None) -> Ints:
    """Positions, ascending, of the sessions that get a list."""
    if open_sessions is None:
        return np.arange(clicks.sessions.size)
    return np.flatnonzero(np.isin(clicks.sessions, arrays.codes(open_sessions, "session_code")))


def _status(clicks: Clicks, open_ones: Ints, is_available: Bools) -> str:
    if clicks.session.size == 0:
        return "There are no visits in which a product was looked at."
    if not is_available.any():
        return "No product that was looked at is available, so none can be recommended."
    if open_ones.size == 0:
        return "No visit is open, so there is nobody to recommend anything to."
    return OK


def _recommend(
    clicks: Clicks,
    open_ones: Ints,
    is_available: Bools,
    limit: int,
    name: str,
    chosen: Parameters,
) -> pa.Table:
    with_current = clicks.repeats_in_a_row
    length = np.diff(clicks.starts)[open_ones]
    prefixes = first_clicks(clicks, open_ones, length, is_learned_from=True)
    popularity = session_popular.fit(clicks).popularity
    wanted = np.where(is_available & (popularity > 0), popularity, np.nan)
    highest = np.nanmax(wanted, initial=1e-300)
    model = session_strategies.fit(name, clicks, chosen)
    past = neighbours.read_sessions(clicks, 0)
    parts = []
    for start, stop in next_clicks.chunks(open_ones.size):
        part = prefixes.part(start, stop)
        best = session_scores.best(model.scores(part), part, limit, is_available, with_current=with_current)
        lists = filled(best, _hidden(part, with_current, clicks.products.size), wanted, limit)
        is_fill = lists.score < 0
        because = session_evidence.strongest(past, part, lists)
        is_unexplained = is_fill | (because < 0) | (name == POPULAR)
        score = np.where(is_fill, wanted[lists.product] / highest, lists.score)
        parts.append(
            pa.table(
                {
                    "session_code": arrays.arrow(clicks.sessions[open_ones[lists.customer + start]]),
                    "recommendation_rank": arrays.arrow(ranking.ranks(lists.customer).astype(np.int32)),
                    "product_code": arrays.arrow(clicks.products[lists.product]),
                    "score": arrays.nullable(np.round(score, ranking.SCORE_DECIMALS)),
                    "strategy": _names(is_fill, name),
                    "because_product_code": arrays.arrow(clicks.products[because], is_unexplained),
                }
            )
        )
    return pa.concat_tables(parts) if parts else _EMPTY_RECOMMENDATIONS


def _hidden(prefixes: Prefixes, with_current: bool, product_count: int) -> sparse.csr_array:
    """Queries x products: 1 for the product on the screen, where nobody clicks on one twice in a row."""
    count = 0 if with_current else prefixes.length.size
    rows = np.arange(count)
    return ranking.matrix(rows, prefixes.current[:count], np.ones(count), (prefixes.length.size, product_count))


def _names(is_fill: Bools, name: str) -> arrays.ArrowArray:
    names = pa.DictionaryArray.from_arrays(arrays.arrow(is_fill.astype(np.int8)), pa.array([name, POPULAR]))
    return arrays.one_chunk(pa.chunked_array([names.cast(pa.string())]))


_EMPTY_RECOMMENDATIONS = pa.table(
    {
        "session_code": pa.array([], pa.int64()),
        "recommendation_rank": pa.array([], pa.int32()),
        "product_code": pa.array([], pa.int64()),
        "score": pa.array([], pa.float64()),
        "strategy": pa.array([], pa.string()),
        "because_product_code": pa.array([], pa.int64()),
    }
)
