"""Raw files of a made shop as they were on a day in the past."""

import csv
from datetime import datetime
from pathlib import Path

from demo_seeds import moment

# The time of each row, and what is only known from another time on: that time, and what it makes known. An erasure
# counts on every day, however late it was asked for.
ROW_TIMES = {
    "order_lines": "ordered_at", "events": "occurred_at", "customers": "created_at", "reviews": "reviewed_at",
    "support_messages": "sent_at", "touches": "shown_at", "assignments": "assigned_at", "identity_links": "linked_at",
    "channel_costs": "cost_date",
}  # fmt: skip
LATER_TIMES = {
    "order_lines": {"returned_at": {"order_status": "completed"}},
    "touches": {"clicked_at": {}, "converted_at": {"revenue": ""}},
}


def is_later(text: str, as_of: str) -> bool:
    """True of a readable time after as_of; what cannot be read is refused on every day."""
    try:
        at = moment(text.strip())
    except ValueError:
        return False
    return at is not None and at > datetime.fromisoformat(as_of)


def write_as_known_then(as_of: str, source: Path, target: Path) -> int:
    """Copies a table without what came after as_of; returns the number of rows left out."""
    table = source.stem
    with source.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    place = {name: at for at, name in enumerate(header)}
    kept = []
    for row in rows:
        if len(row) == len(header):
            if table in ROW_TIMES and is_later(row[place[ROW_TIMES[table]]], as_of):
                continue
            for column, known_with_it in LATER_TIMES.get(table, {}).items():
                if is_later(row[place[column]], as_of):
                    row[place[column]] = ""
                    for name, value in known_with_it.items():
                        if row[place[name]].strip().lower() != "cancelled":
                            row[place[name]] = value
        kept.append(row)
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *kept])
    return len(rows) - len(kept)
