"""An independent reader, which knows the input rules and not the generator, finds exactly what was planted."""

import json
import re
from collections import Counter, defaultdict
from datetime import date, datetime
from pathlib import Path

from customer_insight.commands.input_tables import input_tables
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.demo import defects, shop

MISSING, TIME, NUMBER, WHOLE, BOOLEAN = (
    "is missing",
    "is not a time",
    "is not a number",
    "is not a whole number",
    "bool",
)
COLUMNS = {table.name: table.columns for table in input_tables(ProjectSql(Path(__file__).parents[3], {}))}
REQUIRED = {name: {column.name for column in columns if column.is_needed} for name, columns in COLUMNS.items()}
OF_TYPE = {
    kind: {column.name for columns in COLUMNS.values() for column in columns if column.type == kind}
    for kind in ("time", "number", "whole", "flag")
}
KEYS = {
    "order_lines": ("order_id", "line_number"), "events": ("event_id",), "customers": ("customer_id",),
    "products": ("product_id",), "reviews": ("review_id",), "support_messages": ("message_id",),
    "touches": ("touch_id",), "product_vectors": ("product_id",),
}  # fmt: skip
KEY_TIMES = {"order_lines": "ordered_at", "events": "occurred_at", "support_messages": "sent_at", "touches": "shown_at"}


def instant(text):
    moment = datetime.fromisoformat(text)
    return moment.timestamp() if moment.tzinfo else (moment - datetime(1970, 1, 1)).total_seconds()


def reads(parse, text):
    try:
        parse(text)
    except ValueError:
        return False
    return True


def is_vector(text):
    try:
        values = json.loads(text)
    except ValueError:
        return False
    return isinstance(values, list) and all(isinstance(value, float) for value in values)


def reasons_of(table, row):
    for column, text in row.items():
        if not text:
            if column in REQUIRED[table]:
                yield f"{column} is missing"
            elif (table, column) == ("touches", "customer_id"):
                yield "customer_id is missing, and so is visitor_id"
        elif column in OF_TYPE["time"] and not reads(instant, text):
            yield f"{column} is not a time"
        elif column in OF_TYPE["number"] and not reads(float, text):
            yield f"{column} is not a number"
        elif column in OF_TYPE["whole"] and not re.fullmatch("-?[0-9]+", text):
            yield f"{column} is not a whole number"
        elif column in OF_TYPE["flag"] and text.lower() not in ("true", "false", "1", "0", "yes", "no"):
            yield f"{column} is not true or false"
        elif column == "birth_date" and not reads(date.fromisoformat, text):
            yield f"{column} is not a date"
        elif column in ("unit_price", "discount_amount", "price", "revenue") and float(text) < 0:
            yield f"{column} is negative"
        elif column == "quantity" and float(text) == 0:
            yield "quantity is zero"
        elif column == "order_status" and text.lower() not in ("completed", "cancelled", "returned"):
            yield "order_status is unknown"
        elif column in ("rating", "satisfaction") and not 1 <= float(text) <= 5:
            yield f"{column} is not between 1 and 5"
        elif column == "propensity" and not 0 < float(text) <= 1:
            yield f"{column} is not above 0 and at most 1"
        elif column == "arm" and text.lower() not in ("treatment", "control"):
            yield "arm is neither treatment nor control"
        elif column == "vector" and not is_vector(text):
            yield "vector is not a list of numbers"


def repeated(table, rows):
    """(row number, reason) of each row that repeats another; `rows` are good ones by row number."""
    first = {}
    for number, row in rows.items():
        whole = tuple(row.values())
        if whole in first:
            yield number, defects.EXACT
        else:
            first[whole] = number
    by_key = defaultdict(list)
    for number in first.values():
        key = tuple(rows[number][column] for column in KEYS.get(table, ()))
        if key and key[-1]:
            by_key[key].append(number)
    for numbers in by_key.values():
        time = KEY_TIMES.get(table)
        stays = min(numbers, key=lambda n: (-instant(rows[n][time]) if time and rows[n][time] else 0, -n))
        yield from ((number, defects.SAME_KEY) for number in numbers if number != stays)


def test_each_planted_defect_is_found_and_nothing_else(tables, planted):
    found = []
    for table, rows in tables.items():
        good = {}
        for number, row in enumerate(rows, 1):
            clean = {column: cell.strip() for column, cell in row.items()}
            reasons = list(reasons_of(table, clean))
            assert len(reasons) <= 1, f"{table} row {number} has more than one defect: {reasons}"
            found += [(table, number, reason) for reason in reasons]
            if not reasons:
                good[number] = clean
        found += [(table, number, reason) for number, reason in repeated(table, good)]
    want = [(row["source_table"], int(row["row_number"]), row["reason"]) for row in planted["defects"]]
    assert sorted(found) == sorted(want)


def test_every_kind_of_defect_is_planted(planted):
    found = Counter((row["source_table"], row["reason"]) for row in planted["defects"])
    kinds = {(table, f"{column} {wrong}") for table, column, wrong, _ in defects.CELL_DEFECTS}
    kinds |= {(table, defects.SAME_KEY) for table in defects.KEYS}
    # campaigns are few, and each of them is needed
    kinds |= {(table, defects.EXACT) for table in shop.TABLES if table not in shop.CLEAN}
    assert set(found) == kinds


def test_the_later_the_earlier_and_the_last_of_equally_late_rows_each_stay_somewhere(tables, planted):
    verdicts = set()
    for row in planted["defects"]:
        table, number = row["source_table"], int(row["row_number"])
        if row["reason"] == defects.SAME_KEY and table in KEY_TIMES:
            loser = tables[table][number - 1]
            mates = [r for r in tables[table] if all(r[k] == loser[k] for k in KEYS[table]) and r is not loser]
            verdicts |= {loser[KEY_TIMES[table]] < mate[KEY_TIMES[table]] for mate in mates}
    assert verdicts == {True, False}
