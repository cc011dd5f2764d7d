"""`customer-insight check`: what the raw input holds and what a build would make of it, without building anything."""

from __future__ import annotations

import argparse
import json
import re
import shlex
from typing import Any

from customer_insight.commands.input_arguments import add_input_arguments, use_input
from customer_insight.commands.input_tables import columns_as_text
from customer_insight.commands.project import project_folder
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.commands.raw_check import RawCheck, TableCheck
from customer_insight.commands.raw_input import RawPart, TableFinding, inspect, problems
from customer_insight.commands.raw_report import first_rows, inside, outside, questions, unread_files
from customer_insight.commands.setting_check import setting_problems
from customer_insight.commands.settings import settings_of
from customer_insight.commands.zone_proposal import proposed_zone
from customer_insight.report.wording import counted

# a time of day with an offset from UTC behind it
OFFSET = re.compile(r":[0-9]{2}[0-9.]* ?[+-][0-9]{2}:?[0-9]{2}$")
# the made shop's tables are seeds
NO_FILE = RawPart([], [], "", 0, [], {})


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
    print(f"Looking at {raw or 'the made shop'} as source {system}.", flush=True)
    wrong = _wrong_settings(check, settings)
    tables = check.sql.call("raw_tables", system)
    findings = inspect(raw, tables, full=True)
    wrong += problems(raw, tables, findings) if tables else []
    for finding in findings:
        if finding.parts:
            print(outside(finding), flush=True)
    told = unread_files(raw, tables, findings)
    if told:
        print(told)
    if wrong:
        return _stopped(wrong)
    advice, first, wrong = _look_at_rows(check, system, findings)
    if wrong:
        return _stopped(wrong)
    print(f"\nThe input can be read. {' '.join([*first, 'Then'] if first else ['Next'])}:")
    print(f"  customer-insight build {_arguments(arguments, advice)}".rstrip())
    return 0


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
        rows = first_rows(finding) if own.get(finding.table) == table else {}
        told = checked[table] = check.table(table, finding.size, rows)
        print(f"\n{table}", flush=True)
        print("\n".join(inside(finding, told)), flush=True)
        wrong += questions(table, told.readings) or _too_many(told, most)
        advice += [setting for setting in _zone(check, rows, table) if setting not in advice]
        if told.figures.get("currencies", 0) > 1 and not check.sql.vars["reporting_currency"]:
            advice.append(f"--set reporting_currency={told.figures['currency']}")
    return advice, _rates_needed(check, checked), wrong


def _rates_needed(check: RawCheck, told: dict[str, TableCheck]) -> list[str]:
    """A sentence where amounts are in a currency that only rates convert, and there are none."""
    priced = [told[table].figures for table in ("order_lines", "products") if table in told]
    main_currencies = [one["currency"] for one in priced if "currency" in one]
    reporting = check.sql.vars["reporting_currency"] or next(iter(main_currencies), "")
    names = {name for one in priced for name in one.get("currency_names", "").split(", ")}
    others = sorted(names - {reporting, ""})
    if not others or "exchange_rates" in told:
        return []
    days = [f" from {one['first_at']:%Y-%m-%d} to {one['last_at']:%Y-%m-%d}" for one in priced if "last_at" in one]
    return [
        f"First give the rates of {', '.join(others)}{''.join(days)} in exchange_rates.csv (rate_date,currency,rate: "
        f"what one unit was worth in {reporting}; a rate holds for the 7 days after it): without them a build stops."
    ]


def _files_of(table: str, own: dict[str, str | None], findings: list[TableFinding]) -> TableFinding:
    """What was found of the raw table that is this input table; else of the only one, or of all that there are."""
    found = [finding for finding in findings if own[finding.table] == table] or findings
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


def _zone(check: RawCheck, rows: dict[str, list[str]], table: str) -> list[str]:
    """The setting time_zone, where times are written with the offsets of a zone and none is set."""
    column = {"order_lines": "ordered_at", "events": "occurred_at"}.get(table)
    if column is None or check.sql.vars["time_zone"] != "UTC" or check.sql.vars.get("calendar_time_zone"):
        return []
    if not any(OFFSET.search(value.strip()) for value in rows.get(column, [])):
        return []
    zone = proposed_zone(check.offsets(table, column))
    if zone:
        print(f"  times are written with the offsets of {zone}: days are the shop's own with --set time_zone={zone}")
    return [f"--set time_zone={zone}"] if zone else []


def _wrong_settings(check: RawCheck, given: dict[str, Any]) -> list[str]:
    known = [*check.sql.vars["source_tables"], "source_tables"]
    return setting_problems(check.sql.call("run_settings"), list(given), known)


def _find_raw_table(_: str, request_json: str) -> str:
    request = json.loads(request_json)
    return json.dumps(inspect(request["raw_path"], request["tables"])[0].as_dict())


def _stopped(wrong: list[str]) -> int:
    print("\nThe input cannot be read:")
    for message in wrong:
        print(f"- {message}")
    return 1


def _arguments(arguments: argparse.Namespace, advice: list[str]) -> str:
    """What was given here, for the build."""
    parts = [f"--source {arguments.source}"] if arguments.source else []
    parts += [f"--raw {shlex.quote(arguments.raw)}"] if arguments.raw else []
    return " ".join([*parts, *[f"--set {shlex.quote(pair)}" for pair in arguments.set], *advice])
