"""What is published of a warehouse: which schemas, tables and columns, with descriptions and primary keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from customer_insight.publish.publish_errors import PublishError
from customer_insight.publish.published_ids import has_sign, is_id, joins, replaced
from customer_insight.publish.sql_text import identifier, literal

TOPICS = ("shop", "segments", "recommendations", "predictions", "campaigns", "voice", "quality")
# Handed to shop, mail and advertising tools as files; it holds hashed contacts, so no database of readers has it.
ACTIVATION = "activation"

# Tables of topics that stay in the warehouse: whole texts for those who answer customers.
UNPUBLISHED = frozenset({("voice", "suggested_replies")})

# What an erased customer loses, what customers write to the shop, and refused rows as they came: never published.
PERSONAL_COLUMNS = frozenset(
    {
        *("email", "phone", "birth_date", "gender", "city", "income_band", "message_text", "reply_text", "row_json"),
        *("first_name", "last_name", "postal_code"),  # in no mart at all
    }
)
# Addresses of pages, published up to `?` and `#`: what follows carries e-mail addresses and keys of logins.
PAGE_COLUMNS = frozenset({"entry_page", "exit_page", "referrer", "page_url"})


@dataclass(frozen=True)
class Column:
    """A published column: its DuckDB type as text, its description ('' where it has none)."""

    name: str
    type: str
    description: str = ""

    @property
    def place(self) -> str:
        """The column in the table, which a query calls `it`."""
        return identifier("it", self.name)

    def expression(self, *, may_replace: bool = True) -> str:
        """What a query selects for it: texts without e-mail addresses. `may_replace`: whether there can be any."""
        if self.type != "VARCHAR":
            return self.place
        is_page = self.name in PAGE_COLUMNS
        text = f"regexp_replace({self.place}, '[?#].*', '', 's')" if is_page else self.place
        if not may_replace:
            return f"case when {has_sign(self.place)} then null else {text} end"  # the first never: nothing can leak
        return f"published_{'place' if is_page or is_id(self.name, self.type) else 'text'}({text})"


@dataclass(frozen=True)
class ResultTable:
    """A published table; `primary_key` is empty where it has none, or where a column of it is withheld."""

    schema: str
    name: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """`schema.table`, for people."""
        return f"{self.schema}.{self.name}"

    def looked_through(self, catalog: str) -> str:
        """A query for one row: of each text column, in order, whether anything in it may have to be replaced."""
        signs = [has_sign(column.place) for column in self.columns if column.type == "VARCHAR"]
        asked = ", ".join(f"coalesce(bool_or({sign}), false)" for sign in signs)
        return f"select [{asked}], count(*) from {identifier(catalog, self.schema, self.name)} as it"

    def query(self, catalog: str, *, has_own_ids: bool, looked_through: Sequence[bool]) -> str:
        """All rows in the order of the published primary key: the same rows give the same bytes.

        The order of the ids themselves would tell something of those that are replaced. `has_own_ids`: whether any are;
        see published_ids. `looked_through`: the answer to that query.
        """
        answers = iter(looked_through)
        selected, joined = [], ""
        for number, column in enumerate(self.columns):
            expression = column.expression(may_replace=column.type == "VARCHAR" and next(answers))
            if has_own_ids and is_id(column.name, column.type):
                expression = replaced(column.place, number)
                joined += joins(column.place, number)
            selected.append(f"{expression} as {identifier(column.name)}")
        order = ", ".join(identifier(name) for name in self.primary_key) or "all"
        rows = f"select {', '.join(selected)} from {identifier(catalog, self.schema, self.name)} as it{joined}"
        return f"from ({rows}) order by {order}"

    def declared_columns(self, types: dict[str, str] | None = None) -> str:
        """Columns with types for `create table`; `types` translates DuckDB's."""
        return ", ".join(
            f"{identifier(column.name)} {column.type if types is None else types[column.type]}"
            for column in self.columns
        )

    def key_clause(self) -> str:
        """`primary key ("a", "b")`, or '' without one."""
        names = ", ".join(identifier(name) for name in self.primary_key)
        return f"primary key ({names})" if names else ""

    def comments(self, kind: str, *place: str) -> list[str]:
        """`comment on` statements for the table or view (`kind`) at `place` and for its columns."""
        at = identifier(*place, self.name)
        said = [f"comment on {kind} {at} is {literal(self.description)}"] if self.description else []
        return said + [
            f"comment on column {at}.{identifier(column.name)} is {literal(column.description)}"
            for column in self.columns
            if column.description
        ]


def result_tables(
    connection: duckdb.DuckDBPyConnection, catalog: str, schemas: tuple[str, ...] = TOPICS
) -> list[ResultTable]:
    """The public tables of an attached warehouse, by schema and name, without personal columns.

    Tables that dbt left half-way (`…__dbt_tmp`, `…__dbt_backup`) are none. Raises PublishError where there is nothing.
    """
    topics = ", ".join(literal(topic) for topic in schemas)
    where = f"database_name = {literal(catalog)} and schema_name in ({topics})"
    columns: dict[tuple[str, str], list[Column]] = {}
    for schema, table, name, kind, description in connection.execute(
        f"select schema_name, table_name, column_name, data_type, comment from duckdb_columns() where {where}"
        " order by schema_name, table_name, column_index"
    ).fetchall():
        if name not in PERSONAL_COLUMNS:
            columns.setdefault((schema, table), []).append(Column(name, kind, description or ""))
    keys = {
        (schema, table): tuple(names)
        for schema, table, names in connection.execute(
            "select schema_name, table_name, constraint_column_names from duckdb_constraints()"
            f" where {where} and constraint_type = 'PRIMARY KEY'"
        ).fetchall()
    }
    tables = []
    for schema, table, description in connection.execute(
        f"select schema_name, table_name, comment from duckdb_tables() where {where} order by all"
    ).fetchall():
        kept = columns.get((schema, table), [])
        key = keys.get((schema, table), ())
        if "__dbt_" not in table and kept and (schema, table) not in UNPUBLISHED:
            whole_key = key if set(key) <= {column.name for column in kept} else ()
            tables.append(ResultTable(schema, table, description or "", tuple(kept), whole_key))
    if not tables and schemas == TOPICS:
        raise PublishError("The warehouse has no result tables; build it first: customer-insight build.")
    return tables


def latest_as_of(connection: duckdb.DuckDBPyConnection, catalog: str, tables: list[ResultTable]) -> datetime | None:
    """The instant up to which everything is known: the latest `as_of` of all tables; null in an empty shop."""
    dated = [table for table in tables if any(column.name == "as_of" for column in table.columns)]
    parts = [f"select max(as_of) as as_of from {identifier(catalog, table.schema, table.name)}" for table in dated]
    if not parts:
        return None
    row = connection.execute(f"select max(as_of) from ({' union all '.join(parts)})").fetchall()[0]
    return row[0] if isinstance(row[0], datetime) else None
