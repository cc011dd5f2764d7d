"""`customer-insight check`: what the raw input holds and what a build would make of it, without building anything."""

from __future__ import annotations

import argparse
import os
import shlex
from collections import Counter
from datetime import date
from functools import reduce
from typing import Any

from customer_insight.commands import needed_rates
from customer_insight.commands.input_arguments import add_input_arguments, program, use_input, use_sources
from customer_insight.commands.input_tables import columns_as_text
from customer_insight.commands.project import project_folder
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.commands.setting_check import setting_problems
from customer_insight.commands.settings import settings_of
from customer_insight.commands.source_check import CheckedSource, SourceCheck
from customer_insight.commands.warehouse_names import proposed_warehouse


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
    sql = ProjectSql(folder, settings)
    sources = sql.call("sources")
    wrong = _wrong_settings(sql, settings) + sql.call("source_problems")
    checks: list[SourceCheck] = []
    told: list[CheckedSource] = []
    for source in sources:
        raw, made = source["raw_path"], "the made shop" if source["system"] == "demo" else "nothing"
        print(f"{chr(10) if checks else ''}Looking at {raw or made} as source {source['name']}.", flush=True)
        if len(sources) > 1:
            use_sources([f"{source['name']}={raw}"])
        checks.append(SourceCheck(folder, settings))
        findings, wrong_outside = checks[-1].outside()
        wrong += wrong_outside
        if not wrong:
            told.append(checks[-1].rows(findings))
            if len(sources) > 1 and told[-1].is_undated():
                told[-1].wrong.append("order lines have no dates; beside other sources each needs them. Read it alone")
    for check, each in zip(checks, told, strict=False):
        wrong += [f"{check.source['name']}: {said}" if len(sources) > 1 else said for said in each.wrong]
    if wrong:
        return _stopped(wrong)
    print(_unnamed_currencies({check.source["name"]: each for check, each in zip(checks, told, strict=True)}), end="")
    proposed, first = needed_rates.advice(
        reduce(needed_rates.Amounts.with_those_of, [each.amounts() for each in told]),
        sql.vars["reporting_currency"],
        _as_of(checks[-1], told),
    )
    advice = _zones({check.source["name"]: each.zone for check, each in zip(checks, told, strict=True)}) + proposed
    print(f"\nThe input can be read. {' '.join([*first, 'Then'] if first else ['Next'])}:")
    print(f"  {program()} build {_arguments(arguments, sources[0]['raw_path'], advice)}".rstrip())
    return 0


def _unnamed_currencies(told: dict[str, CheckedSource]) -> str:
    """Which sources' amounts name no currency, where those of another do."""
    named = {name: set(each.amounts().currencies_of_lines()) for name, each in told.items()}
    silent = [name for name, each in told.items() if each.amounts().lines and not named[name]]
    found = sorted(set[str]().union(*named.values()))
    if not silent or not found:
        return ""
    others = f"as those of other sources do ({', '.join(found)})"
    setting = f"--set \"currency={{'{silent[0]}': {found[0]}}}\""
    return (
        f"\nAmounts of {', '.join(silent)} name no currency, {others}: they are taken for the currency of all figures, "
        f"unless {setting} says otherwise.\n"
    )


def _as_of(check: SourceCheck, told: list[CheckedSource]) -> date | None:
    """The day of the shop in which `now` is."""
    setting = check.check.sql.vars["as_of"]
    days = sum((each.active_days() for each in told), Counter[date]())
    return check.check.day_of(setting) if setting else max(days, default=None)


def _zones(zones: dict[str, str]) -> list[str]:
    """The setting time_zone: one for all sources whose times show any, or each its own."""
    shown = {name: zone for name, zone in zones.items() if zone}
    if len(set(shown.values())) < 2:
        return [f"--set time_zone={zone}" for zone in sorted(set(shown.values()))]
    own = ", ".join(f"'{name}': {zone}" for name, zone in shown.items())
    return [f'--set "time_zone={{{own}}}"']


def _wrong_settings(sql: ProjectSql, given: dict[str, Any]) -> list[str]:
    known = [*sql.vars["source_tables"], "source_tables"]
    return setting_problems(sql.call("run_settings"), list(given), known)


def _stopped(wrong: list[str]) -> int:
    print("\nThe input cannot be read:")
    for message in wrong:
        print(f"- {message}")
    return 1


def _arguments(arguments: argparse.Namespace, raw: str, advice: list[str]) -> str:
    """What was given here, for the build; with a warehouse of its own for what is not the made shop."""
    parts = [f"--source {shlex.quote(source)}" for source in arguments.source or []]
    parts += [f"--raw {shlex.quote(arguments.raw)}"] if arguments.raw else []
    if raw and not os.environ.get("CUSTOMER_INSIGHT_WAREHOUSE"):
        parts.append(f"--warehouse {proposed_warehouse(raw)}")
    return " ".join([*parts, *[f"--set {shlex.quote(pair)}" for pair in arguments.set], *advice])
