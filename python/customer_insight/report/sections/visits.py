"""Visits: how many lead to what, on which platform, and how conversion moves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from customer_insight.report import periods, wording
from customer_insight.report.axes import by_week, shares
from customer_insight.report.blocks import Bar, Block, Figure, Section, Table, Text
from customer_insight.report.charts import ACCENT, INK, draw, rows
from customer_insight.report.metrics import Metric
from customer_insight.report.results import Results

PLATFORMS = """
select coalesce(platform, 'unknown') as platform, {sums} from shop.funnel_daily
group by all order by sessions desc, platform
"""
STEPS = {
    "sessions": "Visits",
    "sessions_with_view": "looked at a product",
    "sessions_with_cart": "put something into the cart",
    "sessions_with_purchase": "bought",
}
SUMS = ", ".join(f"cast(sum({step}) as bigint) as {step}" for step in STEPS)
# as in shop.funnel_daily, from instant to instant
COUNTS = """
select count(*) as sessions, count(*) filter (views > 0) as sessions_with_view,
    count(*) filter (add_to_carts > 0) as sessions_with_cart, count(*) filter (is_converted) as sessions_with_purchase
from shop.sessions
where not is_bot
    and started_at >= coalesce($1, timestamp '-infinity') and started_at < coalesce($2, timestamp 'infinity')
"""


def visits(results: Results, metrics: Mapping[str, Metric]) -> Section:
    """The section; nothing to say in a shop without events."""
    title = "Visits"
    every = results.row(COUNTS, [None, None])
    if not every["sessions"]:
        return Section("visits", title, nothing="This shop's files hold no visits.")
    recent = results.row(COUNTS, list(periods.last_days(results)))
    period, counts = (periods.title_of_last_days(results), recent) if recent["sessions"] else ("All visits", every)
    blocks: list[Block] = [_funnel(results, counts, period)]
    blocks += _conversion(results, metrics["conversion"])
    every_visit = results.row("select count(*) filter (is_bot) as bots, count(*) as sessions from shop.sessions")
    if every_visit["bots"]:
        share = wording.percent(every_visit["bots"] / every_visit["sessions"])
        bots = wording.counted(every_visit["bots"], "visit was a bot's", "visits were those of bots")
        blocks.append(Text([f"{bots}, {share} of all. This page leaves them out."]))
    return Section("visits", title, blocks)


def _funnel(results: Results, counts: dict[str, Any], period: str) -> Figure:
    visits = counts["sessions"]
    records = [
        {
            "step": name,
            "order": number,
            "visits": counts[step],
            "text": f"{wording.whole(counts[step])} · {wording.percent(counts[step] / visits)}",
            "label": f"{name}: {wording.whole(counts[step])}",
        }
        for number, (step, name) in enumerate(STEPS.items())
    ]

    def chart(_: int) -> alt.LayerChart:
        # names stand above their bars: beside them a telephone has no room
        base = alt.Chart(rows(records)).encode(
            y=alt.Y(
                "step:N",
                sort=list(STEPS.values()),
                title=None,
                axis=None,
                scale=alt.Scale(paddingInner=0.55, paddingOuter=0.3),
            ),
            description="label:N",
        )
        bars = base.mark_bar(color=ACCENT, opacity=0.85, cornerRadiusEnd=2).encode(
            x=alt.X("visits:Q", axis=None, scale=alt.Scale(domain=[0, visits], nice=False))
        )
        names = base.mark_text(align="left", baseline="bottom", dy=-14, x=0, color=INK, aria=False).encode(
            text="step:N"
        )
        texts = base.mark_text(align="right", baseline="bottom", dy=-14, x="width", color=INK, aria=False).encode(
            text="text:N"
        )
        return bars + names + texts

    looked, carted, bought = (wording.of_hundred(counts[step] / visits, visits) for step in list(STEPS)[1:])
    return Figure(
        f"{looked} visits look at a product, {carted.split(' of ')[0]} put something into the cart,"
        f" {bought.split(' of ')[0]} buy"
        if all(counts[step] / visits >= 0.01 for step in list(STEPS)[1:])
        else f"{bought} visits end with a purchase",
        draw(chart, "Bars: visits, and how many of them looked, filled a cart and bought.", "funnel", height=210),
        _platforms(results),
        f"{period}, without bots. A visit may skip a step: who buys at once puts nothing into the cart.",
    )


def _platforms(results: Results) -> Table:
    found = results.rows(PLATFORMS.format(sums=SUMS))
    most = found[0]["sessions"]
    return Table(
        "By platform, of all time",
        ["Platform", "Visits", *(name.capitalize() for name in list(STEPS.values())[1:])],
        [
            [
                str(row["platform"]),
                Bar(wording.whole(row["sessions"]), row["sessions"] / most),
                *(wording.percent(row[step] / row["sessions"]) for step in list(STEPS)[1:]),
            ]
            for row in found
        ],
    )


def _conversion(results: Results, conversion: Metric) -> list[Block]:
    weeks = [(week, value) for week, value in periods.whole_weeks(results, conversion)[-53:] if value is not None]
    if len(weeks) < 3:
        return []
    records = [
        {"week": week.isoformat(), "share": value, "label": f"Week of {wording.day(week)}: {wording.percent(value)}"}
        for week, value in weeks
    ]

    def chart(width: int) -> alt.LayerChart:
        base = alt.Chart(rows(records)).encode(
            x=by_week([week for week, _ in weeks], width),
            y=alt.Y("share:Q", axis=shares()),
        )
        dots = base.mark_circle(color=ACCENT, size=28, opacity=1).encode(description="label:N")
        return base.mark_line(color=ACCENT, strokeWidth=2, aria=False) + dots

    mean = sum(value for _, value in weeks) / len(weeks)
    return [
        Figure(
            f"{wording.percent(weeks[-1][1])} of visits ended with a purchase in the last whole week;"
            f" {wording.percent(mean)} is usual",
            draw(chart, "Line: share of visits with a purchase, by week.", "conversion", height=180),
            Table(
                "Conversion (share of visits that buy) by week",
                ["Week from", "Conversion"],
                [[wording.day(w), wording.percent(v)] for w, v in weeks[::-1]],
            ),
            conversion.description,
        )
    ]
