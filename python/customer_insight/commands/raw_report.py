"""What was found of the raw input, in sentences for people."""

from __future__ import annotations

import difflib
import itertools
from collections import Counter
from pathlib import Path
from typing import Any

from customer_insight.commands import raw_readings
from customer_insight.commands.check_findings import LoneDays, Refusal, TableCheck
from customer_insight.commands.raw_figures import counts
from customer_insight.commands.raw_files import records_of
from customer_insight.commands.raw_findings import TableFinding
from customer_insight.commands.raw_places import ANY_NAME, table_of
from customer_insight.commands.raw_tables import Described, tables_of
from customer_insight.mapping.mapping_file import MAPPING_FILE
from customer_insight.report.wording import counted

# Rows up to which the line of a csv is counted for an example; further down it is the row's number that is said.
COUNTED_LINES = 2_000_000
SHOWN_COLUMNS = 24
# How the shop mends what is refused for a reason that does not say it.
MENDS = {
    "order_status is unknown": "add the word to the seed order_statuses (seeds/reference/order_statuses.csv)",
    "quantity is negative, and order_status is not returned or cancelled": (
        "where goods came back, write `returned` into its order_status"
    ),
}


def outside(finding: TableFinding) -> str:
    """One line: the files of a table, and the columns read and ignored."""
    names = ", ".join(Path(path).name for path in finding.paths[:3])
    more = f" and {len(finding.paths) - 3} more" if len(finding.paths) > 3 else ""
    rows = "" if finding.rows is None else f", {counted(finding.rows, 'row', 'rows')}"
    ignored = f"; not read: {', '.join(finding.ignored[:12])}" if finding.ignored else ""
    more_ignored = f" and {len(finding.ignored) - 12} more" if len(finding.ignored) > 12 else ""
    columns = ", ".join(list(finding.columns)[:SHOWN_COLUMNS])
    columns += f" and {len(finding.columns) - SHOWN_COLUMNS} more" if len(finding.columns) > SHOWN_COLUMNS else ""
    return f"{finding.table}: {names}{more}, {_human(finding.size)}{rows}\n  columns: {columns}{ignored}{more_ignored}"


def unread_files(raw_path: str, tables: Described, findings: list[TableFinding]) -> str:
    """A line naming what lies beside the tables and is not read, with the table that a misspelled one may be; or ''.

    Of a table that cannot be read its own message speaks.
    """
    root = Path(raw_path).expanduser()
    names = {table.name: table.files for table in tables_of(tables)}
    if not raw_path or not names or ANY_NAME in names.values() or not root.is_dir():
        return ""
    faulty = {finding.table: names[finding.table] for finding in findings if finding.problems}
    read = {Path(path).absolute().relative_to(root.absolute()).parts[0] for each in findings for path in each.paths}
    told = []
    for path in sorted(root.iterdir()):
        if path.name not in {*read, MAPPING_FILE} and not table_of(path, names if path.is_dir() else faulty):
            near = difflib.get_close_matches(path.name.split(".")[0].lower(), names, 1, 0.8)
            is_folder = f"{path.name}/ (put its files beside the others)" if path.is_dir() else path.name
            told.append(f"{path.name} (is {near[0]} meant?)" if near else is_folder)
    return f"Not read: {', '.join(told)}" if told else ""


def inside(finding: TableFinding, check: TableCheck) -> list[str]:
    """What the rows say: how many, how columns are read, states, and every reason with an example."""
    lines = [f"  rows: {check.rows:,}{_span(check)}" if check.rows else "  rows: 0, for the files tell of none"]
    lines += [f"  {sentence}" for sentence in raw_readings.sentences(check)]
    lines += [f"  {sentence}" for sentence in _sentences(check.figures, check.rows)]
    if check.refused and not raw_readings.questions(check.table, check.readings):
        share = 100 * check.refused / check.rows
        rest = ", the rest is read" if check.refused < check.rows else ""
        lines.append(f"  refused: {counted(check.refused, 'row', 'rows')} ({share:.1f} %){rest}")
        for refusal in check.refusals:
            mend = f"; {MENDS[refusal.reason]}" if refusal.reason in MENDS else ""
            lines.append(f"    {refusal.rows:,} x {refusal.reason}, {_example(finding, refusal)}{mend}")
    return lines


def first_rows(finding: TableFinding, rows: int = 1000) -> dict[str, list[str]]:
    """The texts of the columns in the first rows of a csv; nothing of other files, whose times are typed or in UTC."""
    if finding.format != "csv" or finding.entries:
        return {}
    part = finding.parts[0]
    rows_of_file = itertools.islice(records_of(Path(part.paths[0]), part.layout()), rows)
    read = [record for _, record in rows_of_file if len(record) == len(part.header)]
    places = {column: part.header.index(name) for column, name in part.columns.items()}
    return {column: [record[at] for record in read] for column, at in places.items()}


def far_days(lone: LoneDays, finding: TableFinding, row_number: int | None) -> str:
    """A question about the last days, where all others are far before them."""
    is_one = lone.first == lone.last
    what = f"the last day, {lone.last}, is" if is_one else f"the last days, {lone.first} to {lone.last}, are"
    example = f", for example {_place(finding, row_number)}" if row_number else ""
    return (
        f"  {what} {(lone.first - lone.before).days:,} days after the one before, {lone.before}{example}: "
        f"{'is it' if is_one else 'are they'} mistyped? The last one is the `now` of all figures; mend "
        f"{'it' if is_one else 'them'}, or say --set as_of='{lone.end}'"
    )


def nobody_named(checked: dict[str, TableCheck]) -> str:
    """A line where no table that could name customers does; links name those of events."""
    there = [checked[table] for table in ("order_lines", "events", "identity_links") if table in checked]
    if not any(told.rows for told in there) or any(told.figures.get("customers_known") for told in there):
        return ""
    tables = " or ".join(told.table for told in there if told.rows)
    return f"\nno row of {tables} names a customer: what is learned about customers will be empty\n"


def unlisted(sold: Counter[str], listed: list[str], is_own: bool) -> str:
    """A line on sold products that the list of products lacks, those named of which most lines are; or ''.

    is_own: whether the shop can write columns of our names.
    """
    known = set(listed)
    missing = Counter({product: lines for product, lines in sold.items() if product not in known})
    if not missing:
        return ""
    names = sorted(missing, key=lambda product: (-missing[product], product))[:3]
    are = "is" if len(missing) == 1 else "are"
    share = 100 * missing.total() / sold.total()
    advice = (
        "; where it is postage or a fee, write false into is_product of order_lines: "
        "else rules and recommendations name it"
        if is_own
        else f" ({share:.0f} % of lines): nothing is known of them but what their lines say"
    )
    return (
        f"\n{len(missing):,} of {counted(len(sold), 'sold product', 'sold products')} {are} not in products, "
        f"for example {', '.join(names)}{advice}\n"
    )


def _span(check: TableCheck) -> str:
    first, last = check.figures.get("first_at"), check.figures.get("last_at")
    return f", from {first:%Y-%m-%d} to {last:%Y-%m-%d}" if first and last else ""


def _sentences(figures: dict[str, Any], rows: int) -> list[str]:
    """What a shop should know of its rows before it builds; first what it can compare with its own books."""
    about = "about " if figures.get("is_estimate") else ""
    told = [_sold(figures)] if figures.get("orders") else []
    if figures.get("cancelled") or figures.get("returned"):
        cancelled = counted(figures.get("cancelled", 0), "line", "lines")
        told.append(f"states: {cancelled} cancelled, {figures.get('returned', 0):,} returned")
    if figures.get("returned_undated") and figures.get("first_at"):
        undated = counted(figures["returned_undated"], "line does", "lines do")
        told.append(f"of what came back {undated} not say when: it counts from the day of its order")
    if figures.get("pending"):
        told.append(
            counted(
                figures["pending"], "line waits for payment and is no sale", "lines wait for payment and are no sales"
            )
            + "; where people pay on delivery they are sales: say --set pending_is_sale=true"
        )
    names = sorted(
        {currency for currency, _ in counts(figures, "amounts")} - {None} | set(counts(figures, "currencies"))
    )
    # without dates there is no rate, and the check says so at its end
    if len(names) > 1 and ("amounts" not in figures or figures.get("first_at")):
        told.append(
            f"{len(names)} currencies ({', '.join(names)}): figures are in the one that "
            "--set reporting_currency names, and "
            "exchange_rates converts the others, a rate for each day"
        )
    if figures.get("equal_lines"):
        told.append(
            about
            + counted(figures["equal_lines"], "line equals another one and has", "lines equal another one and have")
            + " no line_number: what is equal is counted once; number the lines if the till sold them twice"
        )
    if figures.get("repeated_numbers"):
        repeated = counted(figures["repeated_numbers"], "line has", "lines have")
        told.append(f"{about}{repeated} the number of another: the latest counts")
    if figures.get("ids_with_an_at") or figures.get("ids_like_phones"):
        told.append(
            "customer ids are e-mail addresses or phone numbers: what is published has a keyed hash in their place"
        )
    if figures.get("ids_of_nobody", 0) > 0.01 * rows:
        nobodys = counted(figures["ids_of_nobody"], "row has", "rows have")
        told.append(f"{nobodys} the customer id 0 or -1: is that nobody? Then leave it empty")
    unknown = counts(figures, "unknown_channels")
    if unknown:
        named = ", ".join(sorted(channel for channel in unknown if channel is not None))
        told.append(
            f"{counted(unknown.total(), 'row is', 'rows are')} of channels that no rule knows: {named}. They stand "
            "apart in channels_daily; the seed channel_words can say which channel each is"
        )
    if figures.get("erased"):
        told.append(counted(figures["erased"], "row says", "rows say") + " that the customer was erased")
    return told


def _sold(figures: dict[str, Any]) -> str:
    """`sold: 1,337 orders by 412 known customers, worth 43,210.55 EUR`; no sum where currencies differ."""
    repeated = figures.get("equal_lines") or figures.get("repeated_numbers")
    said = f"sold: {'about ' if repeated else ''}{counted(figures['orders'], 'order', 'orders')}"
    if figures.get("buyers"):
        said += f" by {counted(figures['buyers'], 'known customer', 'known customers')}"
    currencies = [*counts(figures, "currencies_sold")]
    if len([*filter(None, currencies)]) > 1 or figures.get("sold_value") is None:
        return said
    return f"{said}, worth {figures['sold_value']:,.2f} {max(currencies, key=len)}".rstrip()


def _example(finding: TableFinding, refusal: Refusal) -> str:
    where = _place(finding, refusal.row_number)
    return f"for example `{refusal.value}` in {where}" if refusal.value is not None else f"for example {where}"


def _place(finding: TableFinding, row_number: int) -> str:
    """`line 7 of order_lines.csv`; by rows where a file has no lines, or too many to count."""
    row_number //= finding.row_places
    if finding.format != "csv" or row_number > COUNTED_LINES:
        return f"row {row_number:,}"
    left = row_number
    for part in finding.parts:
        for path in part.paths:
            for line, record in records_of(Path(path), part.layout()):
                left -= any(record)
                if left == 0:
                    return f"line {line:,} of {Path(path).name}"
    return f"row {row_number:,}"


def _human(size: int) -> str:
    """A number of bytes in the unit that people read: 1536 -> 1.5 kB."""
    number = float(size)
    for unit in ("B", "kB", "MB"):
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "B" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} GB"
