"""Who will buy and who is lost, what customers are worth, and how far these forecasts can be trusted."""

from __future__ import annotations

from typing import Any

import altair as alt

from customer_insight.report import wording
from customer_insight.report.blocks import Bar, Block, Drawing, Figure, Section, Table, Text
from customer_insight.report.charts import ACCENT, MUTED, draw, rows
from customer_insight.report.results import Results

TARGETS = {
    "purchase": "buys within the horizon",
    "churn": "is lost",
    "product_purchase": "buys a recommended product",
}
VALUE_DAYS = 90  # of history before a year is foretold
SHARES = """
select least(floor(purchase_probability * 20), 19) as bin, count(*) as customers
from predictions.customer_predictions where purchase_probability is not null group by all order by bin
"""
CALIBRATION = """
select c.* from predictions.calibration as c
where c.target = ? and (c.target = 'product_purchase' or c.model in (
    select model from predictions.prediction_evaluation where target = c.target and is_champion)) order by bin
"""
JUDGED = """
select metric, value, ci_low, ci_high, customers, cut_at from predictions.prediction_evaluation
where target = ? and is_champion qualify cut_at = max(cut_at) over ()
"""
LOST = """
select c.customer_id, c.rfm_segment, c.orders, c.gross_revenue, c.last_ordered_at, p.churn_probability
from predictions.customer_predictions as p inner join shop.customers as c on p.customer_id = c.customer_id
where p.churn_probability >= 0.5 and c.r_score <= 3 order by c.gross_revenue desc nulls last, c.customer_id limit 12
"""


def predictions(results: Results) -> Section:
    """The section; nothing to say where nobody is foretold."""
    title = "Who will buy, who is lost, what customers are worth"
    shares = results.rows(SHARES)
    if not shares:
        status = results.rows("select status from quality.model_runs where model = 'customer_predictions'")
        said = (
            status[0]["status"]
            if status and status[0]["status"] != "ok"
            else "Nothing can be foretold of this shop's customers."
        )
        return Section("predictions", title, nothing=said)
    history = results.row("select count(*) as days from shop.activity_daily")["days"]
    horizon = results.row("select max(horizon_days) as days from predictions.customer_predictions")["days"]
    if history < horizon:
        return Section(
            "predictions", title, nothing=f"The shop's history is shorter than the {horizon} days to be foretold."
        )
    blocks: list[Block] = [_purchase(results, shares)]
    if history >= VALUE_DAYS:
        blocks += _value(results)
    blocks += _lost(results)
    blocks += [figure for target in TARGETS if (figure := _calibration(results, target))]
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
        _trust(results, "purchase"),
    )


def _trust(results: Results, target: str) -> str:
    """How the champion did on the latest window that was kept back, in words."""
    judged = {row["metric"]: row for row in results.rows(JUDGED, [target])}
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


def _value(results: Results) -> list[Block]:
    row = results.row("""
        with ranked as (
            select predicted_clv_365d as value,
                percent_rank() over (order by predicted_clv_365d desc, customer_id) as place
            from predictions.customer_predictions where predicted_clv_365d is not null
        )
        select sum(value) as value, sum(value) filter (place <= 0.1) as top, count(*) as customers from ranked
    """)
    if not row["customers"] or not row["value"]:
        return []
    judged = {found["metric"]: found for found in results.rows(JUDGED, ["orders"])}
    said = [
        f"Customers are expected to bring {wording.short(row['value'])} in the next 365 days; the most valuable tenth"
        f" of them {wording.percent(row['top'] / row['value'])} of it."
    ]
    bias = judged["bias"]["value"] if "bias" in judged else None
    if bias is not None:
        said.append(
            f"Asked about the past, the value model expected {abs(bias):.2f} orders a customer too"
            f" {'few' if bias < 0 else 'many'} in the window after {wording.day(judged['bias']['cut_at'])};"
            " it knows no season."
        )
    return [Text(said)]


def _lost(results: Results) -> list[Block]:
    found = results.rows(LOST)
    if not found:
        return []
    return [
        Table(
            "Good customers who have not been here lately and are probably lost: worth a letter",
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


def _calibration(results: Results, target: str) -> Figure | None:
    bins = [
        row
        for row in results.rows(CALIBRATION, [target])
        if row["predicted"] is not None and row["observed"] is not None
    ]
    if not bins:
        return None
    worst = max(bins, key=lambda row: (abs(row["predicted"] - row["observed"]), row["bin"]))
    return Figure(
        f"“{TARGETS[target]}”: at worst {wording.percent(worst['predicted'])} were foretold"
        f" and {wording.percent(worst['observed'])} came true",
        _reliability(bins, target),
        Table(
            "Foretold and come true, in ten groups of customers",
            ["Group", "Customers", "Foretold", "Came true"],
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
        "On the line a probability is what it says. " + (_trust(results, target) if target == "churn" else ""),
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
        f"Points: foretold and observed shares of customers, {TARGETS[target]}.",
        f"calibration-{target}",
        height=300,
        widest=420,
    )
