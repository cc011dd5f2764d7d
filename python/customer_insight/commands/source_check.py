"""`customer-insight check` of one source: what its files hold, and what a build would make of their rows."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from customer_insight.commands import needed_rates
from customer_insight.commands.check_findings import TableCheck
from customer_insight.commands.raw_check import RawCheck
from customer_insight.commands.raw_figures import counts
from customer_insight.commands.raw_findings import RawPart, TableFinding
from customer_insight.commands.raw_input import find, inspect, problems, read_by_nobody
from customer_insight.commands.raw_readings import questions
from customer_insight.commands.raw_report import (
    far_days,
    first_rows,
    inside,
    nobody_named,
    outside,
    unlisted,
    unread_files,
)
from customer_insight.commands.zone_proposal import proposed_zone
from customer_insight.mapping.mapped_input import zone_of_mapping
from customer_insight.report.wording import counted

# a time of day with an offset from UTC behind it
OFFSET = re.compile(r":[0-9]{2}[0-9.]* ?[+-][0-9]{2}:?[0-9]{2}$")
# the column that says when, of tables whose rows happen
TIMES = {"order_lines": "ordered_at", "events": "occurred_at"}
# the made shop's tables are seeds
NO_FILE = RawPart([], [], "", "", 0, [], {})


@dataclass
class CheckedSource:
    """What the check of a source came to: its time zone as proposed, what would stop a build, what its tables hold."""

    zone: str = ""
    wrong: list[str] = field(default_factory=list)
    checked: dict[str, TableCheck] = field(default_factory=dict)

    def amounts(self) -> needed_rates.Amounts:
        """What is known of the amounts."""
        figures = {table: told.figures for table, told in self.checked.items()}
        products, rates = figures.get("products", {}), figures.get("exchange_rates", {})
        return needed_rates.Amounts(
            counts(figures.get("order_lines", {}), "amounts"),
            counts(products, "currencies"),
            counts(products, "priced"),
            set(counts(rates, "rates")),
            counts(figures.get("channel_costs", {}), "amounts"),
        )

    def is_undated(self) -> bool:
        """Whether no order line has a date."""
        lines = self.checked.get("order_lines")
        return lines is not None and any(each.reading == "in no row" for each in lines.readings)

    def active_days(self) -> Counter[date]:
        """Rows by day, of order lines and events together."""
        days: Counter[Any] = Counter()
        for told in self.checked.values():
            days.update(counts(told.figures, "days"))
            for (_, day), rows in counts(told.figures, "amounts").items() if told.table != "channel_costs" else []:
                days[day] += rows
        del days[None]  # order lines without a date
        return days


class SourceCheck:
    """Looks at the one source of a run."""

    def __init__(self, folder: Path, settings: dict[str, Any]) -> None:
        self.check = RawCheck(folder, settings, _find_raw_table)
        (self.source,) = self.check.sql.call("sources")
        self.system = self.source["system"]
        self.tables = self.check.sql.call("raw_tables", self.system)

    def outside(self) -> tuple[list[TableFinding], list[str]]:
        """What was found of each raw table, said as well, and what is wrong with the outside of the files."""
        raw, systems = self.source["raw_path"], self.check.sql.call("raw_tables_of_other_systems")
        findings = inspect(raw, self.tables, True, systems)
        wrong = problems(raw, self.tables, findings, systems) if self.tables else []
        wrong += read_by_nobody(raw, systems) if self.system == "demo" else []
        for finding in findings:
            if finding.parts:
                print(outside(finding), flush=True)
        told = unread_files(raw, self.tables, findings)
        if told:
            print(told)
        return findings, wrong

    def rows(self, findings: list[TableFinding]) -> CheckedSource:
        """Looks at every row, and says what a build would make of it."""
        self._say_repeated_exports(findings)
        check = self.check
        # raw tables that are an input table already
        own = {name: raw.get("input_table") for name, raw in self.tables.items()}
        tables = {table: _files_of(table, own, findings) for table in check.sql.vars["source_tables"][self.system]}
        tables = {table: finding for table, finding in tables.items() if finding.parts}
        result = CheckedSource(zone_of_mapping(check.sql.call("time_zone", self.source), findings))
        for table, finding in tables.items():
            missing = check.not_passed_on(table, self.system)
            if missing:
                result.wrong.append(
                    f"the model src_{self.system}__{table} has no {' and no '.join(missing)}; "
                    "pass on what raw_rows gives"
                )
                continue
            is_own = own.get(finding.table) == table
            rows = first_rows(finding) if is_own else {}
            told = check.table(table, finding.size, rows)
            # a system's files of customers or products may be missing
            if not told.rows and not is_own and table not in TIMES:
                continue
            result.checked[table] = told
            print(f"\n{table}", flush=True)
            print("\n".join(inside(finding, told)), flush=True)
            result.wrong += questions(table, told.readings) or self._too_many(told)
            currencies = {currency for currency, _ in counts(told.figures, "amounts")} - {None}
            result.zone = result.zone or self._zone(rows, table, currencies)
        print(nobody_named(result.checked), end="")
        lines, products = result.checked.get("order_lines"), result.checked.get("products")
        if lines and products:
            sold, listed = counts(lines.figures, "sold"), products.figures.get("listed", [])
            print(unlisted(sold, listed, "order_lines" in own.values()), end="")
        told_days = self._far_days(result, tables)
        if told_days:
            print(f"\nDays\n{told_days}")
        return result

    def _say_repeated_exports(self, findings: list[TableFinding]) -> None:
        """Says of what is exported whole, such as orders, how many stand in several files."""
        for finding in findings:
            if len(finding.paths) > 1 and "last_file_of" in self.tables[finding.table]:
                orders = self.check.in_several_files(finding.table, self.source)
                if orders:
                    stand = counted(orders, "order stands", "orders stand")
                    print(f"{finding.table}: {stand} in several files; each is whole in the one whose name comes last")

    def _far_days(self, result: CheckedSource, tables: dict[str, TableFinding]) -> str:
        """A question about the last days, where they are far from the rest and no setting says what `now` is."""
        lone = None if self.check.sql.vars["as_of"] else self.check.lone_days(result.active_days())
        if lone:
            for table, column in TIMES.items():
                checked = result.checked.get(table)
                row = checked and self.check.first_row_since(table, column, checked.readings, lone.first)
                if row:
                    return far_days(lone, tables[table], row)
        return ""

    def _too_many(self, told: TableCheck) -> list[str]:
        most = float(self.check.sql.vars["max_rejected_share"])
        if told.refused <= most * told.rows:
            return []
        first = told.refusals[0]
        rows = counted(told.rows, "row", "rows")
        return [
            f"{told.table}: {told.refused:,} of {rows} would be refused, most because {first.reason}; a build stops "
            f"where more than {most:.0%} are (the setting max_rejected_share). Mend the export"
        ]

    def _zone(self, rows: dict[str, list[str]], table: str, currencies: set[str]) -> str:
        """The zone with whose offsets times are written; '' where there is none, or a setting names one."""
        column, call = TIMES.get(table), self.check.sql.call
        if column is None or call("time_zone", self.source) != "UTC" or self.check.sql.vars.get("calendar_time_zone"):
            return ""
        # the first rows of a file in our names save a look at all of them
        if rows and not any(OFFSET.search(value.strip()) for value in rows.get(column, [])):
            return ""
        zone = proposed_zone(self.check.offsets(table, column), currencies)
        if zone:
            said = f"times are written with the offsets of {zone}: days are the shop's own"
            print(f"  {said} with --set time_zone={zone}")
        return zone


def _files_of(table: str, own: dict[str, str | None], findings: list[TableFinding]) -> TableFinding:
    """What was found of the raw table that is this input table; else of the only one, or of all that there are.

    Of one whose rows models number by places all is made that is no raw table itself.
    """
    found = [finding for finding in findings if own[finding.table] == table]
    found = found or [finding for finding in findings if finding.row_places > 1] or findings
    if len(found) == 1:
        return found[0]
    return TableFinding(table, parts=[NO_FILE], size=sum(finding.size for finding in found))


def _find_raw_table(_: str, request_json: str) -> str:
    request = json.loads(request_json)
    return json.dumps(find(request["raw_path"], request["tables"], request["table"]).as_dict())
