"""Segments: on the map, in words, and who moved between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import altair as alt

from customer_insight.report import wording
from customer_insight.report.blocks import Bar, Block, Card, Cards, Figure, Section, Table, Text
from customer_insight.report.charts import COLOURS, INK, PAPER, draw, is_wide, rows
from customer_insight.report.label_places import Label, apart
from customer_insight.report.money import Money
from customer_insight.report.results import Results

POINTS = 700  # customers on the map: more would hide one another, and weigh the page down
PROFILES = """
select p.*, coalesce(sum(r.monetary), 0) as revenue
from segments.segment_profiles as p
left join segments.customer_segments as s on p.segment_id = s.segment_id
left join segments.customer_rfm as r on s.customer_id = r.customer_id
group by all order by revenue desc, p.segment_id
"""
MAP = f"""
select segment_id, round(map_x, 2) as x, round(map_y, 2) as y
from segments.customer_segments where map_x is not null order by md5(customer_id), customer_id limit {POINTS}
"""
CENTRES = """
select segment_id, segment_name, median(map_x) as x, median(map_y) as y
from segments.customer_segments where map_x is not null group by all order by segment_id
"""
MOVES = """
select * from segments.segment_transitions where from_segment_id is distinct from to_segment_id
order by customers desc, transition_id
"""
NO_MOVES = (
    "Nobody is known to have moved from one kind to another: there is no earlier build to compare with, or too few"
    " customers moved to say so."
)
NAME_LENGTH = 60  # letters on the map
MAP_HEIGHT, FRAME, MARGIN = (
    360,
    5,
    14,
)  # pixels; the frame is around every picture, the margin around the outermost point
# what of a profile's sentence is money: its description in the database has no currency
AMOUNTS = re.compile(r"(?<!\S)([\d,]+(?:\.\d+)?)(?= spent each)|(?<=value of an order )([\d,]+(?:\.\d+)?)")
COMPARED = re.compile(r"(value of an order [^;]*?\(all customers )([\d,]+(?:\.\d+)?)\)")


def segments(results: Results) -> Section:
    """The section; nothing to say where no segments were found."""
    title = "Kinds of customers"
    profiles = results.rows(PROFILES)
    if not profiles:
        return Section("segments", title, nothing=results.why_nothing("customer_segments", "There are no customers."))
    places = {profile["segment_id"]: place for place, profile in enumerate(profiles)}
    revenue = results.revenue
    cards = [
        Card(
            name=profile["segment_name"],
            size=_size(profile, revenue),
            sentences=_sentences(profile["description"], results.money),
            number=places[profile["segment_id"]] + 1,
            colour=places[profile["segment_id"]] % len(COLOURS) + 1,
        )
        for profile in profiles
    ]
    blocks: list[Block] = [_map(results, places, _finding(profiles, revenue)), Cards(cards), _moves(results)]
    return Section("segments", title, blocks)


def _finding(profiles: list[dict[str, Any]], revenue: float) -> str:
    best = profiles[0]
    if not revenue or len(profiles) == 1:
        return wording.counted(len(profiles), "kind", "kinds") + " of customers"
    return (
        f"{len(profiles)} kinds; “{best['segment_name']}” are {wording.percent(best['share'])} of customers"
        f" and bring {wording.percent(float(best['revenue']) / revenue)} of revenue"
    )


def _size(profile: dict[str, Any], revenue: float) -> str:
    said = f"{wording.counted(profile['customers'], 'customer', 'customers')}, {wording.percent(profile['share'])}"
    return said + (f"; {wording.percent(float(profile['revenue']) / revenue)} of revenue" if revenue else "")


def _sentences(description: str | None, money: Money) -> list[str]:
    """What the profile says beyond the size, which the card has already; amounts in the shop's currency."""
    said = (description or "").partition("): ")[2] or (description or "")
    said = AMOUNTS.sub(lambda found: _amount(found[0], money), said)
    said = COMPARED.sub(lambda found: f"{found[1]}{_amount(found[2], money)})", said)
    return [f"{sentence[:1].upper()}{sentence[1:].removesuffix('.')}." for sentence in said.split(". ") if sentence]


def _amount(number: str, money: Money) -> str:
    return money.amount(float(number.replace(",", ""))) if "." in number else money.rounded(number)


def _map(results: Results, places: dict[str, int], finding: str) -> Figure:
    points = [
        {**row, "colour": places[row["segment_id"]] % len(COLOURS)}
        for row in results.rows(MAP)
        if row["segment_id"] in places
    ]
    centres = [row for row in results.rows(CENTRES) if row["segment_id"] in places]
    scale = alt.Scale(domain=list(range(len(COLOURS))), range=COLOURS)
    customers = results.row("select count(*) as customers from segments.customer_segments")["customers"]

    def chart(width: int) -> alt.LayerChart:
        # in pixels, so that names can be kept apart
        across, down = width - 2 * FRAME, MAP_HEIGHT - 2 * FRAME
        x_of, y_of = _pixels([p["x"] for p in points], across), _pixels([-p["y"] for p in points], down)
        axes = {
            "x": alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, across], nice=False)),
            "y": alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[down, 0], nice=False)),
        }
        drawn = [{"colour": p["colour"], "x": round(x_of(p["x"]), 1), "y": round(y_of(-p["y"]), 1)} for p in points]
        dots = alt.Chart(rows(drawn)).mark_circle(size=22 if is_wide(width) else 12, opacity=0.6, aria=False)
        dots = dots.encode(**axes, color=alt.Color("colour:N", scale=scale, legend=None))
        labels = [
            Label(_label(row, places, is_named=is_wide(width)), x_of(row["x"]), y_of(-row["y"])) for row in centres
        ]
        named = [{"name": each.text, "x": each.x, "y": each.y} for each in apart(labels, across, down)]
        names = alt.Chart(rows(named)).encode(**axes, text="name:N")
        bold = {"fontWeight": "bold", "aria": False}
        return (
            dots
            + names.mark_text(stroke=PAPER, strokeWidth=4, strokeOpacity=0.9, **bold)
            + names.mark_text(color=INK, **bold)
        )

    shown = (
        f"{wording.whole(len(points))} of {wording.whole(customers)} customers, drawn by lot"
        if customers > len(points)
        else "All customers"
    )
    sizes = results.rows(
        "select segment_name, customers, share from segments.segment_profiles order by customers desc, segment_id"
    )
    return Figure(
        finding,
        draw(chart, "Map: every point is a customer, customers alike are near each other.", "map", height=MAP_HEIGHT),
        Table(
            "Size of the kinds",
            ["Kind", "Customers", "Share"],
            [
                [row["segment_name"], Bar(wording.whole(row["customers"]), row["share"]), wording.percent(row["share"])]
                for row in sizes
            ],
        ),
        f"{shown}: a point for each, and who is alike is near. Numbers are those of the kinds below. Both axes"
        " combine everything that is known of customers; they have no unit.",
    )


def _pixels(values: list[float], size: float) -> Callable[[float], float]:
    """From the values' scale to pixels, with room around the outermost."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    return lambda value: MARGIN + (value - low) / ((high - low) or 1.0) * (size - 2 * MARGIN)


def _label(row: dict[str, Any], places: dict[str, int], *, is_named: bool) -> str:
    number = str(places[row["segment_id"]] + 1)
    return f"{number} {wording.clipped(row['segment_name'], NAME_LENGTH)}" if is_named else number


def _moves(results: Results) -> Block:
    before = results.rows(
        "select previous_at, customers from segments.segment_transitions where from_segment_id is not null"
    )
    if not before:
        return Text([NO_MOVES])
    moved = results.rows(MOVES)
    left = sum(row["customers"] for row in moved if row["from_segment_id"])
    stayed = 1 - left / sum(row["customers"] for row in before)
    since = wording.day(results.shop_time(before[0]["previous_at"]))
    return Table(
        f"Moves since {since}: {wording.percent(stayed)} stayed where they were"
        " (moves of very few customers are not shown)",
        ["From", "To", "Customers", "Share of those who were in it"],
        [
            [
                row["from_segment_name"] or "not a customer yet",
                row["to_segment_name"] or "no customer any more",
                wording.whole(row["customers"]),
                wording.percent(row["share"]),
            ]
            for row in moved
        ],
        words=frozenset({1}),
    )
