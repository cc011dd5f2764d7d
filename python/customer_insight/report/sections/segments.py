"""Segments: on the map, in words, and who moved between them."""

from __future__ import annotations

from typing import Any

import altair as alt

from customer_insight.report import wording
from customer_insight.report.blocks import Bar, Block, Card, Cards, Figure, Section, Table, Text
from customer_insight.report.charts import COLOURS, INK, PAPER, draw, is_wide, rows
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
    "No moves from one kind to another are known: the warehouse has no earlier instant to compare with, or too few"
    " customers moved to tell."
)


def segments(results: Results) -> Section:
    """The section; nothing to say where no segments were found."""
    title = "Kinds of customers"
    profiles = results.rows(PROFILES)
    if not profiles:
        return Section("segments", title, nothing=results.why_nothing("customer_segments", "There are no segments."))
    places = {profile["segment_id"]: place for place, profile in enumerate(profiles)}
    revenue = results.revenue
    cards = [
        Card(
            name=profile["segment_name"],
            size=f"{wording.whole(profile['customers'])} customers, {wording.percent(profile['share'])}"
            + (f"; {wording.percent(float(profile['revenue']) / revenue)} of revenue" if revenue else ""),
            sentences=_sentences(profile["description"]),
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


def _sentences(description: str | None) -> list[str]:
    """What the profile says beyond the size, which the card has already."""
    said = (description or "").partition("): ")[2] or (description or "")
    return [f"{sentence[:1].upper()}{sentence[1:].removesuffix('.')}." for sentence in said.split(". ") if sentence]


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
        axes = {
            "x": alt.X("x:Q", axis=None, scale=alt.Scale(zero=False, padding=12)),
            "y": alt.Y("y:Q", axis=None, scale=alt.Scale(zero=False, padding=12)),
        }
        dots = alt.Chart(rows(points)).mark_circle(size=22 if is_wide(width) else 12, opacity=0.6, aria=False)
        dots = dots.encode(**axes, color=alt.Color("colour:N", scale=scale, legend=None))
        named = [
            {**row, "name": f"{places[row['segment_id']] + 1} {row['segment_name'] if is_wide(width) else ''}"}
            for row in centres
        ]
        names = alt.Chart(rows(named)).encode(**axes, text="name:N")
        bold = {"fontWeight": "bold", "aria": False}
        return (
            dots
            + names.mark_text(stroke=PAPER, strokeWidth=4, strokeOpacity=0.9, **bold)
            + names.mark_text(color=INK, **bold)
        )

    shown = (
        f"{wording.whole(len(points))} of {wording.whole(customers)} customers, drawn by chance"
        if customers > len(points)
        else "All customers"
    )
    sizes = results.rows(
        "select segment_name, customers, share from segments.segment_profiles order by customers desc, segment_id"
    )
    return Figure(
        finding,
        draw(chart, "Map: every point is a customer, customers alike are near each other.", "map", height=360),
        Table(
            "Size of the segments",
            ["Segment", "Customers", "Share"],
            [
                [row["segment_name"], Bar(wording.whole(row["customers"]), row["share"]), wording.percent(row["share"])]
                for row in sizes
            ],
        ),
        f"{shown}: who is alike is near. Numbers are those of the kinds below. The axes are mixtures of all features"
        " (principal components) and have no unit.",
    )


def _moves(results: Results) -> Block:
    before = results.rows(
        "select previous_at, customers from segments.segment_transitions where from_segment_id is not null"
    )
    if not before:
        return Text([NO_MOVES])
    moved = results.rows(MOVES)
    left = sum(row["customers"] for row in moved if row["from_segment_id"])
    stayed = 1 - left / sum(row["customers"] for row in before)
    return Table(
        f"Moves since {wording.day(before[0]['previous_at'])}: {wording.percent(stayed)} stayed where they were"
        " (moves of very few customers are withheld)",
        ["From", "To", "Customers", "Share of those who were there"],
        [
            [
                row["from_segment_name"] or "not a customer yet",
                row["to_segment_name"] or "no longer there",
                wording.whole(row["customers"]),
                wording.percent(row["share"]),
            ]
            for row in moved
        ],
        words=frozenset({1}),
    )
