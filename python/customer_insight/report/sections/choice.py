"""Why the way in use was chosen, what the second best would have brought, and what the choice loses, in words."""

from __future__ import annotations

from typing import Any

from customer_insight.report import names, wording
from customer_insight.report.results import Results

# the metric that says what a choice loses
METRIC = "choice_loss"
# mean score of each way over the windows that chose, and in the one that reports
SCORES = """
select strategy, sum(value * customers) filter (time_window like 'choosing%')
    / sum(customers) filter (time_window like 'choosing%' and value is not null) as chosen_by,
    max(value) filter (time_window = 'reporting') as reported
from recommendations.recommendation_evaluation
where audience = ? and scope = 'all' and metric = 'ndcg' and k = 10
group by strategy having chosen_by is not null and reported is not null order by chosen_by desc, strategy
"""
LOSS = """
select value, ci_low, ci_high from recommendations.recommendation_evaluation where audience = ? and metric = ?
"""
MODEL_LOSS = """
select value, ci_low, ci_high from predictions.prediction_evaluation where target = ? and metric = ?
"""


# how far off each model was in the windows that chose, all but the latest, and in the latest, which reports
ERRORS = """
with judged as (
    select *, max(cut_at) over () as last_cut_at from predictions.prediction_evaluation where target = ? and metric = ?
)
select model, sum(value * customers) filter (cut_at < last_cut_at)
    / sum(customers) filter (cut_at < last_cut_at and value is not null) as chosen_by,
    max(value) filter (cut_at = last_cut_at) as reported, bool_or(is_champion) as is_used
from judged group by model having reported is not null order by chosen_by nulls last, model
"""


def way(results: Results, audience: str, champion: str) -> str:
    """Of a way to choose products; '' where nothing was compared."""
    scores = {row["strategy"]: row for row in results.rows(SCORES, [audience])}
    if champion not in scores or len(scores) < 2:
        return ""
    first, second = next(iter(scores)), next(name for name in scores if name != champion)
    used, other = scores[champion], scores[second]
    said = (
        f" It is in use because it scored highest on the time before: {used['chosen_by']:.3f}, next"
        f" “{names.way(second)}” with {other['chosen_by']:.3f}."
        if first == champion and f"{used['chosen_by']:.3f}" != f"{other['chosen_by']:.3f}"
        else f" It is in use because on the time before it was as good as the best, {used['chosen_by']:.3f} beside"
        f" {other['chosen_by']:.3f} of “{names.way(second)}”, too little to tell apart."
    )
    if used["reported"]:
        change = other["reported"] / used["reported"] - 1
        said += f" That one would have scored {_than(change)} afterwards."
    return said + _loss(results.rows(LOSS, [audience, METRIC]), "way")


def model(results: Results, target: str) -> str:
    """Of a model that says who will buy or stay away; '' where nothing was compared."""
    errors = [row for row in results.rows(ERRORS, [target, "log_loss"]) if row["chosen_by"] is not None]
    used = next((row for row in errors if row["is_used"]), None)
    other = next((row for row in errors if not row["is_used"]), None)
    if used is None or other is None:
        return _loss(results.rows(MODEL_LOSS, [target, METRIC]), "model")
    mine, its = f"{used['chosen_by']:.3f}", f"{other['chosen_by']:.3f}"
    said = f" “{names.model(used['model'])}” is in use because on the time before "
    said += (
        f"its probabilities were the least off: log loss {mine}, next “{names.model(other['model'])}” with {its}."
        if errors[0] is used and mine != its
        else f"it was as good as the best: log loss {mine} beside {its} of “{names.model(other['model'])}”."
    )
    if used["reported"]:
        said += f" That one would have been off by {_than(other['reported'] / used['reported'] - 1)} afterwards."
    return said + _loss(results.rows(MODEL_LOSS, [target, METRIC]), "model")


def value_model(results: Results) -> str:
    """Of the model that says what customers will bring; '' where nothing was compared."""
    errors = results.rows(ERRORS, ["orders", "rmse"])
    used = next((row for row in errors if row["is_used"]), None)
    others = [row for row in errors if row["model"] in names.VALUE_MODELS and not row["is_used"]]
    if used is None or not others or not used["reported"]:
        return ""
    other = min(others, key=lambda row: row["reported"])
    off = _than(other["reported"] / used["reported"] - 1)
    said = (
        f" “{names.model(used['model'])}” is in use because it was no further off there than the other model that may"
        f" serve: “{names.model(other['model'])}” was off by {off}."
    )
    lost = results.rows(MODEL_LOSS, ["orders", METRIC])
    if not lost or lost[0]["value"] is None:
        return said
    share = lost[0]["value"]
    if share <= 0:
        return f"{said} What would have been chosen one such time earlier did as well as any."
    return f"{said} What would have been chosen one such time earlier had {wording.percent(share)} more squared error."


def _than(change: float) -> str:
    percent = f"{abs(100 * change):.0f} %"
    return "as much" if percent == "0 %" else f"{percent} {'more' if change > 0 else 'less'}"


def _loss(rows: list[dict[str, Any]], kind: str) -> str:
    """What the choice loses; of several windows there is one row."""
    if not rows or rows[0]["value"] is None:
        return ""
    lost, high = rows[0]["value"], rows[0]["ci_high"]
    if lost <= 0:
        return f" Picked with hindsight on half of these, no other {kind} did better on the rest."
    most = f", at most {wording.percent(high)}" if high is not None and high > lost else ""
    return (
        f" Picked with hindsight on half of these, another {kind} did {wording.percent(lost)} better on the rest{most}:"
        " so much does the choice lose."
    )
