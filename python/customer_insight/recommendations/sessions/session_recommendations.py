"""What to show in each open session: the products that are likely to be clicked next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy import sparse

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.recommendations.proposing import staff_rules
from customer_insight.recommendations.proposing.candidates import filled, weighed_rows
from customer_insight.recommendations.proposing.staff_rules import STAFF, StaffRules, StaffWishes, is_pinned, unweighed
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
from customer_insight.scoring.contract import Parameters, Scorer
from customer_insight.steps import parameters
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult

POPULAR = "session_popular"


def run(
    clicks_table: pa.Table,
    open_sessions: pa.Table | None = None,
    products: pa.Table | None = None,
    choice: pa.Table | None = None,
    staff_rules_table: pa.Table | None = None,
    *,
    recommendations_per_customer: Setting = 10,
) -> StepResult:
    """Up to recommendations_per_customer available products for each open session, by the chosen strategy.

    clicks_table: see `clicks.read_clicks`. open_sessions: session_code of those that get a list (all; one without a
    click gets none), and group_code where staff rules are for some alone. products: product_code, is_available (all
    are); what it does not name is not available. choice: the table of `session_evaluation` (none: V-SkNN as it usually
    is). staff_rules_table: see `staff_rules.read_staff_rules`; they act on what is served, and the strategy was chosen
    without them.

    Table recommendations: session_code, recommendation_rank, product_code, score, strategy, because_product_code (the
    product of the session that speaks for it most, null where none does). Scores are shares of the session's highest;
    popular products (strategy session_popular) fill up, with their share of the highest popularity. The product of the
    last click is among them only where people do click on a product twice in a row. A product that a rule pins has the
    strategy staff, and a score where the strategy gives one.
    """
    limit = parameters.read("recommendations_per_customer", "integer from 1", recommendations_per_customer)
    clicks = read_clicks(clicks_table).with_products(staff_rules.pinned_codes(staff_rules_table))
    is_available = _available(clicks, products)
    open_ones = _open(clicks, open_sessions)
    name, chosen = _chosen(choice)
    staff = staff_rules.read_staff_rules(staff_rules_table, clicks.products, is_available)
    group = _groups(open_sessions, clicks.sessions[open_ones])
    lists = _recommend(clicks, open_ones, is_available, limit, name, chosen, staff, group)
    return StepResult(
        tables={"recommendations": lists},
        status=_status(clicks, open_ones, is_available),
        parameters={"recommendations_per_customer": limit, "strategy": name, "tuned_parameters": chosen},
        metrics={
            "clicks": clicks.session.size,
            "open_sessions": open_ones.size,
            "products": clicks.products.size,
            "sessions": clicks.sessions.size,
        },
        input_fingerprint=arrays.fingerprint({**clicks.arrays(), "is_available": is_available, "open": open_ones})
        + staff.fingerprint_for(group),
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


def _groups(open_sessions: pa.Table | None, codes: Ints) -> Ints:
    """The group of each open session for staff rules, 0 where none is said."""
    has_groups = open_sessions is not None and "group_code" in open_sessions.column_names
    return staff_rules.groups_of(open_sessions if has_groups else None, codes, "session_code")


def _recommend(
    clicks: Clicks,
    open_ones: Ints,
    is_available: Bools,
    limit: int,
    name: str,
    chosen: Parameters,
    staff: StaffRules,
    group: Ints,
) -> pa.Table:
    shelf = _Shelf(
        clicks,
        is_available,
        limit,
        name,
        session_strategies.fit(name, clicks, chosen),
        neighbours.read_sessions(clicks, 0),
        session_popular.fit(clicks).popularity,
    )
    parts = []
    for wishes, members in staff.split(group):
        sessions = open_ones[members]
        length = np.diff(clicks.starts)[sessions]
        prefixes = first_clicks(clicks, sessions, length, is_learned_from=True)
        for start, stop in next_clicks.chunks(sessions.size):
            parts.append(_lists(shelf, prefixes.part(start, stop), sessions[start:stop], wishes))
    return pa.concat_tables(parts) if parts else _EMPTY_RECOMMENDATIONS


@dataclass(frozen=True)
class _Shelf:
    """What lists are made of."""

    clicks: Clicks
    is_available: Bools
    limit: int
    name: str
    model: Scorer[Prefixes, sparse.csr_array]
    past: neighbours.PastSessions
    popularity: Floats


def _lists(shelf: _Shelf, part: Prefixes, sessions: Ints, wishes: StaffWishes) -> pa.Table:
    clicks, limit, name = shelf.clicks, shelf.limit, shelf.name
    with_current = clicks.repeats_in_a_row
    is_available = shelf.is_available & wishes.is_allowed
    wanted = np.where(is_available & (shelf.popularity > 0), shelf.popularity, np.nan)
    scores = shelf.model.scores(part)
    best = session_scores.best(
        weighed_rows(scores, wishes.factor), part, limit + wishes.pinned.size, is_available, with_current=with_current
    )
    hidden = _hidden(part, with_current, clicks.products.size)
    if wishes.pinned.size:
        best = wishes.pinned_first(best, hidden[:, wishes.pinned].toarray() == 0)
    lists = wishes.in_places(filled(best.first(limit), hidden, wanted * wishes.factor, limit))
    is_pin, is_fill = is_pinned(lists), lists.score < 0
    because = session_evidence.strongest(shelf.past, part, lists)
    is_unexplained = is_fill | is_pin | (because < 0) | (name == POPULAR)
    score = unweighed(lists.score, wishes.factor[lists.product])
    score[is_fill] = wanted[lists.product[is_fill]] / np.nanmax(wanted, initial=1e-300)
    score[is_pin] = _scored(scores, lists.customer[is_pin], lists.product[is_pin])
    return pa.table(
        {
            "session_code": arrays.arrow(clicks.sessions[sessions[lists.customer]]),
            "recommendation_rank": arrays.arrow(ranking.ranks(lists.customer).astype(np.int32)),
            "product_code": arrays.arrow(clicks.products[lists.product]),
            "score": arrays.nullable(np.round(score, ranking.SCORE_DECIMALS)),
            "strategy": _names(np.where(is_pin, 2, is_fill), name),
            "because_product_code": arrays.arrow(clicks.products[because], is_unexplained),
        }
    )


def _scored(scores: sparse.csr_array, query: Ints, product: Ints) -> Floats:
    """The score of each pair, NaN where there is none; shape (pairs,)."""
    found = np.asarray(scores[query, product], dtype=np.float64).reshape(-1) if query.size else np.zeros(0)
    return np.where(found > 0, found, np.nan)


def _hidden(prefixes: Prefixes, with_current: bool, product_count: int) -> sparse.csr_array:
    """Queries x products: 1 for the product on the screen, where nobody clicks on one twice in a row."""
    count = 0 if with_current else prefixes.length.size
    rows = np.arange(count)
    return ranking.matrix(rows, prefixes.current[:count], np.ones(count), (prefixes.length.size, product_count))


def _names(chosen_by: Ints, name: str) -> arrays.ArrowArray:
    names = pa.DictionaryArray.from_arrays(arrays.arrow(chosen_by.astype(np.int8)), pa.array([name, POPULAR, STAFF]))
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
