"""Who will buy and who is lost, and what customers are worth."""

from __future__ import annotations

from typing import Any

import altair as alt

from customer_insight.report import periods, wording
from customer_insight.report.blocks import Bar, Block, Figure, Section, Table
from customer_insight.report.charts import ACCENT, INK, draw, rows
from customer_insight.report.results import Results
from customer_insight.report.sections import trust

SHARES = """
select least(floor(purchase_probability * 20), 19) as bin, count(*) as customers
from predictions.customer_predictions where purchase_probability is not null group by all order by bin
"""
TENTHS = """
with ranked as (
    select predicted_clv_365d as value, ntile(10) over (order by predicted_clv_365d desc, customer_id) as tenth
    from predictions.customer_predictions where predicted_clv_365d is not null
)
select tenth, count(*) as customers, sum(value) as value from ranked group by tenth order by tenth
"""
LOST = """
select c.customer_id, c.rfm_segment, c.orders, c.gross_revenue, c.last_ordered_at, p.churn_probability
from predictions.customer_predictions as p inner join shop.customers as c on p.customer_id = c.customer_id
where p.churn_probability >= 0.5 and c.r_score <= 2 and c.fm_score >= 4
order by c.gross_revenue desc nulls last, c.customer_id limit 12
"""


def predictions(results: Results) -> Section:
    """The section; nothing to say where nobody is foretold."""
    title = "Who will buy, who is lost, what customers are worth"
    shares = results.rows(SHARES)
    if not shares:
        otherwise = "Nothing can be foretold of this shop's customers."
        return Section("predictions", title, nothing=results.why_nothing("customer_predictions", otherwise))
    if not periods.foretells_purchases(results):
        return Section("predictions", title, nothing="The shop's history is shorter than the time to be foretold.")
    blocks: list[Block] = [_purchase(results, shares)]
    if periods.foretells_values(results):
        blocks += _value(results)
    blocks += _lost(results)
    blocks += [figure for target in trust.TARGETS if (figure := trust.calibration(results, target))]
    return Section("predictions", title, blocks)


def _purchase(results: Results, shares: list[dict[str, Any]]) -> Figure:
    row = results.row("""
        select sum(purchase_probability) as expected, count(*) as customers, max(horizon_days) as days
        from predictions.customer_predictions where purchase_probability is not null
    """)
    records = [
        {
            "low": 5 * share["bin"],
            "high": 5 * share["bin"] + 5,
            "customers": share["customers"],
            "text": f"{5 * share['bin']:.0f} to {5 * share['bin'] + 5:.0f} %",
            "label": f"{wording.whole(share['customers'])} customers",
        }
        for share in shares
    ]

    def chart(_: int) -> alt.Chart:
        x = alt.X(
            "low:Q",
            bin="binned",
            title=f"Probability of an order within {row['days']} days, %",
            scale=alt.Scale(domain=[0, 100]),
            axis=alt.Axis(grid=False, values=list(range(0, 101, 20))),
        )
        y = alt.Y("customers:Q", title="Customers", axis=alt.Axis(tickCount=4, format="~s"))
        return (
            alt.Chart(rows(records))
            .mark_bar(color=ACCENT, opacity=0.85, binSpacing=1)
            .encode(x=x, x2="high:Q", y=y, description="label:N")
        )

    return Figure(
        f"About {wording.whole(row['expected'])} of {wording.whole(row['customers'])} customers will buy"
        f" within {row['days']} days",
        draw(chart, "Bars: customers by probability of an order.", "probability", height=200),
        Table(
            "Customers by probability",
            ["Probability", "Customers"],
            [[record["text"], wording.whole(record["customers"])] for record in records],
        ),
        trust.in_words(results, "purchase"),
    )


def _value(results: Results) -> list[Block]:
    tenths = results.rows(TENTHS)
    total = sum(row["value"] for row in tenths)
    if len(tenths) < 10 or not total:
        return []
    records = [
        {
            "tenth": row["tenth"],
            "value": float(row["value"]),
            "text": wording.percent(row["value"] / total),
            "label": f"{wording.whole(row['customers'])} customers: {wording.short(row['value'])}",
        }
        for row in tenths
    ]

    def chart(_: int) -> alt.LayerChart:
        base = alt.Chart(rows(records)).encode(
            x=alt.X("tenth:O", title="Tenths of customers, the most valuable first", axis=alt.Axis(labelAngle=0)),
            y=alt.Y("value:Q", title=None, axis=alt.Axis(format="~s", tickCount=4)),
        )
        bars = base.mark_bar(color=ACCENT, opacity=0.85).encode(description="label:N")
        return bars + base.mark_text(dy=-8, color=INK, fontSize=11, aria=False).encode(text="text:N")

    return [
        Figure(
            f"Customers are expected to bring {wording.short(total)} in the next 365 days; the most valuable tenth"
            f" {wording.percent(tenths[0]['value'] / total)} of it",
            draw(chart, "Bars: expected value of a year by tenths of customers.", "value", height=200),
            Table(
                "Expected value of a year, by tenths of customers",
                ["Tenth", "Customers", "Value", "Share", "Value of one"],
                [
                    [
                        str(row["tenth"]),
                        wording.whole(row["customers"]),
                        wording.amount(row["value"]),
                        wording.percent(row["value"] / total),
                        wording.amount(row["value"] / row["customers"]),
                    ]
                    for row in tenths
                ],
            ),
            _bias(results),
        )
    ]


def _bias(results: Results) -> str:
    """How the value model did when asked about the past."""
    bias = trust.champion_figures(results, "orders").get("bias")
    if bias is None or bias["value"] is None:
        return "How good this is is not known: the past was not asked, or is too short."
    return (
        f"Asked about the past, the value model expected {abs(bias['value']):.2f} orders a customer too"
        f" {'few' if bias['value'] < 0 else 'many'} in the window after {wording.day(bias['cut_at'])};"
        " it knows no season."
    )


def _lost(results: Results) -> list[Block]:
    found = results.rows(LOST)
    if not found:
        return []
    return [
        Table(
            "Customers who bought often and for much, not lately, and are probably lost: worth a letter",
            ["Customer", "Group", "Orders", "Revenue so far", "Last order", "Probability of being lost"],
            [
                [
                    row["customer_id"],
                    row["rfm_segment"] or wording.UNKNOWN,
                    wording.whole(row["orders"]),
                    wording.amount(row["gross_revenue"]),
                    wording.short_day(row["last_ordered_at"]),
                    Bar(wording.percent(row["churn_probability"]), row["churn_probability"]),
                ]
                for row in found
            ],
            words=frozenset({1}),
        )
    ]
