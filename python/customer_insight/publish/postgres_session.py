"""A connection to PostgreSQL through ADBC whose errors never tell a password."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import unquote

import adbc_driver_manager
import adbc_driver_postgresql.dbapi
import pyarrow as pa

from customer_insight.publish.publish_errors import PublishError
from customer_insight.publish.sql_text import literal

URI_VARIABLE = "CUSTOMER_INSIGHT_POSTGRES"
HIDDEN = "***"

LOCK_NOT_AVAILABLE = "55P03"
DEADLOCK = "40P01"
NOT_ALLOWED = "42501"
OTHERS_DEPEND = "2BP01"


class PostgresError(PublishError):
    """What the server or the driver said, without passwords; `code` is its SQLSTATE, '' where it has none."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


def passwords(uri: str, environment: Mapping[str, str]) -> list[str]:
    """Everything that may be a password, as written and decoded, longest first.

    Of a password with a `/` or the like, the driver takes a piece for something else and shows that: pieces count too.
    """
    found = re.findall(r"://[^/?#]*?:([^/?#]*)@", uri) + re.findall(r"://[^:@/?#]*:(.*)@", uri)
    quoted = re.findall(r"password\s*=\s*'((?:[^'\\]|\\.)*)'", uri, re.IGNORECASE)
    bare = re.findall(r"password\s*=\s*([^\s&']+)", uri, re.IGNORECASE)
    pieces = [piece for text in found for piece in re.split(r"[/?#@:]", text) if len(piece) > 2]
    plain = {*found, *pieces, *quoted, *bare, environment.get("PGPASSWORD", "")}
    plain |= {unquote(text) for text in plain}
    return sorted((text for text in plain if text), key=lambda text: (-len(text), text))


def redacted(message: str, uri: str, environment: Mapping[str, str]) -> str:
    """The message without the URI and without passwords."""
    message = message.replace(uri, HIDDEN) if uri else message
    message = re.sub(r"(postgres(?:ql)?://)\S*@", rf"\1{HIDDEN}@", message)
    for password in passwords(uri, environment):
        message = message.replace(password, HIDDEN)
    return message


def in_one(statements: list[str]) -> str:
    """One statement that runs all of them: one round trip, so that locks are held as shortly as can be."""
    return f"do {literal('begin ' + ' '.join(f'execute {literal(each)};' for each in statements) + ' end')}"


class PostgresSession:
    """One connection. Everything between two commits is one transaction, `create` and `drop` too."""

    def __init__(self, uri: str) -> None:
        """Connects; raises PostgresError where that fails."""
        self._uri = uri
        connect = adbc_driver_postgresql.dbapi.connect
        self._connection = self._plainly("PostgreSQL cannot be reached", lambda: connect(uri))
        self.execute("set standard_conforming_strings = on")  # as `literal` quotes

    def close(self) -> None:
        """Ends the session; what is not committed is gone."""
        self._plainly("PostgreSQL", self._connection.close)

    def __enter__(self) -> PostgresSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def execute(self, *statements: str) -> None:
        """Runs statements in order. Raises PostgresError; the transaction is then to be rolled back."""
        with self._connection.cursor() as cursor:
            for statement in statements:
                self._plainly("PostgreSQL", partial(cursor.execute, statement))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._connection.cursor() as cursor:
            self._plainly("PostgreSQL", lambda: cursor.execute(query))
            return list(self._plainly("PostgreSQL", cursor.fetchall))

    def append(self, schema: str, table: str, rows: pa.RecordBatchReader) -> None:
        """Copies rows into a table that exists; columns by position."""
        with self._connection.cursor() as cursor:
            fill = partial(cursor.adbc_ingest, table, rows, mode="append", db_schema_name=schema)
            self._plainly(f"PostgreSQL, while {schema}.{table} was filled", fill)

    def commit(self) -> None:
        """Makes everything since the last commit visible at once."""
        self._plainly("PostgreSQL", self._connection.commit)

    def rollback(self) -> None:
        """Undoes everything since the last commit."""
        self._plainly("PostgreSQL", self._connection.rollback)

    def _plainly(self, where: str, call: Callable[[], Any]) -> Any:
        """Calls. Raises PostgresError in one line, without the error behind it: that may tell a password."""
        try:
            return call()
        except adbc_driver_manager.Error as error:
            told = re.sub(r"\s+", " ", str(error).split("Query was:")[0]).strip()
            told = re.sub(r"^[A-Z_]+: (\[libpq\] )?", "", told)
            message = f"{where}: {redacted(told, self._uri, os.environ)}"
            code = getattr(error, "sqlstate", None) or ""
        raise PostgresError(message, code)
