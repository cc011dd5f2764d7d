"""What was found of the raw input, for people."""

from __future__ import annotations

import difflib
from pathlib import Path

from customer_insight.commands.raw_input import TABLE_PER_FILE, TableFinding

HEADINGS = ("table", "format", "rows", "size")


def as_table(findings: list[TableFinding]) -> str:
    """One line per table: format, rows (Parquet says so itself), size, columns read and ignored."""
    rows = [HEADINGS, *[_cells(finding) for finding in findings]]
    notes = ["columns", *[_columns(finding) for finding in findings]]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADINGS))]
    return "\n".join(
        f"{row[0]:{widths[0]}}  {row[1]:{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:>{widths[3]}}  {note}".rstrip()
        for row, note in zip(rows, notes, strict=True)
    )


def unread_files(layout: str, raw_path: str, findings: list[TableFinding]) -> str:
    """A line naming what lies beside the tables and is not read, with the table that a misspelled one may be; or ''."""
    root = Path(raw_path).expanduser()
    if layout != TABLE_PER_FILE or not root.is_dir():
        return ""
    names = [finding.table for finding in findings]
    unread = [path for path in sorted(root.iterdir()) if path.name.split(".")[0] not in names]
    told = []
    for path in unread:
        near = difflib.get_close_matches(path.name.split(".")[0].lower(), names, 1, 0.7)
        told.append(f"{path.name} (is {near[0]} meant?)" if near else path.name)
    return f"Not read: {', '.join(told)}" if told else ""


def _cells(finding: TableFinding) -> tuple[str, ...]:
    if not finding.paths:
        return (finding.table, "not there", "", "")
    several = f" x {len(finding.paths)}" if len(finding.paths) > 1 else ""
    rows = "" if finding.rows is None else f"{finding.rows:,}"
    return (finding.table, finding.format + several, rows, _human(finding.size))


def _columns(finding: TableFinding) -> str:
    ignored = f" (ignored: {', '.join(finding.ignored)})" if finding.ignored else ""
    return ", ".join(finding.columns) + ignored


def _human(size: int) -> str:
    """A number of bytes in the unit that people read: 1536 -> 1.5 kB."""
    number = float(size)
    for unit in ("B", "kB", "MB"):
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "B" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} GB"
