"""How far forecasts can be trusted: what the champion foretold for a window that was kept back, and what came."""

from __future__ import annotations

from typing import Any

import altair as alt

from customer_insight.report import wording
from customer_insight.report.blocks import Drawing, Figure, Table
from customer_insight.report.charts import ACCENT, MUTED, draw, rows
from customer_insight.report.results import Results

# what is foretold, and of what
TARGETS = {
    "purchase": ("buys within the horizon", "customers"),
    "churn": ("is lost", "customers"),
    "product_purchase": ("buys a recommended product", "recommendations"),
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
    """The champion's figures by metric, on the latest window; none where the past was not asked."""
    return {row["metric"]: row for row in results.rows(JUDGED, [target])}


def in_words(results: Results, target: str) -> str:
    """How the champion did on the latest window that was kept back, in words."""
    judged = champion_figures(results, target)
    if "auc" not in judged or judged["auc"]["value"] is None:
        return "How good this is is not known: the past was not asked, or is too short."
    auc = judged["auc"]
    said = (
        f"Judged on the time after {wording.day(auc['cut_at'])} with {wording.whole(auc['customers'])} customers: "
        "of one for whom it came true and one for whom it did not, the forecast puts the right one higher"
        f" {wording.of_hundred(auc['value'])} times"
    )
    said += f" ({100 * auc['ci_low']:.0f} to {100 * auc['ci_high']:.0f})" if auc["ci_low"] is not None else ""
    error = judged.get("calibration_error")
    return said + (
        f"; probabilities are off by {100 * error['value']:.1f} points on average."
        if error and error["value"] is not None
        else "."
    )


def calibration(results: Results, target: str) -> Figure | None:
    """Foretold against observed shares of customers; None where nobody was judged."""
    bins = [
        row
        for row in results.rows(CALIBRATION, [target])
        if row["predicted"] is not None and row["observed"] is not None
    ]
    if not bins:
        return None
    foretold, whom = TARGETS[target]
    worst = max(bins, key=lambda row: (abs(row["predicted"] - row["observed"]), row["bin"]))
    return Figure(
        f"“{foretold}”: at worst {wording.percent(worst['predicted'])} were foretold"
        f" and {wording.percent(worst['observed'])} came true",
        _reliability(bins, target),
        Table(
            f"Foretold and come true, in ten groups of {whom}",
            ["Group", whom.capitalize(), "Foretold", "Came true"],
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
        "On the line a probability is what it says. " + (in_words(results, target) if target == "churn" else ""),
    )


def _reliability(bins: list[dict[str, Any]], target: str) -> Drawing:
    most = max(max(row["predicted"], row["observed"]) for row in bins) or 1.0
    records = [
        {
            "predicted": row["predicted"],
            "observed": row["observed"],
            "label": f"foretold {wording.percent(row['predicted'])}, came true {wording.percent(row['observed'])}",
        }
        for row in bins
    ]

    def chart(_: int) -> alt.LayerChart:
        scale, axis = alt.Scale(domain=[0, most * 1.05], nice=False), alt.Axis(format="~%", tickCount=4)
        encoded = {
            "x": alt.X("predicted:Q", title="Foretold", scale=scale, axis=axis),
            "y": alt.Y("observed:Q", title="Came true", scale=scale, axis=axis),
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
        f"Points: foretold and observed shares of {TARGETS[target][1]}, {TARGETS[target][0]}.",
        f"calibration-{target}",
        height=300,
        widest=420,
    )
