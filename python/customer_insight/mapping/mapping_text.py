"""mapping.yml, written and read."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from customer_insight.mapping.mapping_file import (
    CENTS,
    DATE_READINGS,
    DECIMAL_MARKS,
    SHARES,
    TOTALS,
    ColumnFrom,
    Entry,
    Lookup,
    Mapping,
    MappingError,
    Question,
)

VERSION = 1
OPENING = """\
# How these files become the input tables of customer-insight (--source files reads it). Edit it: it is kept.
# tables: for each table the files it is made of, and under columns, `our column: their column`. Instead of their column
#   [A, B] joins two; {constant: EUR}; {total: Sum} is the amount of a whole line; {column: State, words: {x: paid}}.
# `customer-insight check --columns` says which columns there are, docs/mapping.md what else may stand here.
"""
ABOUT_QUESTIONS = "# Nothing decides these: write one of the candidates behind `answer:` (none: leave it out).\n"
ABOUT_NOT_READ = "# Columns that nobody reads.\n"


def text_of(mapping: Mapping) -> str:
    """The text of mapping.yml; the same mapping gives the same text."""
    tables = {table: [_entry_as_dict(entry) for entry in entries] for table, entries in mapping.tables.items()}
    parts = [OPENING, _dump({"version": VERSION}), "\n", _dump({"tables": tables})]
    if mapping.questions:
        parts += ["\n", ABOUT_QUESTIONS, _dump({"questions": [_question_as_dict(one) for one in mapping.questions]})]
    if mapping.not_read:
        parts += ["\n", ABOUT_NOT_READ, _dump({"not_read": {f: list(names) for f, names in mapping.not_read.items()}})]
    return "".join(parts)


class _Dumper(yaml.SafeDumper):
    """Lists within their key, and short ones on a line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


class _Flow(list):  # type: ignore[type-arg]
    """A list that stands on a line."""


class _FlowDict(dict):  # type: ignore[type-arg]
    """A mapping that stands on a line."""


# an open answer is nothing behind a colon
_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))
_Dumper.add_representer(_Flow, lambda dumper, it: dumper.represent_sequence("tag:yaml.org,2002:seq", it, True))
_Dumper.add_representer(_FlowDict, lambda dumper, it: dumper.represent_mapping("tag:yaml.org,2002:map", it, True))


def _dump(value: Any) -> str:
    return str(yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120))


def _entry_as_dict(entry: Entry) -> dict[str, Any]:
    said: dict[str, Any] = {"files": entry.files}
    for name in ("sheet", "section", "header_line", "date_order", "decimal_mark", "time_zone", "one_row_per"):
        if getattr(entry, name) not in ("", None) and (name != "section" or entry.section):
            said[name] = getattr(entry, name)
    if entry.lookups:
        said["lookups"] = {name: _FlowDict(_filled(lookup)) for name, lookup in entry.lookups.items()}
    said["columns"] = {name: column_as_yaml(column) for name, column in entry.columns.items()}
    return said


def _filled(thing: Any) -> dict[str, Any]:
    return {each.name: getattr(thing, each.name) for each in fields(thing) if getattr(thing, each.name)}


def column_as_yaml(column: ColumnFrom) -> Any:
    """A header alone, a list of them, or what is said of them."""
    said: dict[str, Any] = {}
    if column.is_numbered:
        said["row_number"] = True
    elif column.constant:
        said["constant"] = column.constant
    elif column.columns:
        names = column.columns[0] if len(column.columns) == 1 else _Flow(column.columns)
        said[column.kind or ("column" if len(column.columns) == 1 else "columns")] = names
        if len(column.columns) > 1 and column.between != "-":
            said["between"] = column.between
    if column.words:
        said["words"] = _FlowDict(column.words)
    said |= {name: getattr(column, name) for name in ("negative_quantity", "lookup") if getattr(column, name)}
    return next(iter(said.values())) if list(said) in (["column"], ["columns"]) else _FlowDict(said)


def _question_as_dict(question: Question) -> dict[str, Any]:
    is_plain = all(word == value for word, value in question.candidates.items())
    candidates: Any = _Flow(question.candidates)
    if not is_plain:
        candidates = {
            word: column_as_yaml(value) if isinstance(value, ColumnFrom) else value
            for word, value in question.candidates.items()
        }
    said: dict[str, Any] = {"question": question.question, "candidates": candidates}
    said |= {"values": _Flow(question.values)} if question.values else {}
    return said | {"sets": _Flow(question.sets), "answer": question.answer or None}


def read_mapping(path: Path) -> Mapping:
    """What a file says. Raises MappingError where it says something else than a mapping can."""
    try:
        return mapping_of(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise MappingError(f"expected UTF-8 text, found {error.reason}") from None


def mapping_of(text: str) -> Mapping:
    """The mapping that a text says. Raises MappingError.

    Every value is a text: a column may be called `No`, which is false elsewhere in YAML, or `2024`.
    """
    try:
        said = yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise MappingError(f"expected YAML, found `{' '.join(str(error).split())[:160]}`; mend it there") from None
    top = _checked(said, "the file", ["version", "tables", "questions", "not_read"])
    if top.get("version") != str(VERSION):
        raise MappingError(f"expected version: {VERSION}, found {top.get('version')}")
    tables = {
        str(table): tuple(_entry(one, f"{table}, entry {at}") for at, one in enumerate(_list(entries, str(table)), 1))
        for table, entries in _checked(top.get("tables"), "tables").items()
    }
    questions = tuple(_question(one) for one in _list(top.get("questions") or [], "questions"))
    not_read = {
        str(file): tuple(map(str, _list(names, "not_read"))) for file, names in (top.get("not_read") or {}).items()
    }
    return Mapping(tables, not_read, questions)


def _checked(said: Any, where: str, names: Iterable[str] = ()) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise MappingError(f"{where}: expected names with a colon behind them, found `{said}`")
    known = list(names)
    for name in said:
        if known and name not in known:
            near = difflib.get_close_matches(str(name), known, 1, 0.6)
            hint = f"is {near[0]} meant?" if near else f"expected {', '.join(known)}"
            raise MappingError(f"{where}: there is no `{name}` here; {hint}")
    return said


def _list(said: Any, where: str) -> list[Any]:
    if not isinstance(said, list):
        raise MappingError(f"{where}: expected a list, a `-` before each, found `{said}`")
    return said


def _one_of(value: str, allowed: Iterable[str], where: str) -> str:
    if value and value not in allowed:
        raise MappingError(f"{where}: expected one of {', '.join(allowed)}, found `{value}`")
    return value


def _entry(said: Any, where: str) -> Entry:
    said = _checked(said, where, [each.name for each in fields(Entry)])
    if not said.get("files"):
        raise MappingError(f"{where}: expected files: NAME, found none")
    numbers = {name: said.get(name) for name in ("section", "header_line")}
    for name, value in numbers.items():
        if value is not None and not str(value).isdigit():
            raise MappingError(f"{where}: expected {name} as a whole number, found `{value}`")
    lookups = {str(name): _lookup(one, f"{where}, lookup {name}") for name, one in (said.get("lookups") or {}).items()}
    texts = {name: str(said.get(name) or "") for name in ("files", "sheet", "time_zone", "one_row_per")}
    return Entry(
        **texts,
        section=int(numbers["section"] or 0),
        header_line=None if numbers["header_line"] is None else int(numbers["header_line"]),
        date_order=_one_of(str(said.get("date_order") or ""), DATE_READINGS, f"{where}, date_order"),
        decimal_mark=_one_of(str(said.get("decimal_mark") or ""), DECIMAL_MARKS, f"{where}, decimal_mark"),
        lookups=lookups,
        columns={
            str(name): _column(one, f"{where}, {name}", lookups)
            for name, one in _checked(said.get("columns"), f"{where}, columns").items()
            if one
        },
    )


def _lookup(said: Any, where: str) -> Lookup:
    said = _checked(said, where, ["files", "key", "by", "sheet"])
    if not all(said.get(name) for name in ("files", "key", "by")):
        raise MappingError(f"{where}: expected files, key and by, found {', '.join(said) or 'nothing'}")
    return Lookup(**{name: str(value) for name, value in said.items()})


def _column(said: Any, where: str, lookups: dict[str, Lookup] | None = None) -> ColumnFrom:
    if not isinstance(said, dict):
        names = said if isinstance(said, list) else [said]
        return ColumnFrom(tuple(map(str, names)))
    sources = ["column", "columns", "constant", *TOTALS, *SHARES, CENTS, "row_number"]
    _checked(said, where, [*sources, "between", "words", "negative_quantity", "lookup"])
    given = [name for name in sources if said.get(name) is not None]
    if len(given) > 1 or (not given and not said.get("negative_quantity")):
        raise MappingError(f"{where}: expected one of {', '.join(sources)}, found {' and '.join(given) or 'none'}")
    value = said[given[0]] if given else []
    names = [] if given in (["constant"], ["row_number"]) else (value if isinstance(value, list) else [value])
    lookup = str(said.get("lookup") or "")
    return ColumnFrom(
        columns=tuple(map(str, names)),
        between=str(said.get("between", "-")),
        constant=str(value) if given == ["constant"] else "",
        kind=given[0] if given and given[0] in (*TOTALS, *SHARES, CENTS) else "",
        words={str(theirs): str(ours) for theirs, ours in (said.get("words") or {}).items()},
        negative_quantity=_one_of(str(said.get("negative_quantity") or ""), ("returned", "cancelled"), where),
        is_numbered=given == ["row_number"],
        lookup=_one_of(lookup, [lookup] if lookups is None else lookups, where),
    )


def _question(said: Any) -> Question:
    said = _checked(said, "a question", [each.name for each in fields(Question)])
    given = said.get("candidates") or []
    candidates = {
        str(word): _column(value, "a candidate") if isinstance(value, dict | list) else str(value)
        for word, value in (given.items() if isinstance(given, dict) else zip(given, given, strict=True))
    }
    answer = said.get("answer") or ""
    return Question(
        question=str(said.get("question", "")),
        sets=tuple(map(str, _list(said.get("sets") or [], "sets of a question"))),
        candidates=candidates,
        values=tuple(map(str, said.get("values") or [])),
        answer="" if answer in ("null", "~") else str(answer),
    )
