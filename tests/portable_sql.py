"""Says where models leave the SQL that DuckDB and Spark share: `python tests/portable_sql.py models tests/singular`.

Works on the tokens of the Jinja source, every `{{ ... }}` being one name. Types are not known here, so rules about
them (division, rounding, sums) go by the way an expression is written. A line that is right all the same says so:
`-- portable: <rule>, because ...`. Models in models/sources read files with the engine's own readers and are left out.
"""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlglot
from sqlglot.tokens import Token, TokenType

JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
ALLOWED = re.compile(r"--\s*portable:\s*([\w-]+)")
PLACEHOLDER = "jinja_value"

# Functions that only one engine has, or that answer differently, and what to write instead.
FUNCTIONS = {
    "concat": ("concat", "a null makes it null on Spark; write || or concat_ws"),
    "regexp_replace": ("regexp-replace", "replaces the first on DuckDB, all on Spark; use the macro"),
    "log": ("log", "base 10 on DuckDB, e on Spark; write ln or log10"),
    "hash": ("hash", "differs; write md5"),
    "first": ("first", "depends on the order of rows; write min_by"),
    "last": ("first", "depends on the order of rows; write max_by"),
    "arg_max": ("duckdb-only", "write max_by"),
    "arg_min": ("duckdb-only", "write min_by"),
    "list": ("duckdb-only", "write array_agg"),
    **dict.fromkeys(
        ["dayofweek", "weekday", "isodow", "day_of_week", "dow"], ("day-of-week", "numbers differ; use iso_weekday()")
    ),
}
WHOLE_NUMBERS = {"INT", "INTEGER", "BIGINT", "SMALLINT", "LONG"}
ENDS_ORDER_BY = {"LIMIT", "ROWS", "RANGE", "UNION", "QUALIFY", "OFFSET", "GROUPS", "EXCEPT", "INTERSECT", ";"}


@dataclass(frozen=True)
class Breach:
    line: int
    rule: str
    why: str


def breaches(text: str) -> list[Breach]:
    """Every breach in one model's Jinja source, by line."""
    without_jinja = JINJA.sub(_stand_in, text)
    tokens = sqlglot.tokenize(without_jinja, read="duckdb")
    allowed = {number: set(ALLOWED.findall(line)) for number, line in enumerate(text.split("\n"), 1)}
    found = {breach for rule in RULES for breach in rule(tokens)}
    kept = [breach for breach in found if breach.rule not in allowed[breach.line]]
    return sorted(kept, key=lambda breach: (breach.line, breach.rule))


def _stand_in(match: re.Match[str]) -> str:
    """A name for a value, nothing for a statement, and as many lines as there were."""
    text = match.group()
    silent = not text.startswith("{{") or re.match(r"\{\{-?\s*config\(", text)
    return ("" if silent else PLACEHOLDER) + "\n" * text.count("\n")


def _word(tokens: list[Token], at: int) -> str:
    """The token in upper case; nothing beyond the ends, and nothing that a text says."""
    if not 0 <= at < len(tokens):
        return ""
    return "'" if tokens[at].token_type == TokenType.STRING else tokens[at].text.upper()


def _is_call(tokens: list[Token], at: int, name: str) -> bool:
    return _word(tokens, at) == name.upper() and _word(tokens, at + 1) == "("


def _inside(tokens: list[Token], opening: int) -> list[Token]:
    """The tokens between a bracket and its partner."""
    depth = 0
    for at in range(opening, len(tokens)):
        depth += {"(": 1, ")": -1}.get(_word(tokens, at), 0)
        if depth == 0:
            return tokens[opening + 1 : at]
    return tokens[opening + 1 :]


def _words(tokens: list[Token]) -> set[str]:
    return {token.text.upper() for token in tokens}


def functions(tokens: list[Token]) -> Iterator[Breach]:
    for at, token in enumerate(tokens):
        name = _word(tokens, at).lower()
        if name in FUNCTIONS and _word(tokens, at + 1) == "(":
            rule, why = FUNCTIONS[name]
            yield Breach(token.line, rule, f"{name}(): {why}")
        if name in ("dow", "isodow", "dayofweek", "weekday") and _word(tokens, at - 2) == "EXTRACT":
            yield Breach(token.line, "day-of-week", "numbers differ; use iso_weekday()")


def names_and_texts(tokens: list[Token]) -> Iterator[Breach]:
    for token in tokens:
        if token.token_type == TokenType.IDENTIFIER:
            yield Breach(token.line, "double-quotes", f'"{token.text}" is a text on Spark; write the bare name')
        if token.token_type == TokenType.STRING and "\\" in token.text:
            yield Breach(token.line, "backslash", "a backslash in a text differs; write [0-9] for a digit")


def order_by(tokens: list[Token]) -> Iterator[Breach]:
    for at, token in enumerate(tokens):
        if token.token_type != TokenType.ORDER_BY or _word(tokens, at - 2) == "GROUP":  # within group (order by x)
            continue
        depth, says_nulls, end = 0, False, at
        for end in range(at + 1, len(tokens) + 1):
            word = _word(tokens, end)
            depth += {"(": 1, ")": -1}.get(word, 0)
            says_nulls = says_nulls or (depth == 0 and word == "NULLS")
            over = word == "" or depth < 0 or (depth == 0 and word in ENDS_ORDER_BY)
            if over or (depth == 0 and word == ","):
                if not says_nulls:
                    yield Breach(tokens[end - 1].line, "nulls-order", "write nulls first or nulls last")
                says_nulls = False
            if over:
                break


def operators(tokens: list[Token]) -> Iterator[Breach]:
    for at, token in enumerate(tokens):
        word = _word(tokens, at)
        if word in ("^", "**"):
            yield Breach(token.line, "power", "^ is exclusive or on Spark; write power()")
        if word == "//":
            yield Breach(token.line, "duckdb-only", "//: write floor(a / b)")
        if word == "/" and not _cannot_be_zero(tokens, at + 1):
            yield Breach(token.line, "division", "write nullif(..., 0) around the divisor")
        if word == "[" and at and (tokens[at - 1].token_type == TokenType.VAR or _word(tokens, at - 1) in (")", "]")):
            yield Breach(token.line, "index", "arrays begin at 1 on DuckDB, 0 on Spark; use the macro")


def _cannot_be_zero(tokens: list[Token], at: int) -> bool:
    if _word(tokens, at) == "(":
        inside = _inside(tokens, at)
        return "NULLIF" in _words(inside) or all(_is_constant(token) or token.text in "+*" for token in inside)
    return _is_constant(tokens[at]) or _word(tokens, at) in ("NULLIF", "GREATEST")


def _is_constant(token: Token) -> bool:
    is_number = token.token_type == TokenType.NUMBER and float(token.text) != 0
    return is_number or token.text == PLACEHOLDER


def types(tokens: list[Token]) -> Iterator[Breach]:
    for at, token in enumerate(tokens):
        word, previous = _word(tokens, at), _word(tokens, at - 1)
        if word in ("VARCHAR", "TEXT") and previous in ("AS", "::") and _is_type(tokens, at):
            yield Breach(token.line, "duckdb-only", f"{word.lower()} in a cast: write string")
        if _is_call(tokens, at, "cast") or _is_call(tokens, at, "try_cast"):
            inside = _inside(tokens, at + 1)
            target = inside[-1].text.upper() if inside else ""
            source, first = _words(inside[:-2]), _word(inside, 0)
            fractional = "/" in source or any("." in t.text and t.token_type == TokenType.NUMBER for t in inside)
            if target in WHOLE_NUMBERS and fractional and first not in ("FLOOR", "CEIL", "ROUND", "CEILING"):
                yield Breach(token.line, "cast-to-whole", "rounds on DuckDB, cuts on Spark; write floor() first")
            if target == "STRING" and "DOUBLE" in source:
                yield Breach(token.line, "double-to-text", "digits differ; cast to decimal first")


def _is_type(tokens: list[Token], at: int) -> bool:
    """`cast(x as text)` or `x::text`, not `select x as text`."""
    return _word(tokens, at - 1) == "::" or _word(tokens, at + 1) in (")", "(", "[")


def aggregates(tokens: list[Token]) -> Iterator[Breach]:
    for at, token in enumerate(tokens):
        if _is_call(tokens, at, "round"):
            words = _words(_inside(tokens, at + 1))
            if not words & {"DECIMAL", "NUMERIC"}:
                yield Breach(token.line, "round", "of a double differs; cast to decimal first")
        if _is_call(tokens, at, "sum"):
            inside = _inside(tokens, at + 1)
            counted = [t for i, t in enumerate(inside) if _word(inside, i - 1) == "THEN" or len(inside) == 1]
            if any(t.token_type == TokenType.NUMBER and "." not in t.text for t in counted):
                yield Breach(token.line, "sum-of-integers", "cast to bigint, or write count(*) filter (where ...)")
        if _word(tokens, at) == "-" and (_casts_to_date(tokens[:at]) or _starts_with_date(tokens, at + 1)):
            yield Breach(token.line, "date-minus-date", "use whole_days_between()")


def _casts_to_date(before: list[Token]) -> bool:
    return [t.text.upper() for t in before[-3:]] == ["AS", "DATE", ")"]


def _starts_with_date(tokens: list[Token], at: int) -> bool:
    return _is_call(tokens, at, "cast") and _word(_inside(tokens, at + 1), len(_inside(tokens, at + 1)) - 1) == "DATE"


def clauses(tokens: list[Token]) -> Iterator[Breach]:
    for at, token in enumerate(tokens):
        word, following = _word(tokens, at), _word(tokens, at + 1)
        if word in ("EXCLUDE", "REPLACE", "RENAME") and following == "(" and _word(tokens, at - 1) == "*":
            yield Breach(token.line, "duckdb-only", f"* {word.lower()}: name the columns")
        if word == "DISTINCT" and following == "ON":
            yield Breach(token.line, "duckdb-only", "distinct on: write qualify row_number()")
        if word == "ASOF":
            yield Breach(token.line, "duckdb-only", "asof join: write a left join with qualify")
        if word in ("PIVOT", "UNPIVOT"):
            yield Breach(token.line, "duckdb-only", f"{word.lower()}: write max(case ...) by group")
        if word == "BY" and following == "NAME":
            yield Breach(token.line, "duckdb-only", "union by name: write the columns in order")
        if word == "," and following in ("FROM", ")", "WHERE", "GROUP BY", "ORDER BY", ""):
            yield Breach(token.line, "trailing-comma", "Spark does not read it")


RULES: list[Callable[[list[Token]], Iterator[Breach]]] = [
    functions, names_and_texts, order_by, operators, types, aggregates, clauses,
]  # fmt: skip


def main(paths: list[str]) -> int:
    count = 0
    for path in sorted(file for root in paths for file in [Path(root), *Path(root).rglob("*.sql")] if file.is_file()):
        if "models/sources/" in path.as_posix():
            continue
        for breach in breaches(path.read_text(encoding="utf-8")):
            print(f"{path}:{breach.line}: {breach.rule}: {breach.why}")
            count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
