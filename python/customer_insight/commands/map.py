"""`customer-insight map`: what unknown files are, proposed as a mapping that a person edits and `files` reads."""

from __future__ import annotations

import argparse
import json
import os
import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from customer_insight.commands.input_arguments import program
from customer_insight.commands.project import CommandError, project_folder
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.commands.raw_check import RawCheck
from customer_insight.commands.raw_errors import RawFileError
from customer_insight.commands.raw_findings import TableFinding
from customer_insight.commands.setting_check import setting_problems
from customer_insight.commands.settings import settings_of
from customer_insight.mapping import map_report
from customer_insight.mapping.file_tables import tables_in
from customer_insight.mapping.known_systems import of_known_systems
from customer_insight.mapping.mapped_input import findings_of, mapping_path, zone_of_mapping
from customer_insight.mapping.mapping_file import Mapping
from customer_insight.mapping.mapping_text import text_of
from customer_insight.mapping.proposal import MappingProposal, propose
from customer_insight.report.wording import counted

SHOWN_ROWS = 5
LOOKED_AT = 2000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the verb."""
    parser.add_argument("--raw", metavar="PATH", required=True, help="file or folder of the raw data")
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="a setting that answers for all files: date_order, decimal_mark, time_zone; may be repeated",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="write mapping.yml anew where there is one, and map files of a system that has a source of its own",
    )


def run(arguments: argparse.Namespace) -> int:
    """Writes the mapping and says what it is; 1 where nothing can be mapped."""
    folder, settings = project_folder(), settings_of(arguments.set)
    root = Path(arguments.raw).expanduser().absolute()
    if not root.exists():
        raise CommandError(f"{root}: expected the raw data, found nothing at this path; check its spelling")
    sql = ProjectSql(folder, settings)
    _require_settings(sql, settings)
    systems = {
        name: sql.call("raw_tables", name) for name in sql.vars["source_tables"] if name not in ("demo", "files")
    }
    described = sql.call("files_raw_tables")
    try:
        tables, unread = tables_in(root)
    except RawFileError as error:
        raise CommandError(str(error)) from None
    known, resembling = ({}, []) if arguments.force else of_known_systems(tables, systems)
    for problem in [*unread, *(f"{name}: {said}" for name, said in known.items())]:
        print(problem)
    proposal = propose([found for found in tables if found.name not in known], _columns_of(described), settings)
    if not proposal.mapping.tables:
        return _nothing(proposal, bool(known)) if proposal.roles or known else 1
    for found, role in proposal.roles:
        print("\n".join(map_report.file_lines(found, role)))
    print("".join(f"{remark}\n" for remark in [*resembling, *proposal.remarks]), end="")
    findings = findings_of(root, proposal.mapping, _without_needed(described))
    _show_rows(folder, settings, root, proposal.mapping, findings)
    print("\n".join(["", *map_report.not_read_lines(proposal.mapping)]))
    return _written(arguments, root, proposal.mapping, findings, bool(unread))


def _columns_of(described: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    return {table: list(each["columns"]) for table, each in described.items()}


def _without_needed(described: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The tables without a mark on columns: what is still asked may be missing."""
    return {
        table: each | {"columns": {name.rstrip("*"): said for name, said in each["columns"].items()}}
        for table, each in described.items()
    }


def _require_settings(sql: ProjectSql, settings: dict[str, Any]) -> None:
    problems = setting_problems(sql.call("run_settings"), list(settings), [*sql.vars["source_tables"], "source_tables"])
    if problems:
        raise CommandError("\n".join(problems))


def _nothing(proposal: MappingProposal, is_known: bool) -> int:
    for found, role in proposal.roles:
        print("\n".join(map_report.file_lines(found, role)))
    advice = (
        "Expected order lines (an order, a product, how many, for how much) or events (who did what and when); "
        "`customer-insight check --columns` says which columns there are."
    )
    if is_known:
        advice = "Read the files with the source named above, or say --force to map them all the same."
    print(f"Nothing is mapped. {advice}")
    return 1


def _show_rows(
    folder: Path, settings: dict[str, Any], root: Path, mapping: Mapping, findings: list[TableFinding]
) -> None:
    """Some rows of each table, by the models that a build runs."""
    os.environ |= {"CUSTOMER_INSIGHT_SOURCE": "files", "CUSTOMER_INSIGHT_RAW": str(root)}
    answers = {finding.table: json.dumps(_beginning(finding.as_dict())) for finding in findings}
    check = RawCheck(folder, settings, lambda _, request: answers[json.loads(request)["table"]])
    for finding in findings:
        entries = mapping.tables.get(finding.table, ())
        if not entries:
            continue
        print()
        for at, entry in enumerate(entries, 1):
            print("\n".join(map_report.entry_lines(finding.table, at, entry, len(entries) > 1)))
        print("".join(f"  {problem}\n" for problem in finding.problems), end="")
        if finding.entries:
            try:
                names, rows = check.read_rows(finding.table, SHOWN_ROWS)
            except duckdb.Error as error:
                print(f"  its rows cannot be shown: {str(error).splitlines()[0]}")
                continue
            print("\n".join(map_report.rows_as_text(names, rows)))


def _beginning(finding: dict[str, Any]) -> dict[str, Any]:
    """A finding of no more rows than have to be looked at to show some."""
    for entry in finding["entries"]:
        for part in entry["parts"]:
            part["rows"] = min(part["rows"] or LOOKED_AT, LOOKED_AT)
    return finding


def _written(
    arguments: argparse.Namespace, root: Path, mapping: Mapping, findings: Iterable[TableFinding], is_partial: bool
) -> int:
    place, text = mapping_path(str(root)), text_of(mapping)
    is_kept = place.exists() and not arguments.force and place.read_text(encoding="utf-8") != text
    written = place.with_name("mapping.new.yml") if is_kept else place
    try:
        written.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(
            f"{written}: expected to write the mapping there, found {error.strerror}; copy the data"
        ) from None
    if is_kept:
        print(
            f"{place} is there and stays as it is; what it would be now is in {written.name}. --force writes it anew."
        )
    else:
        print(f"Written: {written}")
    asked = mapping.open_questions()
    if asked:
        print(f"\n{counted(len(asked), 'question is', 'questions are')} open; write each answer into {written.name}:")
        print("\n".join(map_report.question_lines(asked)))
    zone = zone_of_mapping("UTC", findings)
    advice = f" --set time_zone={zone}" if zone else ""
    settings = "".join(f" --set {shlex.quote(pair)}" for pair in arguments.set)
    advice = "" if "time_zone=" in settings else advice
    print(f"\n{'Then' if asked or is_partial else 'Next'}:")
    print(f"  {program()} check --source files --raw {shlex.quote(arguments.raw)}{settings}{advice}")
    return 0
