"""How far predictions can be trusted: what they said of a time that was hidden from them, and what came."""

from __future__ import annotations

from typing import Any

import altair as alt

from customer_insight.report import wording
from customer_insight.report.axes import shares
from customer_insight.report.blocks import Drawing, Figure, Table
from customer_insight.report.charts import ACCENT, MUTED, draw, rows
from customer_insight.report.results import Results
from customer_insight.report.sections import choice

NOT_TESTED = "How good this is nobody knows yet: it was not tested on the past, or the past is too short."
# what is predicted; what was said, and what happened, of whom or what
TARGETS = {
    "purchase": ("who will buy", "to buy", "did", "customers"),
    "churn": ("who stays away", "to stay away", "did", "customers"),
    "product_purchase": ("who buys a recommended product", "to be bought", "were", "recommendations"),
}
CALIBRATION = """
select c.* from predictions.calibration as c
where c.target = ? and (c.target = 'product_purchase' or c.model in (
    select model from predictions.prediction_evaluation where target = c.target and is_champion)) order by bin
"""
JUDGED = """
select metric, value, ci_low, ci_high, customers, cut_at from predictions.prediction_evaluation
where target = ? and is_champion qualify cut_at = max(cut_at) over ()
"""


def champion_figures(results: Results, target: str) -> dict[str, dict[str, Any]]:
    """The champion's figures by metric, on the latest window; none where nothing was tested on the past."""
    return {row["metric"]: row for row in results.rows(JUDGED, [target])}


def in_words(results: Results, target: str) -> str:
    """How the champion did on the latest window that was kept back, in words."""
    judged = champion_figures(results, target)
    if "auc" not in judged or judged["auc"]["value"] is None:
        return NOT_TESTED
    auc = judged["auc"]
    said = (
        f"Tested on what happened from {wording.day(results.shop_time(auc['cut_at']))} on, with"
        f" {wording.whole(auc['customers'])} customers: given one who did and one who did not, it ranks the one who did"
        f" higher {wording.of_hundred(auc['value'])} times"
    )
    said += f" ({100 * auc['ci_low']:.0f} to {100 * auc['ci_high']:.0f})" if auc["ci_low"] is not None else ""
    error = judged.get("calibration_error")
    off = ""
    if error and error["value"] is not None:
        off = f"; probabilities were off by {100 * error['value']:.1f} percentage points on average"
    return f"{said}{off}.{choice.model(results, target)}"


def calibration(results: Results, target: str) -> Figure | None:
    """Predicted against observed shares of customers; None where nobody was judged."""
    bins = [
        row
        for row in results.rows(CALIBRATION, [target])
        if row["predicted"] is not None and row["observed"] is not None
    ]
    if not bins:
        return None
    who, to_do, did, whom = TARGETS[target]
    worst = max(bins, key=lambda row: (abs(row["predicted"] - row["observed"]), row["bin"]))
    return Figure(
        f"How far to trust “{who}”: in the tenth where it was furthest off, {wording.percent(worst['predicted'])} of"
        f" {whom} were predicted {to_do} and {wording.percent(worst['observed'])} {did}",
        _reliability(bins, target),
        Table(
            f"Predicted and come true, by tenths of {whom}; tenths that are alike are one",
            ["Tenth", whom.capitalize(), "Predicted", "Came true"],
            [
                [
                    str(row["bin"]),
                    wording.whole(row["customers"]),
                    wording.percent(row["predicted"]),
                    wording.percent(row["observed"]),
                ]
                for row in bins
            ],
        ),
        "A point on the line came true as often as predicted. "
        + (in_words(results, target) if target == "churn" else ""),
    )


def _reliability(bins: list[dict[str, Any]], target: str) -> Drawing:
    most = max(max(row["predicted"], row["observed"]) for row in bins) or 1.0
    records = [
        {
            "predicted": row["predicted"],
            "observed": row["observed"],
            "label": f"predicted {wording.percent(row['predicted'])}, came true {wording.percent(row['observed'])}",
        }
        for row in bins
    ]

    def chart(_: int) -> alt.LayerChart:
        scale = alt.Scale(domain=[0, most * 1.05], nice=False)
        encoded = {
            "x": alt.X("predicted:Q", scale=scale, axis=shares("Predicted")),
            "y": alt.Y("observed:Q", scale=scale, axis=shares("Came true")),
        }
        line = alt.Chart(rows([{"predicted": 0, "observed": 0}, {"predicted": most, "observed": most}]))
        dots = (
            alt.Chart(rows(records))
            .mark_circle(color=ACCENT, size=70, opacity=1)
            .encode(**encoded, description="label:N")
        )
        return line.mark_line(color=MUTED, strokeDash=[4, 3], aria=False).encode(**encoded) + dots

    return draw(
        chart,
        f"Points: predicted and observed shares of {TARGETS[target][3]}, {TARGETS[target][0]}.",
        f"calibration-{target}",
        height=300,
        widest=420,
    )
