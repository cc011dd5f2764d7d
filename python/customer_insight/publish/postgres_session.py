"""A connection to PostgreSQL through ADBC whose errors never tell a password."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

import adbc_driver_manager
import adbc_driver_postgresql.dbapi
import pyarrow as pa

from customer_insight.publish.errors import PublishError
from customer_insight.publish.sql_text import literal

URI_VARIABLE = "CUSTOMER_INSIGHT_POSTGRES"
HIDDEN = "***"

LOCK_NOT_AVAILABLE, DEADLOCK = "55P03", "40P01"
NOT_ALLOWED = "42501"
OTHERS_DEPEND = "2BP01"


class PostgresError(PublishError):
    """What the server or the driver said, without passwords; `code` is its SQLSTATE, '' where it has none."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


def passwords(uri: str, environment: Mapping[str, str]) -> list[str]:
    """Everything that may be a password, as written and decoded, longest first."""
    found = re.findall(r"://[^/?#]*?:([^/?#]*)@", uri) + re.findall(r"://[^:@/?#]*:(.*)@", uri)
    found += re.findall(r"password\s*=\s*('(?:[^'\\]|\\.)*'|[^\s&]+)", uri, re.IGNORECASE)
    found += [environment.get("PGPASSWORD", "")]
    plain = {text.strip("'") for text in found}
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
        with self._plain_errors("PostgreSQL cannot be reached"):
            self._connection = adbc_driver_postgresql.dbapi.connect(uri)
        self.execute("set standard_conforming_strings = on")  # as `literal` quotes

    def close(self) -> None:
        """Ends the session; what is not committed is gone."""
        with self._plain_errors("PostgreSQL"):
            self._connection.close()

    def __enter__(self) -> PostgresSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def execute(self, *statements: str) -> None:
        """Runs statements in order. Raises PostgresError; the transaction is then to be rolled back."""
        for statement in statements:
            with self._plain_errors("PostgreSQL"), self._connection.cursor() as cursor:
                cursor.execute(statement)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._plain_errors("PostgreSQL"), self._connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())

    def append(self, schema: str, table: str, rows: pa.RecordBatchReader) -> None:
        """Copies rows into a table that exists; columns by position."""
        with self._plain_errors(f"PostgreSQL, while {schema}.{table} was filled"), self._connection.cursor() as cursor:
            cursor.adbc_ingest(table, rows, mode="append", db_schema_name=schema)

    def commit(self) -> None:
        """Makes everything since the last commit visible at once."""
        with self._plain_errors("PostgreSQL"):
            self._connection.commit()

    def rollback(self) -> None:
        """Undoes everything since the last commit."""
        with self._plain_errors("PostgreSQL"):
            self._connection.rollback()

    @contextmanager
    def _plain_errors(self, where: str) -> Iterator[None]:
        """Errors of the driver as PostgresError, in one line; `from None`, because the cause may tell the password."""
        failure = None
        try:
            yield
        except adbc_driver_manager.Error as error:
            told = re.sub(r"\s+", " ", str(error).split("Query was:")[0]).strip()
            told = re.sub(r"^[A-Z_]+: (\[libpq\] )?", "", told)
            message = f"{where}: {redacted(told, self._uri, os.environ)}"
            failure = PostgresError(message, getattr(error, "sqlstate", None) or "")
        if failure is not None:
            raise failure
