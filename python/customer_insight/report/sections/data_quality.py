"""Data quality: what came in, what was refused and why, and what each learned step says of itself."""

from __future__ import annotations

from typing import Any

from customer_insight.report import names, status_wording, wording
from customer_insight.report.blocks import Bar, Block, Section, Table, Text
from customer_insight.report.results import OK, Results

COUNTS = "select * from quality.row_counts where rows_in > 0 order by rows_in desc, source_system, source_table"
REASONS_SHOWN = 30
REASONS = f"""
select source_system, source_table, reason, count(*) as refused from quality.rejected_rows
group by all order by refused desc, source_system, source_table, reason limit {REASONS_SHOWN}
"""
SUSPECTS = """
select rule, kind, count(distinct id) as suspects from quality.suspicions where left_out_of <> 'nothing'
group by rule, kind order by suspects desc, rule
"""
RUNS = """
select model, status, shop_day(data_from_at) as first_day, shop_day(data_to_at) as last_day from quality.model_runs
order by model
"""


def data_quality(results: Results) -> Section:
    """The section; it always has something to say, and in an empty shop says that nothing came."""
    title = "What came in"
    counts = results.rows(COUNTS)
    if not counts:
        return Section("quality", title, nothing="Not a single row came in.")
    sources = {row["source_system"] for row in counts}
    every = {name: sum(row[name] for row in counts) for name in ("rows_in", "accepted", "rejected", "after_as_of")}
    share = wording.percent(every["rejected"] / every["rows_in"])
    said = f"{wording.whole(every['rows_in'])} rows came in, {wording.whole(every['rejected'])} ({share}) were refused"
    said += (
        f", {wording.whole(every['after_as_of'])} are later than the time this page speaks of."
        if every["after_as_of"]
        else "."
    )
    blocks: list[Block] = [
        Text([said + " No row is lost: the results keep each refused one, with its reason."]),
        Table(
            "Rows by table: those that came in were accepted, refused, or are later",
            ["Table", "Came in", "Accepted", "Refused", "Later"],
            [
                [
                    _table(row, sources),
                    *(wording.whole(row[name]) for name in ("rows_in", "accepted", "rejected", "after_as_of")),
                ]
                for row in counts
            ],
        ),
    ]
    refused = results.rows(REASONS)
    if refused:
        blocks.append(
            Table(
                "Why rows were refused" + (", the most frequent reasons" if len(refused) == REASONS_SHOWN else ""),
                ["Table", "Reason", "Rows"],
                [
                    [
                        _table(row, sources),
                        wording.in_words(row["reason"]),
                        Bar(wording.whole(row["refused"]), row["refused"] / refused[0]["refused"]),
                    ]
                    for row in refused
                ],
                words=frozenset({1}),
            )
        )
    blocks += _suspects(results)
    blocks.append(
        Table(
            "What was learned, from which days, and what is missing",
            ["What", "How it went", "From", "To"],
            [_learned(run) for run in results.rows(RUNS)],
            words=frozenset({1}),
        )
    )
    return Section("quality", title, blocks)


def _suspects(results: Results) -> list[Block]:
    """Who is not what they seem and so teaches nothing; nothing where there is nobody."""
    rows = results.rows(SUSPECTS)
    if not rows:
        return []
    told = [f"{wording.whole(row['suspects'])} by {names.suspicion(row['rule'])} ({row['kind']}s)" for row in rows]
    return [
        Text(
            [
                f"Suspects teach no model and count in no effect: {', '.join(told)}. What was paid is counted in full."
                " Each has its reason in quality.suspicions; whom you call honest in the list suspicion_decisions, is."
            ]
        )
    ]


def _learned(run: dict[str, Any]) -> list[str]:
    """A step, how it went, and the days that it looked at: none where it was left out."""
    said = "As expected." if run["status"] == OK else status_wording.for_owner(run["status"])
    is_left_out = said == status_wording.NOT_COMPARED
    days = ["", ""] if is_left_out else [wording.short_day(run[day]) for day in ("first_day", "last_day")]
    return [names.step(run["model"]), said, *days]


def _table(row: dict[str, Any], sources: set[str]) -> str:
    """The table in words, and whose it is where there are several sources."""
    said = names.table(row["source_table"])
    return f"{said} of {row['source_system']}" if len(sources) > 1 else said
