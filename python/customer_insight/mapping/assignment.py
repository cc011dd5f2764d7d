"""Which columns of a file are which columns of one of our tables, by their names and by what their values can be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from customer_insight.mapping.column_names import plain
from customer_insight.mapping.column_values import value_fit
from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.patterns import SURE, columns_of, name_score
from customer_insight.mapping.relations import are_equal, are_one_to_one

# So near one another two names are alike.
NEAR = 0.06


@dataclass
class Doubt:
    """What nothing decides of a file: a sentence, the place in an entry, and what may be answered."""

    sentence: str
    place: str
    candidates: dict[str, Any] = field(default_factory=dict)
    values: tuple[str, ...] = ()


@dataclass
class Assignment:
    """Headers by our columns, why each was taken, how sure its name is, and doubts about others."""

    table: str
    columns: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)

    def take(self, column: str, header: str, reason: str) -> None:
        """Takes a header for a column."""
        self.columns[column], self.reasons[column] = header, reason

    def drop(self, column: str) -> None:
        """Takes a column back."""
        self.columns.pop(column, None)
        self.reasons.pop(column, None)

    def asked(self) -> set[str]:
        """The headers that a question may be answered with, and other answers."""
        return {name for doubt in self.doubts for name in doubt.candidates}

    def doubt_on(self, column: str) -> Doubt | None:
        """What is asked about a column of ours, if anything is."""
        return next((doubt for doubt in self.doubts if doubt.place == f"columns/{column}"), None)

    def used(self) -> set[str]:
        """The headers that are taken, or asked about."""
        return {*self.columns.values(), *self.asked()}


def assign(table: str, found: FileTable) -> Assignment:
    """The columns of one of our tables in a file: the surest pairs first, each header once."""
    pairs = sorted(
        (
            (-score, column, header)
            for column in columns_of(table)
            for header, profile in found.profiles.items()
            if (said := name_score(table, column, header))
            and (score := said * value_fit(table, column, profile)) >= SURE
        )
    )
    pairs = _without_row_keys(found, table, pairs)
    assignment = Assignment(table)
    for score, column, header in pairs:
        if column not in assignment.columns and header not in assignment.used():
            assignment.take(column, header, "by its name")
            assignment.scores[column] = -score
    for column, header in list(assignment.columns.items()):
        rivals = [
            other
            for score, rival, other in pairs
            if rival == column
            and other not in assignment.used()
            and -score >= assignment.scores[column] - NEAR
            and not _is_same(found, column, header, other)
        ]
        if rivals:
            names = [header, *rivals]
            assignment.drop(column)
            assignment.doubts.append(which_of(found, table, column, names))
    return assignment


def _without_row_keys(
    found: FileTable, table: str, pairs: list[tuple[float, str, str]]
) -> list[tuple[float, str, str]]:
    """Products are sold again: of several keys the one that is another on every row is that of the row."""
    keys = [header for _, column, header in pairs if column == "product_id"]
    unique = {
        header
        for header in keys
        if found.profiles[header].is_unique
        and (len(found.profiles[header].texts) > 30 or {"item", "items"} & set(plain(header).split()))
    }
    if table == "products" or unique >= set(keys):
        return pairs
    return [pair for pair in pairs if not (pair[1] == "product_id" and pair[2] in unique)]


def _is_same(found: FileTable, column: str, header: str, other: str) -> bool:
    """Whether it does not matter which of two columns is read."""
    if column.endswith("_id") and are_one_to_one(found.sample, header, other):
        return True
    return are_equal(found.sample, header, other)


def which_of(found: FileTable, table: str, column: str, names: list[str]) -> Doubt:
    """The question which of several columns is meant."""
    said = ", ".join(f"`{name}`" for name in names[:-1]) + f" or `{names[-1]}`" if len(names) > 1 else f"`{names[0]}`"
    asked = f"Which column of {found.name} is {column} of {table}: {said}?"
    if len(names) == 1:
        asked = f"Is {said} of {found.name} the column {column} of {table}?"
    examples = tuple(f"{name}: {', '.join(found.profiles[name].examples(3))}" for name in names)
    return Doubt(asked, f"columns/{column}", {name: name for name in [*names, "none"]}, examples)
