"""How well strategies predict the next click in sessions that began after everything they learned from.

The last fifth of the sessions, by their start, is cut into four windows of equal size: parameters are tuned on the
first, the champion is chosen on the next two, and the last only reports. For each window every strategy learns from the
clicks before it, and for every beginning of every session of the window the product that was clicked next is sought in
the list. Scopes: all; repurchase: the next product was clicked before in the session; discovery: it was not.

The way of Ludewig and Jannach, UMUAI 28, 2018, section 4.2 (next item); figures are means over clicks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.recommendations.judging import ranking_metrics
from customer_insight.recommendations.sessions import session_scores, session_strategies
from customer_insight.recommendations.sessions.clicks import Clicks
from customer_insight.recommendations.sessions.contract import FittedSessionStrategy
from customer_insight.recommendations.sessions.prefixes import LAST_CLICKS, Prefixes, first_clicks
from customer_insight.recommendations.sessions.session_strategies import NAMES
from customer_insight.scoring import champion
from customer_insight.scoring.choice_loss import METRIC, choice_loss
from customer_insight.scoring.contract import Parameters
from customer_insight.scoring.evaluation_table import EvaluationRow
from customer_insight.scoring.intervals import ratio_intervals
from customer_insight.scoring.parameter_trials import best_trial

# Shares of the sessions, the latest, before which the windows begin.
WINDOWS = (0.20, 0.15, 0.10, 0.05)
# Sessions of two clicks and more that a window needs.
LEAST_SESSIONS = 30
# Sessions that a window is measured on at most.
MOST_SESSIONS = 2000
# Sessions that parameters are tuned on at most.
TUNING_SESSIONS = 1000
SCOPES = ("all", "repurchase", "discovery")
FIGURES = tuple((metric, k) for metric in ranking_metrics.ACCURACY for k in ranking_metrics.CUTOFFS)
_CHOSEN_BY = FIGURES.index(("ndcg", 10))
# Decimals of a mean nDCG: trials that differ further out are the same.
_DECIMALS = 9


@dataclass(frozen=True)
class ClickWindow:
    """The beginnings to go on from. cut_age: days; session: of each query, dense from 0; target: what came next."""

    cut_age: float
    past: Clicks
    prefixes: Prefixes
    session: Ints
    target: Ints
    is_repeat: Bools


@dataclass(frozen=True)
class SessionEvaluation:
    """champion: its name; parameters: the best of each strategy; rows: over the two choosing windows and the last.

    ndcg: of these windows, sums of nDCG@10 over the clicks of each session, shape (sessions, strategies).
    """

    champion: str
    parameters: dict[str, Parameters]
    rows: list[EvaluationRow]
    ndcg: list[Floats]


def windows(clicks: Clicks) -> list[ClickWindow]:
    """The four windows; none where any of them would have fewer than LEAST_SESSIONS sessions to measure on."""
    began = np.sort(clicks.first_age[clicks.first_age >= 0])
    if began.size == 0:
        return []
    cuts = [float(began[int(share * began.size)]) for share in WINDOWS]
    found = [
        window(clicks, cut, end, TUNING_SESSIONS if at == 0 else MOST_SESSIONS)
        for at, (cut, end) in enumerate(zip(cuts, [*cuts[1:], -1.0], strict=True))
    ]
    return found if all(each.session.max(initial=-1) + 1 >= LEAST_SESSIONS for each in found) else []


def window(clicks: Clicks, cut: float, end: float = -1.0, most: int = MOST_SESSIONS) -> ClickWindow:
    """Sessions that began after the age `cut` and no later than `end`; `most` of them, evenly spread."""
    size = np.diff(clicks.starts)
    fitting = np.flatnonzero((clicks.first_age < cut) & (clicks.first_age >= end) & (size > 1))
    if fitting.size > most:
        fitting = fitting[np.arange(most) * fitting.size // most]
    counts = np.minimum(size[fitting] - 1, LAST_CLICKS)
    session = np.repeat(np.arange(fitting.size), counts)
    length = np.arange(session.size) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    prefixes = first_clicks(clicks, fitting[session], length)
    target = clicks.product[clicks.starts[fitting[session]] + length]
    is_repeat = np.zeros(session.size, dtype=np.bool_)
    is_repeat[prefixes.query[prefixes.product == target[prefixes.query]]] = True
    return ClickWindow(cut, clicks.before(cut), prefixes, session, target, is_repeat)


def figures(model: FittedSessionStrategy, on: ClickWindow, *, with_current: bool) -> Floats:
    """Every one of FIGURES for every query, shape (queries, figures)."""
    products, parts = on.past.products.size, []
    everything = np.ones(products, dtype=np.bool_)
    for start, stop in chunks(on.target.size):
        prefixes = on.prefixes.part(start, stop)
        lists = session_scores.best(
            model.scores(prefixes), prefixes, max(ranking_metrics.CUTOFFS), everything, with_current=with_current
        )
        keys = np.arange(stop - start) * max(1, products) + on.target[start:stop]
        found = ranking_metrics.hits(lists, keys, stop - start, products)
        one = np.ones(stop - start, dtype=np.int64)
        values = {k: ranking_metrics.accuracy(found, one, k) for k in ranking_metrics.CUTOFFS}
        parts.append(np.stack([values[k][metric] for metric, k in FIGURES], axis=1))
    return np.concatenate([np.zeros((0, len(FIGURES))), *parts])


def chunks(count: int, size: int = 4096) -> Iterator[tuple[int, int]]:
    """Runs of at most `size` queries."""
    for start in range(0, count, size):
        yield start, min(start + size, count)


def evaluate(clicks: Clicks, tuning_trials: int) -> SessionEvaluation | None:
    """Tunes, chooses and reports; None where there are too few sessions. tuning_trials: sets besides the usual one."""
    found = windows(clicks)
    if not found:
        return None
    tuning, *rest = found
    with_current = clicks.repeats_in_a_row
    parameters = {name: tuned(name, tuning, tuning_trials, with_current) for name in NAMES}
    values = [
        {
            name: figures(session_strategies.fit(name, on.past, parameters[name]), on, with_current=with_current)
            for name in NAMES
        }
        for on in rest
    ]
    sums = [
        np.stack([_of_sessions(each[name], on)[:, _CHOSEN_BY] for name in NAMES], axis=1)
        for on, each in zip(rest, values, strict=True)
    ]
    best = NAMES[champion.champion(np.concatenate(sums[:2]))]
    rows = [row for on, each in zip(rest, values, strict=True) for row in _rows(each, on)]
    rows.append(_loss_of_choice(sums[-1], rest[-1], best))
    return SessionEvaluation(best, parameters, rows, sums)


def _loss_of_choice(sums: Floats, on: ClickWindow, best: str) -> EvaluationRow:
    """What the choice loses in the last window, see `choice_loss`; of sessions, whose clicks are summed up."""
    lost = choice_loss(sums, NAMES.index(best))
    measured = (lost.value, lost.low, lost.high, len(sums))
    return EvaluationRow(best, METRIC, *measured, cut_age_days=on.cut_age, scope="all", k=10)


def tuned(name: str, on: ClickWindow, trials: int, with_current: bool) -> Parameters:
    """The set of parameters with the best nDCG at 10; the first of equal ones."""

    def mean_ndcg(trial: Parameters) -> float:
        model = session_strategies.fit(name, on.past, trial)
        return float(figures(model, on, with_current=with_current)[:, _CHOSEN_BY].mean())

    return best_trial(session_strategies.trials(name, trials), mean_ndcg, _DECIMALS)


def _of_sessions(values: Floats, on: ClickWindow) -> Floats:
    """Sums over the queries of each session, shape (sessions, figures)."""
    starts = np.flatnonzero(np.diff(on.session, prepend=-1))
    return np.add.reduceat(values, starts, axis=0) if starts.size else values


def _rows(values: dict[str, Floats], on: ClickWindow) -> Iterator[EvaluationRow]:
    """By scope and strategy; sessions are drawn once for all strategies of a scope."""
    sessions = int(on.session.max(initial=-1)) + 1
    every = np.concatenate(list(values.values()), axis=1)
    for scope, keep in zip(SCOPES, (np.ones(on.session.size, np.bool_), on.is_repeat, ~on.is_repeat), strict=True):
        counts = np.bincount(on.session[keep], minlength=sessions)
        if not keep.any():
            continue
        is_there = counts > 0
        sums: Floats = np.stack([np.bincount(on.session[keep], of, sessions) for of in every[keep].T], axis=1)
        sums = sums[is_there]
        low, high = ratio_intervals(sums, counts[is_there])
        figures_of_all = [(name, *figure) for name in values for figure in FIGURES]
        for at, (name, metric, k) in enumerate(figures_of_all):
            value = float(sums[:, at].sum() / counts.sum())
            ends = float(low[at]), float(high[at])
            yield EvaluationRow(
                name, metric, value, *ends, int(is_there.sum()), cut_age_days=on.cut_age, scope=scope, k=k
            )
