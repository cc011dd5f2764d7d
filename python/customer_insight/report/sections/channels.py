"""Channels: who sent the visits and orders of the last quarter, what that cost and what was left."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from customer_insight.report import periods, wording
from customer_insight.report.blocks import Bar, Block, Cell, Section, Table, Text
from customer_insight.report.results import Results

TITLE = "Where visits and orders come from"
DAYS = 91
SHOWN = 12
NOTHING = (
    "This shop's files do not say who sends its visits: events with page_url and referrer would, and channel_costs.csv "
    "says what was spent."
)
CHANNELS = """
select channel, cast(sum(sessions) as bigint) as visits, cast(sum(converted_sessions) as bigint) as bought,
    cast(sum(agent_sessions) as bigint) as agents, cast(sum(orders) as bigint) as orders,
    sum(gross_revenue) as revenue, cast(sum(new_customers) as bigint) as new_customers, sum(cost) as cost,
    case when count(*) = count(profit) then sum(profit) end as profit
from shop.channels_daily where activity_date > ? group by channel
order by revenue desc, visits desc, cost desc nulls last, channel
"""
UNKNOWN_COSTS = """
select replace(fact, 'cost of ', '') as channel, value from quality.shop_facts where fact like 'cost of %' order by fact
"""
HOW = (
    "An order is of the last visit before it that says who sent it, at most a quarter earlier; what a till or a "
    "marketplace sells is its own. Profit is revenue less the cost of the goods and what was spent on the channel. It "
    "does not say who would have bought without the channel: only a campaign with a group left alone can."
)


def channels(results: Results) -> Section:
    """The section; where nothing tells who sends visits, it says what would."""
    told = results.row("select bool_or(value = 'told') as told from quality.shop_facts where fact = 'channels'")["told"]
    if results.end is None or not told:
        return Section("channels", TITLE, nothing=NOTHING)
    last_day = results.shop_time(results.end - timedelta(microseconds=1)).date()
    found = results.rows(CHANNELS, [last_day - timedelta(days=DAYS)])
    if not found:
        return Section("channels", TITLE, nothing=NOTHING)
    first = periods.first_day(results)
    period = (
        f"The last {DAYS} days"
        if not first or first <= last_day - timedelta(days=DAYS)
        else f"Since {wording.day(first)}"
    )
    blocks: list[Block] = [_table(results, found, period), Text([*_special(found), *_unknown(results), HOW])]
    return Section("channels", TITLE, blocks)


def _table(results: Results, found: list[dict[str, Any]], period: str) -> Table:
    has_costs = any(row["cost"] for row in found)
    most = max(float(row["revenue"]) for row in found) or 1.0
    columns = ["Channel", "Revenue", "Orders", "New customers", "Visits", "that buy"]
    shown = []
    for row in found[:SHOWN]:
        cells: list[Cell] = [
            wording.in_words(row["channel"]).capitalize(),
            Bar(results.money.amount(row["revenue"]), float(row["revenue"]) / most),
            wording.whole(row["orders"]),
            wording.whole(row["new_customers"]),
            wording.whole(row["visits"]),
            wording.percent(row["bought"] / row["visits"] if row["visits"] else None),
        ]
        if has_costs:
            back = float(row["profit"]) / float(row["cost"]) if row["cost"] and row["profit"] is not None else None
            cells += [results.money.amount(row[name]) for name in ("cost", "profit")]
            cells.append(results.money.amount(back))
        shown.append(cells)
    rest = f", {len(found) - SHOWN} smaller ones left out" if len(found) > SHOWN else ""
    spent = ["Spent", "Profit", "Profit for each 1 spent"] if has_costs else []
    return Table(f"{period}{rest}", [*columns, *spent], shown)


def _special(found: list[dict[str, Any]]) -> list[str]:
    """What assistants sent, and what their agents did."""
    by_name = {row["channel"]: row for row in found}
    said = []
    if (sent := by_name.get("assistants")) and sent["visits"]:
        visits = wording.counted(sent["visits"], "visit", "visits")
        said.append(f"Assistants sent {visits}, of which {wording.percent(sent['bought'] / sent['visits'])} bought.")
    if agents := sum(row["agents"] for row in found):
        visits = wording.counted(agents, "visit was an agent's", "visits were those of agents")
        orders = by_name.get("agents", {"orders": 0})["orders"]
        said.append(
            f"{visits}, that shop or read for a person: they count in no number of visits, and what they bought "
            f"({wording.counted(orders, 'order', 'orders')}) does."
        )
    return said


def _unknown(results: Results) -> list[str]:
    unknown = [f"{row['channel']} ({results.money.amount(float(row['value']))})" for row in results.rows(UNKNOWN_COSTS)]
    return [f"Money was spent on what no rule knows, of all time: {', '.join(unknown)}. The seed channel_words can say "
            "which channel it is."] if unknown else []  # fmt: skip
