"""Rows after as_of change nothing: a build of today with an as_of in the past is the build of that day."""

import csv
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from demo_seeds import moment
from public_tables import PUBLIC_TABLES
from warehouses import differences

AS_OF = "2025-10-01 00:00:00"
# The time of each row, and what is only known from another time on: that time, and what it makes known. An erasure
# counts on every day, however late it was asked for.
ROW_TIMES = {
    "order_lines": "ordered_at", "events": "occurred_at", "customers": "created_at", "reviews": "reviewed_at",
    "support_messages": "sent_at", "touches": "shown_at", "identity_links": "linked_at",
}  # fmt: skip
LATER_TIMES = {
    "order_lines": {"returned_at": {"order_status": "completed"}},
    "touches": {"clicked_at": {}, "converted_at": {"revenue": ""}},
}


def is_later(text: str) -> bool:
    """True of a readable time after as_of; what cannot be read is refused on every day."""
    try:
        at = moment(text.strip())
    except ValueError:
        return False
    return at is not None and at > datetime.fromisoformat(AS_OF)


def write_as_known_then(table: str, source: Path, target: Path) -> int:
    """Copies a table without what came after as_of; returns the number of rows left out."""
    with source.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    place = {name: at for at, name in enumerate(header)}
    kept = []
    for row in rows:
        if len(row) == len(header):
            if table in ROW_TIMES and is_later(row[place[ROW_TIMES[table]]]):
                continue
            for column, known_with_it in LATER_TIMES.get(table, {}).items():
                if is_later(row[place[column]]):
                    row[place[column]] = ""
                    for name, value in known_with_it.items():
                        if row[place[name]].strip().lower() != "cancelled":
                            row[place[name]] = value
        kept.append(row)
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *kept])
    return len(rows) - len(kept)


@pytest.fixture(scope="module")
def two_days(workshop):
    """The shop with all of its rows and as_of in the past, and the shop as its files were on that day."""
    today, then = workshop.folder / "made_shop", workshop.folder / "made_shop_then"
    for folder in (today, then):
        shutil.rmtree(folder, ignore_errors=True)
    made = workshop.demo_shop(today, customers=400, seed=3, form="csv")
    assert made.code == 0, made.output
    then.mkdir()
    left_out = {
        path.stem: write_as_known_then(path.stem, path, then / path.name) for path in sorted(today.glob("*.csv"))
    }
    assert left_out["order_lines"] > 100
    assert left_out["events"] > 1000
    settings = (f"as_of={AS_OF}", "tuning_trials=1")
    return (
        workshop.build("shop_of_today", "files", today, settings),
        workshop.build("shop_of_then", "files", then, settings),
        left_out,
    )


def test_rows_after_as_of_are_counted(two_days):
    today, then, left_out = two_days
    counts = "select source_table, rows_in, accepted, rejected, after_as_of from quality.row_counts order by 1"
    for now, past in zip(today.rows(counts), then.rows(counts), strict=True):
        table, rows_in, accepted, rejected, after_as_of = now
        assert rows_in - left_out.get(table, 0) == past[1]
        assert accepted == past[2]
        assert after_as_of + (rejected - past[3]) == left_out.get(table, 0)
        assert past[4] == 0


def test_rows_after_as_of_change_nothing(two_days, tmp_path):
    today, then, _ = two_days
    counts = {name: table.counts_all_rows for name, table in PUBLIC_TABLES.items() if table.counts_all_rows}
    assert differences(today, then, tmp_path / "table.csv", leave_out=counts) == []
