"""Columns of order lines that could both be meant: arithmetic decides, else what is asked is what an entry can say."""

from __future__ import annotations

from customer_insight.mapping.assignment import Assignment, Doubt, which_of
from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.line_amounts import holds, is_amount_of_order, totals_to_choose
from customer_insight.mapping.patterns import PARTIAL

PEOPLE = ("customer_email", "customer_phone", "customer_name")


def settle_rivals(found: FileTable, lines: Assignment, mark: str) -> None:
    """Takes the price and the total that the other numbers show to be right, of several that are called so."""
    for column in ("unit_price", "line_total"):
        doubt = lines.doubt_on(column)
        if not doubt:
            continue
        names = [name for name in doubt.candidates if name in found.profiles]
        names = [name for name in names if not is_amount_of_order(found, lines, name)]
        fits = [name for name in names if _is_right(found, lines, mark, column, name)]
        if not names or fits or len(names) == 1:
            lines.doubts.remove(doubt)
        if fits or len(names) == 1:
            reason = "quantity x price is the total" if fits else "the others are of the whole order"
            lines.take(column, (fits or names)[0], reason)


def _is_right(found: FileTable, lines: Assignment, mark: str, column: str, name: str) -> bool:
    said = {each: lines.columns.get(each, "") for each in ("quantity", "unit_price", "line_total")} | {column: name}
    discount = lines.columns.get("discount_amount")
    return all(said.values()) and holds(found, mark, said["quantity"], said["unit_price"], said["line_total"], discount)


def totals_in_doubt(lines: Assignment) -> list[str]:
    """Takes the question which total is meant away, and gives those that it named: no entry has such a column."""
    doubt = lines.doubt_on("line_total")
    if not doubt:
        return []
    lines.doubts.remove(doubt)
    return [name for name in doubt.candidates if name != "none"]


def ask_for_price(found: FileTable, lines: Assignment, totals: list[str]) -> None:
    """Totals that nothing tells apart: which one is paid for the line, beside what is asked of the price already."""
    answers = totals_to_choose(totals, lines.columns.get("discount_amount"))
    asked = lines.doubt_on("unit_price")
    if asked:
        asked.candidates = {**answers, **asked.candidates}
        names = ", ".join(f"`{name}`" for name in totals)
        asked.sentence = f"{asked.sentence} Or is {names} what a whole line cost?"
    elif "unit_price" not in lines.columns:
        names = ", ".join(f"`{name}`" for name in totals[:-1]) + f" or `{totals[-1]}`"
        examples = tuple(f"{name}: {', '.join(found.profiles[name].examples(3))}" for name in totals)
        sentence = f"Which column of {found.name} is what a whole line cost: {names}?"
        lines.doubts.append(Doubt(sentence, "columns/unit_price", {**answers, "none": "none"}, examples))


def ask_for_people(found: FileTable, lines: Assignment) -> None:
    """Several addresses, telephones or names: which of them says who bought, where nothing else does."""
    for column in PEOPLE:
        doubt = lines.doubt_on(column)
        if not doubt:
            continue
        lines.doubts.remove(doubt)
        if "customer_id" not in lines.columns and not lines.doubt_on("customer_id"):
            names = [name for name in doubt.candidates if name != "none"]
            lines.doubts.append(which_of(found, "order_lines", "customer_id", names))


def without_parts(lines: Assignment) -> None:
    """Takes columns back that only helped to find others."""
    for column in PARTIAL:
        lines.drop(column)
