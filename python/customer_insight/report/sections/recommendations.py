"""How good the recommendations are: what the shop's own past says, in an owner's words, with intervals."""

from __future__ import annotations

from typing import Any

import altair as alt

from customer_insight.report import names, wording
from customer_insight.report.axes import extent
from customer_insight.report.blocks import Bar, Block, Cell, Figure, Section, Table, Text
from customer_insight.report.charts import ACCENT, MUTED, draw, rows
from customer_insight.report.metrics import Metric, metric_value
from customer_insight.report.results import Results
from customer_insight.report.sections import choice, trust

NDCG = "Score (nDCG@10): higher places count more"
# by audience, in the order of the table: what each says of ten recommended products
MEASURES = {
    "customers": {
        "hit_rate": "bought at least one of the ten",
        "precision": "of the ten were bought",
        "recall": "of what they bought was among the ten",
        "ndcg": NDCG,
    },
    "sessions": {"hit_rate": "of next clicks were among the ten", "ndcg": NDCG},
}
POPULAR = {"customers": "popular", "sessions": "session_popular"}
JUDGED = """
select strategy, metric, value, ci_low, ci_high, customers, is_champion, cut_at
from recommendations.recommendation_evaluation
where audience = ? and time_window = 'reporting' and scope = ? and k = 10 order by strategy, metric
"""


def recommendations(results: Results, coverage: Metric) -> Section:
    """The section; nothing to say where nobody has a list."""
    title = "How good the recommendations are"
    lists = results.row(
        "select count(distinct customer_id) as customers from recommendations.customer_recommendations"
    )["customers"]
    covered = metric_value(results.connection, coverage, None, None)
    blocks: list[Block] = []
    if lists:
        share = f", {wording.percent(covered)} of all" if covered is not None else ""
        blocks.append(
            Text([f"{wording.counted(lists, 'customer has', 'customers have')} recommendations{share}; each says why."])
        )
    evaluated = {audience: _judged(results, audience) for audience in MEASURES}
    checked = trust.calibration(results, "product_purchase")
    if lists and not evaluated["customers"]:
        said = "Which way to choose them is best nobody knows yet" if checked else "How good they are nobody knows yet"
        said += f". {_why(results)}"
        said += " How likely a recommended product is bought was checked on the past all the same." if checked else ""
        blocks.append(Text([said]))
    blocks += [_quality(results, judged, audience) for audience, judged in evaluated.items() if judged]
    if not blocks:
        return Section("recommendations", title, nothing=_why(results))
    return Section("recommendations", title, [*blocks, checked] if checked else blocks)


def _judged(results: Results, audience: str) -> list[dict[str, Any]]:
    """Figures of the reporting window; none where they are of a handful of people and withheld."""
    rows = results.rows(JUDGED, [audience, "all"])
    return rows if any(row["metric"] == "ndcg" and row["value"] is not None for row in rows) else []


def _why(results: Results) -> str:
    return results.why_nothing("recommendation_evaluation", "There are no recommendations in this shop.")


def _quality(results: Results, judged: list[dict[str, Any]], audience: str) -> Figure:
    value = {(row["strategy"], row["metric"]): row for row in judged}
    champion = next((row["strategy"] for row in judged if row["is_champion"]), judged[0]["strategy"])
    strategies = sorted(
        {row["strategy"] for row in judged}, key=lambda name: (-(value[name, "ndcg"]["value"] or 0), name)
    )
    records = [
        {
            "strategy": names.way(name),
            "value": value[name, "ndcg"]["value"],
            "low": value[name, "ndcg"]["ci_low"],
            "high": value[name, "ndcg"]["ci_high"],
            "used": name == champion,
            "label": f"{names.way(name)}: {_interval(value[name, 'ndcg'])}",
        }
        for name in strategies
    ]
    order = [record["strategy"] for record in records]

    def chart(_: int) -> alt.LayerChart:
        colour = alt.condition("datum.used", alt.value(ACCENT), alt.value(MUTED))
        base = alt.Chart(rows(records)).encode(
            y=alt.Y(
                "strategy:N",
                sort=order,
                title=None,
                axis=alt.Axis(labelLimit=220, grid=False, minExtent=extent(order)),
            ),
            color=colour,
            description="label:N",
        )
        axis = alt.X(
            "low:Q",
            title="Score (nDCG@10)",
            axis=alt.Axis(tickCount=4),
            scale=alt.Scale(zero=True),
        )
        return base.mark_rule(strokeWidth=2, aria=False).encode(x=axis, x2="high:Q") + base.mark_circle(
            size=80, opacity=1
        ).encode(x="value:Q")

    return Figure(
        _finding(value, champion, audience),
        draw(
            chart,
            f"Points with intervals: ways to choose for {audience.replace('sessions', 'visits')}, by score.",
            f"quality-{audience}",
            height=30 + 24 * len(order),
        ),
        _measures(value, strategies, champion, MEASURES[audience]),
        _note(results, judged[0], audience, champion),
    )


def _finding(value: dict[tuple[str, str], dict[str, Any]], champion: str, audience: str) -> str:
    hits = {strategy: row["value"] for (strategy, metric), row in value.items() if metric == "hit_rate"}
    judged = value[champion, "hit_rate"]["customers"] if audience == "customers" else None
    said = f"Ten products chosen in the way in use, “{names.way(champion)}”: "
    if audience == "customers":
        said += f"{wording.of_hundred(hits[champion], judged)} customers bought at least one"
    else:
        said += f"{wording.of_hundred(hits[champion])} next clicks were among them"
    popular = POPULAR[audience]
    return said + (
        f"; ten bestsellers: {wording.of_hundred(hits[popular], judged)}" if champion != popular in hits else ""
    )


def _note(results: Results, row: dict[str, Any], audience: str, champion: str) -> str:
    judged, cut = wording.whole(row["customers"]), results.shop_time(row["cut_at"])
    if results.as_of and row["cut_at"] > results.as_of:  # no days were hidden
        said = f"A part of what {judged} customers had bought was hidden, lists were made without it, and judged by it."
        said += " The way in use was chosen on other hidden purchases."
    else:
        did = "customers then bought" if audience == "customers" else "visits clicked next"
        said = f"What happened from {wording.day(cut)} on was hidden, lists were made of what was known until"
        said += " then, and judged by what"
        said += f" {judged} {did}. The way in use was chosen on the time before."
    said += choice.way(results, audience, champion)
    said += " Lines are 95 % intervals of the score."
    if audience == "customers":
        found = {
            row["metric"]: row for row in results.rows(JUDGED, [audience, "discovery"]) if row["strategy"] == champion
        }
        if "hit_rate" in found and found["hit_rate"]["value"] is not None:
            new = wording.of_hundred(found["hit_rate"]["value"], found["hit_rate"]["customers"])
            said += f" Counting only products that were new to the customer, {new} bought one of the ten."
    return said


def _interval(row: dict[str, Any]) -> str:
    if row["value"] is None:
        return wording.UNKNOWN
    text = f"{row['value']:.3f}"
    return text if row["ci_low"] is None else f"{text} ({row['ci_low']:.3f} to {row['ci_high']:.3f})"


def _measures(
    value: dict[tuple[str, str], dict[str, Any]], strategies: list[str], champion: str, measures: dict[str, str]
) -> Table:
    best = max((value[name, "ndcg"]["value"] or 0) for name in strategies) or 1
    body: list[list[Cell]] = []
    for name in strategies:
        shares = [wording.percent(value[name, metric]["value"]) for metric in measures if metric != "ndcg"]
        ndcg = value[name, "ndcg"]
        marked = f"{names.way(name)} (in use)" if name == champion else names.way(name)
        body.append([marked, *shares, Bar(_interval(ndcg), (ndcg["value"] or 0) / best)])
    return Table("All ways to choose, on the same past", ["Way to choose", *measures.values()], body)
