"""Data quality: what came in, what was refused and why, and what each learned step says of itself."""

from __future__ import annotations

from customer_insight.report import wording
from customer_insight.report.blocks import Bar, Block, Section, Table, Text
from customer_insight.report.results import Results

COUNTS = "select * from quality.row_counts where rows_in > 0 order by rows_in desc, source_table"
REASONS_SHOWN = 30
REASONS = f"""
select source_table, reason, count(*) as refused from quality.rejected_rows
group by all order by refused desc, source_table, reason limit {REASONS_SHOWN}
"""
RUNS = "select model, status, data_from_at, data_to_at from quality.model_runs order by model"


def data_quality(results: Results) -> Section:
    """The section; it always has something to say, and in an empty shop says that nothing came."""
    title = "What came in"
    counts = results.rows(COUNTS)
    if not counts:
        return Section("quality", title, nothing="Not a single row came in.")
    every = {name: sum(row[name] for row in counts) for name in ("rows_in", "accepted", "rejected", "after_as_of")}
    share = wording.percent(every["rejected"] / every["rows_in"])
    said = f"{wording.whole(every['rows_in'])} rows came in, {wording.whole(every['rejected'])} ({share}) were refused"
    said += (
        f", {wording.whole(every['after_as_of'])} are later than the instant of this page."
        if every["after_as_of"]
        else "."
    )
    blocks: list[Block] = [
        Text([said + " None is lost: each refused row is in quality.rejected_rows, with its reason."]),
        Table(
            "Rows by table: in = accepted + refused + later",
            ["Table", "Rows in", "Accepted", "Refused", "Later"],
            [
                [
                    row["source_table"],
                    *(wording.whole(row[name]) for name in ("rows_in", "accepted", "rejected", "after_as_of")),
                ]
                for row in counts
            ],
        ),
    ]
    reasons = results.rows(REASONS)
    if reasons:
        blocks.append(
            Table(
                "Why rows were refused" + (", the most frequent reasons" if len(reasons) == REASONS_SHOWN else ""),
                ["Table", "Reason", "Rows"],
                [
                    [
                        row["source_table"],
                        row["reason"],
                        Bar(wording.whole(row["refused"]), row["refused"] / reasons[0]["refused"]),
                    ]
                    for row in reasons
                ],
                words=frozenset({1}),
            )
        )
    blocks.append(
        Table(
            "What was learned, and what each step says of itself",
            ["Step", "Status", "Learned from", "to"],
            [
                [
                    wording.in_words(run["model"]),
                    "as expected" if run["status"] == "ok" else run["status"],
                    wording.short_day(run["data_from_at"]),
                    wording.short_day(run["data_to_at"]),
                ]
                for run in results.rows(RUNS)
            ],
            words=frozenset({1}),
        )
    )
    return Section("quality", title, blocks)
