"""`customer-insight check`: what the raw input holds and what a build would make of it, without building anything."""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
from collections import Counter
from datetime import date
from typing import Any

from customer_insight.commands import needed_rates
from customer_insight.commands.check_findings import TableCheck
from customer_insight.commands.input_arguments import add_input_arguments, program, use_input
from customer_insight.commands.input_tables import columns_as_text
from customer_insight.commands.project import project_folder
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.commands.raw_check import RawCheck
from customer_insight.commands.raw_figures import counts
from customer_insight.commands.raw_findings import RawPart, TableFinding
from customer_insight.commands.raw_input import find, inspect, problems, read_by_nobody
from customer_insight.commands.raw_report import (
    far_days,
    first_rows,
    inside,
    nobody_named,
    outside,
    questions,
    unlisted,
    unread_files,
)
from customer_insight.commands.raw_tables import Described
from customer_insight.commands.setting_check import setting_problems
from customer_insight.commands.settings import settings_of
from customer_insight.commands.warehouse_names import proposed_warehouse
from customer_insight.commands.zone_proposal import proposed_zone
from customer_insight.mapping.mapped_input import zone_of_mapping
from customer_insight.report.wording import counted

# a time of day with an offset from UTC behind it
OFFSET = re.compile(r":[0-9]{2}[0-9.]* ?[+-][0-9]{2}:?[0-9]{2}$")
# the column that says when, of tables whose rows happen
TIMES = {"order_lines": "ordered_at", "events": "occurred_at"}
# the made shop's tables are seeds
NO_FILE = RawPart([], [], "", "", 0, [], {})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the verb."""
    add_input_arguments(parser)
    parser.add_argument(
        "--columns",
        metavar="TABLE",
        nargs="?",
        const="",
        help="only say which columns an input table may have (default: all)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Says what was found in each table; 1 and every problem where a build would stop."""
    if arguments.columns is not None:
        print(columns_as_text(ProjectSql(project_folder(), {}), arguments.columns))
        return 0
    use_input(arguments)
    folder, settings = project_folder(), settings_of(arguments.set)
    check = RawCheck(folder, settings, _find_raw_table)
    system, raw = check.sql.call("source_system"), check.sql.call("raw_path")
    print(
        f"Looking at {raw or 'the made shop' if system == 'demo' else raw or 'nothing'} as source {system}.", flush=True
    )
    wrong = _wrong_settings(check, settings) or check.sql.call("source_problems")
    tables = check.sql.call("raw_tables", system)
    systems = check.sql.call("raw_tables_of_other_systems")
    findings = inspect(raw, tables, True, systems)
    wrong += problems(raw, tables, findings, systems) if tables else []
    wrong += read_by_nobody(raw, systems) if system == "demo" else []
    for finding in findings:
        if finding.parts:
            print(outside(finding), flush=True)
    told = unread_files(raw, tables, findings)
    if told:
        print(told)
    if wrong:
        return _stopped(wrong)
    _repeated_exports(check, tables, findings)
    advice, first, wrong = _look_at_rows(check, system, findings)
    if wrong:
        return _stopped(wrong)
    print(f"\nThe input can be read. {' '.join([*first, 'Then'] if first else ['Next'])}:")
    print(f"  {program()} build {_arguments(arguments, raw, advice)}".rstrip())
    return 0


def _repeated_exports(check: RawCheck, tables: Described, findings: list[TableFinding]) -> None:
    """Says of what is exported whole, such as orders, how many stand in several files."""
    for finding in findings:
        if len(finding.paths) > 1 and "last_file_of" in tables[finding.table]:
            orders = check.in_several_files(finding.table)
            if orders:
                stand = counted(orders, "order stands", "orders stand")
                print(f"{finding.table}: {stand} in several files; each is whole in the one whose name comes last")


def _look_at_rows(check: RawCheck, system: str, findings: list[TableFinding]) -> tuple[list[str], list[str], list[str]]:
    """Settings to propose, what the shop has to do first, and what of the input would stop a build."""
    # raw tables that are an input table already
    own = {name: raw.get("input_table") for name, raw in check.sql.call("raw_tables", system).items()}
    tables = {table: _files_of(table, own, findings) for table in check.sql.vars["source_tables"][system]}
    tables = {table: finding for table, finding in tables.items() if finding.parts}
    advice: list[str] = []
    wrong: list[str] = []
    checked: dict[str, TableCheck] = {}
    most = float(check.sql.vars["max_rejected_share"])
    for table, finding in tables.items():
        missing = check.not_passed_on(table)
        if missing:
            wrong.append(
                f"the model src_{system}__{table} has no {' and no '.join(missing)}; pass on what raw_rows gives"
            )
            continue
        is_own = own.get(finding.table) == table
        rows = first_rows(finding) if is_own else {}
        told = check.table(table, finding.size, rows)
        # a system's files of customers or products may be missing
        if not told.rows and not is_own and table not in TIMES:
            continue
        checked[table] = told
        print(f"\n{table}", flush=True)
        print("\n".join(inside(finding, told)), flush=True)
        wrong += questions(table, told.readings) or _too_many(told, most)
        currencies = {currency for currency, _ in counts(told.figures, "amounts")} - {None}
        advice += [setting for setting in _zone(check, rows, table, currencies) if setting not in advice]
    print(nobody_named(checked), end="")
    lines, products = checked.get("order_lines"), checked.get("products")
    if lines and products:
        sold, listed = counts(lines.figures, "sold"), products.figures.get("listed", [])
        print(unlisted(sold, listed, "order_lines" in own.values()), end="")
    told_days = _far_days(check, checked, tables)
    if told_days:
        print(f"\nDays\n{told_days}")
    proposed, first = needed_rates.advice(
        _amounts(checked), check.sql.vars["reporting_currency"], _as_of(check, checked)
    )
    return zone_of_mapping(check.sql.call("time_zone"), findings) + advice + proposed, first, wrong


def _amounts(checked: dict[str, TableCheck]) -> needed_rates.Amounts:
    figures = {table: told.figures for table, told in checked.items()}
    products, rates = figures.get("products", {}), figures.get("exchange_rates", {})
    return needed_rates.Amounts(
        counts(figures.get("order_lines", {}), "amounts"),
        counts(products, "currencies"),
        counts(products, "priced"),
        set(counts(rates, "rates")),
    )


def _active_days(checked: dict[str, TableCheck]) -> Counter[date]:
    """Rows by day, of order lines and events together."""
    days: Counter[date] = Counter()
    for told in checked.values():
        days.update(counts(told.figures, "days"))
        for (_, day), rows in counts(told.figures, "amounts").items():
            days[day] += rows
    return days


def _as_of(check: RawCheck, checked: dict[str, TableCheck]) -> date | None:
    """The day of the shop in which `now` is."""
    setting = check.sql.vars["as_of"]
    return check.day_of(setting) if setting else max(_active_days(checked), default=None)


def _far_days(check: RawCheck, checked: dict[str, TableCheck], tables: dict[str, TableFinding]) -> str:
    """A question about the last days, where they are far from the rest and no setting says what `now` is."""
    lone = None if check.sql.vars["as_of"] else check.lone_days(_active_days(checked))
    if lone:
        for table, column in TIMES.items():
            row = table in checked and check.first_row_since(table, column, checked[table].readings, lone.first)
            if row:
                return far_days(lone, tables[table], row)
    return ""


def _files_of(table: str, own: dict[str, str | None], findings: list[TableFinding]) -> TableFinding:
    """What was found of the raw table that is this input table; else of the only one, or of all that there are.

    Of one whose rows models number by places all is made that is no raw table itself.
    """
    found = [finding for finding in findings if own[finding.table] == table]
    found = found or [finding for finding in findings if finding.row_places > 1] or findings
    if len(found) == 1:
        return found[0]
    return TableFinding(table, parts=[NO_FILE], size=sum(finding.size for finding in found))


def _too_many(told: TableCheck, most: float) -> list[str]:
    if told.refused <= most * told.rows:
        return []
    first = told.refusals[0]
    rows = counted(told.rows, "row", "rows")
    return [
        f"{told.table}: {told.refused:,} of {rows} would be refused, most because {first.reason}; a build stops where "
        f"more than {most:.0%} are (the setting max_rejected_share). Mend the export"
    ]


def _zone(check: RawCheck, rows: dict[str, list[str]], table: str, currencies: set[str]) -> list[str]:
    """The setting time_zone, where times are written with the offsets of a zone and none is set."""
    column = TIMES.get(table)
    if column is None or check.sql.call("time_zone") != "UTC" or check.sql.vars.get("calendar_time_zone"):
        return []
    # the first rows of a file in our names save a look at all of them
    if rows and not any(OFFSET.search(value.strip()) for value in rows.get(column, [])):
        return []
    zone = proposed_zone(check.offsets(table, column), currencies)
    if zone:
        print(f"  times are written with the offsets of {zone}: days are the shop's own with --set time_zone={zone}")
    return [f"--set time_zone={zone}"] if zone else []


def _wrong_settings(check: RawCheck, given: dict[str, Any]) -> list[str]:
    known = [*check.sql.vars["source_tables"], "source_tables"]
    return setting_problems(check.sql.call("run_settings"), list(given), known)


def _find_raw_table(_: str, request_json: str) -> str:
    request = json.loads(request_json)
    return json.dumps(find(request["raw_path"], request["tables"], request["table"]).as_dict())


def _stopped(wrong: list[str]) -> int:
    print("\nThe input cannot be read:")
    for message in wrong:
        print(f"- {message}")
    return 1


def _arguments(arguments: argparse.Namespace, raw: str, advice: list[str]) -> str:
    """What was given here, for the build; with a warehouse of its own for what is not the made shop."""
    parts = [f"--source {arguments.source}"] if arguments.source else []
    parts += [f"--raw {shlex.quote(arguments.raw)}"] if arguments.raw else []
    if raw and not os.environ.get("CUSTOMER_INSIGHT_WAREHOUSE"):
        parts.append(f"--warehouse {proposed_warehouse(raw)}")
    return " ".join([*parts, *[f"--set {shlex.quote(pair)}" for pair in arguments.set], *advice])
