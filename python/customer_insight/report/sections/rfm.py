"""Customers by recency, frequency and money: the grid, and what each name means."""

from __future__ import annotations

from typing import Any

from customer_insight.report import wording
from customer_insight.report.blocks import Bar, Grid, GridCell, Section, Table
from customer_insight.report.results import Results

# where the shop is known too short a time for the name of a cell
TOO_EARLY = "Too early to say"
# what an owner does about it; names that analysts have added to the seed stand without
MEANING = {
    "Champions": "Bought lately, and a lot: thank them, show them what is new.",
    "Loyal": "Have come back, and lately enough: offer what goes with what they have.",
    "Active": "Bought lately: the next order is what to win.",
    "New": "Bought lately, and little so far: welcome them.",
    "Promising": "Bought not long ago, and little so far: remind them of the shop.",
    "Needs attention": "Bought neither lately nor long ago: a good moment to write.",
    "At risk": "Bought more than others, and not for a long time: write to them now.",
    "Previously loyal": "Bought a lot, and have stayed away: a personal word may help.",
    "Almost lost": "Bought little, and long ago: make one last offer.",
    "Dormant": "Bought longest ago, and not much: leave them in peace.",
    TOO_EARLY: "Bought less lately than others; the shop is known too short a time to say that somebody stays away.",
    "Prospect": "Known, without an order that was kept: win the first one.",
}
GRID = f"""
select r_score, fm_score, min(coalesce(rfm_segment, '{TOO_EARLY}')) as name, count(*) as customers,
    sum(monetary) as revenue
from segments.customer_rfm where r_score is not null group by all
"""
NAMES = f"""
select coalesce(rfm_segment, '{TOO_EARLY}') as name, count(*) as customers, coalesce(sum(monetary), 0) as revenue,
    median(recency_days) as recency_days, avg(frequency) as orders
from segments.customer_rfm group by all order by revenue desc, customers desc, name
"""


def rfm(results: Results) -> Section:
    """The section; nothing to say without customers who bought."""
    title = "Customers by recency, frequency and money" if results.revenue else "Customers by recency and frequency"
    cells = {(row["r_score"], row["fm_score"]): row for row in results.rows(GRID)}
    buyers = results.row("select count(*) as customers from segments.customer_rfm where frequency > 0")["customers"]
    if buyers and not results.has_dates:
        return Section("rfm", title, nothing="The orders have no dates: nobody knows who has ordered lately.")
    if not cells:
        return Section("rfm", title, nothing="No customer of this shop is known to have bought.")
    return Section("rfm", title, [_grid(cells, results.revenue), _names(results)])


def _grid(cells: dict[tuple[int, int], dict[str, Any]], revenue: float) -> Grid:
    customers = sum(row["customers"] for row in cells.values())
    best = cells.get((5, 5))
    shade = "revenue" if revenue else "customers"
    most = max((row[shade] or 0) for row in cells.values()) or 1

    def cell(r_score: int, fm_score: int) -> GridCell:
        row = cells.get((r_score, fm_score))
        if row is None:
            return GridCell("", ["nobody"], 0)
        lines = [wording.whole(row["customers"])]
        lines += [f"{wording.percent(float(row['revenue'] or 0) / revenue)} of revenue"] if revenue else []
        return GridCell(row["name"], lines, float((row[shade] or 0) / most))

    title = "Who bought lately, and how much" if revenue else "Who bought lately, and how often"
    if best and revenue:
        title = (
            f"{wording.whole(best['customers'])} customers have the highest scores:"
            f" {wording.percent(best['customers'] / customers)} of buyers,"
            f" {wording.percent(float(best['revenue']) / revenue)} of revenue"
        )
    caption = "Each cell is a group of customers, with their number. From above (R 5, bought lately) to below"
    caption += " (R 1, long ago),"
    caption += (
        " from left (FM 1, seldom and for little) to right (FM 5, often and for much); the darker, the more revenue."
        " Shares are of all revenue, that of unknown customers included."
        if revenue
        else " from left (FM 1, seldom) to right (FM 5, often); the darker, the more customers."
    )
    return Grid(
        title,
        caption,
        [f"FM {score}" for score in range(1, 6)],
        [(f"R {r_score}", [cell(r_score, fm_score) for fm_score in range(1, 6)]) for r_score in range(5, 0, -1)],
    )


def _names(results: Results) -> Table:
    found = results.rows(NAMES)
    most = max(row["customers"] for row in found)
    has_money = bool(results.revenue)
    columns = ["Group", "Customers", "What to do", *(["Share of revenue"] if has_money else [])]
    columns += ["Orders each", "Days since the last order (median)"]
    return Table(
        "The groups, and what to do",
        columns,
        [
            [
                row["name"],
                Bar(wording.whole(row["customers"]), row["customers"] / most),
                MEANING.get(row["name"], ""),
                *([wording.percent(float(row["revenue"]) / results.revenue)] if has_money else []),
                wording.UNKNOWN if row["orders"] is None else f"{row['orders']:.1f}",
                wording.whole(row["recency_days"]),
            ]
            for row in found
        ],
        words=frozenset({2}),
    )
