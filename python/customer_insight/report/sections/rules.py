"""What is bought together: rules by support, confidence and lift, the best in words, and as a network.

Shown is what chance can hardly bring, and is said by no shorter rule.
"""

from __future__ import annotations

from typing import Any

import altair as alt

from customer_insight.report import wording
from customer_insight.report.axes import counts_in_proportion, shares
from customer_insight.report.blocks import Bar, Block, Figure, Section, Table
from customer_insight.report.charts import ACCENT, INK, MUTED, PAPER, SECOND, draw, is_wide, rows
from customer_insight.report.network import in_groups, placed
from customer_insight.report.results import Results

SHOWN = 400  # rules in the chart, by lift
BEST = 15
# By whether the screen is wide: rules drawn as edges, and columns of the network.
EDGES = {True: 40, False: 16}
COLUMNS = {True: 3, False: 1}
LINE_HEIGHT = 21
LARGEST_GROUP = 8  # products of a network that hang together: with more, lines lie over one another
# of the rules that are kept about one in twenty is false (Benjamini-Hochberg); one or two baskets say nothing at all
SURE = "q_value <= 0.05 and support_count >= 5 and lift > 1"
RULES = f"""
select antecedent_names, consequent_names, support_count, confidence, confidence_ci_low, confidence_ci_high, lift
from recommendations.association_rules where not is_redundant and {SURE} order by lift desc, rule_id limit {SHOWN}
"""
COUNTS = f"""
select count(*) as rules, count(*) filter ({SURE}) as sure, count(*) filter (not is_redundant and {SURE}) as kept
from recommendations.association_rules
"""
PAIRS = f"""
select antecedent_names as one, consequent_names as other, lift, support_count as baskets
from recommendations.association_rules
where antecedent_length = 1 and consequent_length = 1 and not is_redundant and {SURE}
qualify 1 = row_number() over (
    partition by least(antecedent, consequent), greatest(antecedent, consequent) order by rule_id)
order by lift desc, rule_id
"""


def rules(results: Results) -> Section:
    """The section; where there are no rules, the status of mining says why."""
    title = "What is bought together"
    found, every = results.rows(RULES), results.row(COUNTS)
    if not found:
        otherwise = (
            f"{wording.counted(every['rules'], 'pair or set', 'pairs and sets')} of products came up, and chance could"
            " have brought each of them: more orders are needed."
            if every["rules"]
            else "No products are bought together often enough."
        )
        return Section("rules", title, nothing=results.why_nothing("association_rules", otherwise))
    blocks: list[Block] = [_rules(found, every)]
    pairs = results.rows(PAIRS)
    if pairs:
        blocks.append(_network(pairs))
    return Section("rules", title, blocks)


def _rules(found: list[dict[str, Any]], every: dict[str, Any]) -> Figure:
    records = [
        {
            "baskets": row["support_count"],
            "confidence": row["confidence"],
            "lift": row["lift"],
            "label": f"{row['antecedent_names']} → {row['consequent_names']}:"
            f" {_baskets(row)}, {wording.times(row['lift'])} what chance would bring",
        }
        for row in found
    ]

    fewest, most = (pick(row["support_count"] for row in found) for pick in (min, max))

    def chart(_: int) -> alt.Chart:
        return (
            alt.Chart(rows(records))
            .mark_circle(opacity=0.55, stroke=PAPER, strokeWidth=0.5, color=ACCENT)
            .encode(
                x=alt.X(
                    "baskets:Q",
                    scale=alt.Scale(type="log", domain=[0.9 * fewest, 1.1 * most], nice=False),
                    axis=counts_in_proportion(fewest, most, "Baskets that hold both sides"),
                ),
                y=alt.Y("confidence:Q", axis=shares("Of the baskets with one side")),
                size=alt.Size(
                    "lift:Q",
                    scale=alt.Scale(range=[12, 320], zero=False),
                    legend=alt.Legend(
                        title="Lift", orient="top", symbolFillColor=ACCENT, symbolStrokeWidth=0, tickCount=3
                    ),
                ),
                description="label:N",
            )
        )

    best = found[0]
    title = (
        f"{_baskets(best)} with {best['antecedent_names']} also hold"
        f" {best['consequent_names']}: {wording.times(best['lift'])} what chance would bring"
    )
    note = (
        "A basket is what one order holds. A rule says that a basket with one side often holds the other, too; lift is"
    )
    note += " how many times more often than by chance. "
    by_chance = every["rules"] - every["sure"]
    note += wording.counted(every["kept"], "rule", "rules")
    note += (
        f", the {wording.whole(SHOWN)} with the highest lift drawn." if every["kept"] > SHOWN else ", each a circle."
    )
    left_out = [(by_chance, "can be chance"), (every["sure"] - every["kept"], "a shorter rule says already")]
    said = " and ".join(f"{wording.whole(number)} that {why}" for number, why in left_out if number)
    note += f" Left out: {said}." if said else ""
    return Figure(
        title,
        draw(chart, "Circles: rules by number of baskets, by how often they hold, and by lift.", "rules", height=300),
        _best(found),
        note,
    )


def _baskets(rule: dict[str, Any]) -> str:
    """In how many baskets with one side the other is: `57 of 100 baskets`, of fewer the counts: `8 of 8 baskets`."""
    with_one_side = round(rule["support_count"] / rule["confidence"])
    return f"{wording.of_hundred(rule['confidence'], with_one_side)} baskets"


def _best(found: list[dict[str, Any]]) -> Table:
    return Table(
        "The strongest rules, by lift. The share is that of baskets with the first that also hold the second, with its"
        " 95 % interval",
        ["Who buys", "also buys", "Share", "from", "to", "Lift", "Baskets with both"],
        [
            [
                row["antecedent_names"],
                row["consequent_names"],
                Bar(wording.percent(row["confidence"]), row["confidence"]),
                wording.percent(row["confidence_ci_low"]),
                wording.percent(row["confidence_ci_high"]),
                f"{row['lift']:.1f}",
                wording.whole(row["support_count"]),
            ]
            for row in found[:BEST]
        ],
        words=frozenset({1}),
    )


def _network(pairs: list[dict[str, Any]]) -> Figure:
    drawn = {wide: in_groups(pairs[: EDGES[wide]], LARGEST_GROUP) for wide in (True, False)}
    places = {wide: placed(drawn[wide], COLUMNS[wide]) for wide in (True, False)}

    def chart(width: int) -> alt.LayerChart:
        nodes, edges, lines_used = places[is_wide(width)]
        named = [{**node, "text": wording.clipped(node["name"], 27)} for node in nodes]
        axes = {
            "x": alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, COLUMNS[is_wide(width)]], nice=False)),
            "y": alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[lines_used, -1], nice=False)),
        }
        lines = (
            alt.Chart(rows(edges))
            .mark_rule(color=MUTED, opacity=0.5)
            .encode(
                **axes,
                x2="x2:Q",
                y2="y2:Q",
                strokeWidth=alt.StrokeWidth("lift:Q", scale=alt.Scale(range=[1.5, 5]), legend=None),
                description="label:N",
            )
        )
        dots = alt.Chart(rows(named)).mark_circle(color=SECOND, opacity=1, size=46).encode(**axes, description="name:N")
        texts = alt.Chart(rows(named)).encode(**axes, text="text:N")
        look: dict[str, Any] = {"align": "left", "dx": 9, "fontSize": 11, "aria": False}
        return lines + texts.mark_text(stroke=PAPER, strokeWidth=3, **look) + texts.mark_text(color=INK, **look) + dots

    listed = pairs[: EDGES[True]]
    note = "A line joins two products that are bought together; the thicker, the higher the lift."
    note += f" Drawn: {wording.counted(len(drawn[True]), 'pair', 'pairs')}"
    note += f" of the {wording.whole(len(listed))} strongest" if len(drawn[True]) < len(pairs) else ""
    note += f", on narrow screens {len(drawn[False])}" if len(drawn[False]) < len(drawn[True]) else ""
    note += (
        f"; a group ends at {LARGEST_GROUP} products, so that lines can be told apart. The numbers have all pairs."
        if len(drawn[True]) < len(listed)
        else "."
    )
    return Figure(
        "Which products go together",
        draw(
            chart,
            "Network: products as points, pairs that are bought together as lines.",
            "network",
            height=lambda width: LINE_HEIGHT * (places[is_wide(width)][2] + 1),
        ),
        Table(
            "The pairs of the network",
            ["Product", "and product", "Lift", "Baskets"],
            [[pair["one"], pair["other"], f"{pair['lift']:.1f}", wording.whole(pair["baskets"])] for pair in listed],
            words=frozenset({1}),
        ),
        note,
    )
