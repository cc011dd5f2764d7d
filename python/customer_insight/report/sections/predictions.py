"""Who will buy and who stays away, and what today's customers will still bring."""

from __future__ import annotations

from typing import Any

import altair as alt

from customer_insight.report import wording
from customer_insight.report.alike import are_alike
from customer_insight.report.axes import amounts, counts
from customer_insight.report.blocks import Bar, Block, Figure, Section, Table, Text
from customer_insight.report.charts import ACCENT, INK, draw, is_wide, rows
from customer_insight.report.identities import who_is_behind
from customer_insight.report.results import Results
from customer_insight.report.sections import choice, trust

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
select c.customer_id, c.rfm_segment, c.orders, c.gross_revenue, shop_day(c.last_ordered_at) as last_order,
    p.churn_probability
from predictions.customer_predictions as p inner join shop.customers as c on p.customer_id = c.customer_id
where p.churn_probability >= 0.5 and c.r_score <= 2 and c.fm_score >= 4 and c.rfm_segment is not null
order by c.gross_revenue desc nulls last, c.customer_id limit 12
"""


def predictions(results: Results) -> Section:
    """The section; what the shop's history is too short for is not shown, and the section says why."""
    title = "Who will buy, who stays away, what customers will bring"
    shares = results.rows(SHARES)
    # also where something is shown: what the steps say of themselves is how far it can be trusted
    why = [results.why_nothing(step, "") for step in ("customer_predictions", "customer_value")]
    reasons = [each for each in dict.fromkeys(why) if each]
    blocks: list[Block] = [_purchase(results, shares)] if shares else []
    blocks += _value(results)
    blocks += _lost(results)
    blocks += [figure for target in ("purchase", "churn") if (figure := trust.calibration(results, target))]
    if not blocks:
        nothing = " ".join(reasons) or "Too little is known of this shop's customers to say what they will do."
        return Section("predictions", title, nothing=nothing)
    if reasons:  # why all are alike stands where that is said
        blocks.insert(1 if are_alike(results, "purchase_probability") else len(blocks), Text(reasons))
    return Section("predictions", title, blocks)


def _purchase(results: Results, shares: list[dict[str, Any]]) -> Figure | Text:
    """How many will buy; who of them, where that is known: one probability for all is no chart."""
    row = results.row("""
        select sum(purchase_probability) as expected, count(*) as customers, max(horizon_days) as days
        from predictions.customer_predictions where purchase_probability is not null
    """)
    ends = results.metrics("customer_predictions").get("purchase", {}).get("expected_buyers")
    about = f" ({wording.whole(ends['low_80'])} to {wording.whole(ends['high_80'])})" if ends else ""
    finding = (
        f"About {wording.whole(row['expected'])}{about} of {wording.whole(row['customers'])} customers will buy"
        f" within the next {row['days']} days"
    )
    if are_alike(results, "purchase_probability"):
        share = wording.percent(row["expected"] / row["customers"])
        return Text([f"{finding} ({share}). Who they are cannot be said: all have about the same probability."])
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
        y = alt.Y("customers:Q", axis=counts("Customers"))
        return (
            alt.Chart(rows(records))
            .mark_bar(color=ACCENT, opacity=0.85, binSpacing=1)
            .encode(x=x, x2="high:Q", y=y, description="label:N")
        )

    return Figure(
        finding,
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
            "share": float(row["value"] / total),
            "label": f"{wording.whole(row['customers'])} customers: {results.money.short(row['value'])}",
        }
        for row in tenths
    ]

    def chart(width: int) -> alt.LayerChart:
        # ten shares side by side have room for their tenths of a percent on wide screens alone
        said = [
            {**each, "text": wording.percent(each["share"]) if is_wide(width) else _whole(each["share"])}
            for each in records
        ]
        base = alt.Chart(rows(said)).encode(
            x=alt.X("tenth:O", title="Tenths of customers, the most valuable first", axis=alt.Axis(labelAngle=0)),
            y=alt.Y("value:Q", axis=amounts(results.money, records[0]["value"])),
        )
        bars = base.mark_bar(color=ACCENT, opacity=0.85).encode(description="label:N")
        return bars + base.mark_text(dy=-8, color=INK, fontSize=11, aria=False).encode(text="text:N")

    return [
        Figure(
            f"Today's customers will order for about {results.money.short(total)} in the next 365 days;"
            f" the best tenth of them for {wording.percent(tenths[0]['value'] / total)} of it",
            draw(chart, "Bars: revenue expected in a year, by tenths of customers.", "value", height=200),
            Table(
                "Revenue expected in the next 365 days, by tenths of today's customers",
                ["Tenth", "Customers", "Revenue", "Share", "Revenue of one"],
                [
                    [
                        str(row["tenth"]),
                        wording.whole(row["customers"]),
                        results.money.amount(row["value"]),
                        wording.percent(row["value"] / total),
                        results.money.amount(row["value"] / row["customers"]),
                    ]
                    for row in tenths
                ],
            ),
            "These are further orders of customers known today. New customers come on top, so this does not predict the"
            f" revenue of the shop. {_bias(results)}{choice.value_model(results)}",
        )
    ]


def _whole(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.01 else "<1 %"


def _bias(results: Results) -> str:
    """How the value model did when asked about the past."""
    bias = trust.champion_figures(results, "orders").get("bias")
    if bias is None or bias["value"] is None:
        return trust.NOT_TESTED
    few_or_many = "few" if bias["value"] < 0 else "many"
    return (
        f"Tested on the past, from {wording.day(results.shop_time(bias['cut_at']))} on, it expected"
        f" {wording.percent(abs(bias['value']))} too {few_or_many} orders."
    )


def _lost(results: Results) -> list[Block]:
    found = results.rows(LOST)
    if not found or are_alike(results, "churn_probability"):
        return []
    days = results.parameters("customer_predictions").get("churn", {}).get("days")
    away = f"Will not order within {days} days" if days else "Will stay away"
    return [
        Table(
            "Customers who bought more than others, not lately, and will probably stay away: worth a letter",
            ["Customer", "Group", "Orders", "Revenue so far", "Last order", away],
            [
                [
                    row["customer_id"],
                    row["rfm_segment"],
                    wording.whole(row["orders"]),
                    results.money.amount(row["gross_revenue"]),
                    wording.short_day(row["last_order"]),
                    Bar(wording.percent(row["churn_probability"]), row["churn_probability"]),
                ]
                for row in found
            ],
            words=frozenset({1}),
        ),
        *(Text([sentence]) for sentence in who_is_behind([row["customer_id"] for row in found])),
    ]
