"""Builds whole warehouses as a user does, and reads their public tables."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

import duckdb
import yaml
from console import CONSOLE, DBT, ROOT, Ran, Runner, run, run_forked
from customer_insight.publish.erasure_file import erasure_file
from customer_insight.publish.id_key import key_file
from customer_insight.publish.result_tables import ACTIVATION, TOPICS
from filelock import FileLock
from public_tables import PUBLIC_TABLES
from rendered_warehouse import Rendered

SEEDS = ROOT / "seeds"
PLANTED = ROOT / "tests" / "fixtures" / "demo_planted"
PUBLIC_SCHEMAS = (*TOPICS, ACTIVATION)


class Warehouse:
    """A built warehouse: its file, and what the build printed."""

    def __init__(self, path: Path, ran: Ran) -> None:
        self.path, self.output = path, ran.output

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(str(self.path), read_only=True)
        connection.execute("set TimeZone = 'UTC'")
        return connection

    @property
    def published(self) -> Path:
        """What its build published; views there name files by where it was built."""
        return self.path.with_name("published")

    def rows(self, sql: str) -> list[tuple]:
        return self.connection.execute(sql).fetchall()

    def one(self, sql: str):
        """The one value, or the one row, of a query."""
        (row,) = self.rows(sql)
        return row[0] if len(row) == 1 else row

    def column(self, sql: str) -> list:
        return [row[0] for row in self.rows(sql)]

    def records(self, sql: str) -> list[dict]:
        cursor = self.connection.execute(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    @cached_property
    def tables(self) -> list[str]:
        """The public tables, `schema.table`."""
        schemas = ", ".join(f"'{schema}'" for schema in PUBLIC_SCHEMAS)
        return self.column(f"""
            select schema_name || '.' || table_name from duckdb_tables() where schema_name in ({schemas}) order by 1
        """)

    @cached_property
    def columns(self) -> dict[str, list[tuple[str, str]]]:
        """Name and type of the columns of each public table, in order."""
        found = self.rows("""
            select schema_name || '.' || table_name, column_name, data_type
            from duckdb_columns() order by 1, column_index
        """)
        return {name: [(column, kind) for table, column, kind in found if table == name] for name in self.tables}

    @cached_property
    def primary_keys(self) -> dict[str, list[str]]:
        return dict(
            self.rows("""
            select schema_name || '.' || table_name, constraint_column_names
            from duckdb_constraints() where constraint_type = 'PRIMARY KEY'
        """)
        )

    def bytes_of(self, table: str, order: str, scratch: Path, leave_out: str = "") -> bytes:
        """All rows as csv; doubles with every digit. Named columns are left out."""
        shown = f"* exclude ({', '.join(leave_out.split())})" if leave_out else "*"
        self.connection.execute(f"copy (select {shown} from {table} order by {order}) to '{scratch}' (format csv)")
        return scratch.read_bytes()


class InMemory(Warehouse):
    """The warehouse of a run without dbt: its tables have no keys, and nothing was published."""

    def __init__(self, run: Rendered) -> None:
        self.run, self.connection, self.output = run, run.connection, ""


def differences(
    first: Warehouse, second: Warehouse, scratch: Path, leave_out: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    """The public tables whose columns or bytes are not the same in both, each with the first line that differs.

    Of a table in `leave_out` the named columns are not compared, with `*` none of its rows.
    """
    assert first.tables == second.tables == sorted(PUBLIC_TABLES)
    found = []
    for table in first.tables:
        if first.columns[table] != second.columns[table]:
            found.append(f"{table}: other columns")
        without = leave_out.get(table, "")
        if without == "*":
            continue
        order = ", ".join(first.primary_keys.get(table, ["all"]))
        one, other = (each.bytes_of(table, order, scratch, without) for each in (first, second))
        if hashlib.sha256(one).digest() != hashlib.sha256(other).digest():
            lines, others = one.splitlines(), other.splitlines()
            unlike = sum(a != b for a, b in zip(lines, others, strict=False)) + abs(len(lines) - len(others))
            pair = next(((a, b) for a, b in zip(lines, others, strict=False) if a != b), None)
            found.append(f"{table}: {unlike} of {len(lines)} lines differ, first {pair}")
    return found


def console_command(verb: str, settings: tuple[str, ...]) -> list[str]:
    """One verb of the console program with settings, `name=value`."""
    return [CONSOLE, verb, *(part for setting in settings for part in ("--set", setting))]


@dataclass
class Workshop:
    """Where the builds of one process of the tests write.

    All are made on one bench, then put on their shelf, and those with the same settings share a target folder: dbt
    parses anew whenever the path of the warehouse or a setting changes. The showroom has the warehouses that all
    processes share.
    """

    folder: Path
    showroom: Path

    def file(self, name: str) -> Path:
        """The warehouse on its shelf."""
        return self.folder / name / "customer_insight.duckdb"

    def put_copy(self, path: Path, name: str) -> None:
        """Puts a copy of a warehouse, and of what its build published, on the shelf of this name."""
        shelf = self.file(name).parent
        shelf.mkdir()
        shutil.copyfile(path, self.file(name))
        shutil.copytree(path.with_name("published"), shelf / "published", symlinks=True)

    def target(self, command: list[str]) -> Path:
        """dbt's target folder for a command with these settings, however they are given."""
        settings = {}
        for flag, value in pairwise(command):
            if flag == "--vars":
                settings |= yaml.load(value, yaml.BaseLoader)  # as texts: not every value is one that can be read
            elif flag == "--set":
                name, _, settings[name] = value.partition("=")
        said = json.dumps(settings, sort_keys=True)
        return self.folder / "target" / hashlib.sha256(said.encode()).hexdigest()[:12]

    def at_bench(
        self,
        name: str,
        command: list[str],
        source: str,
        raw: Path | str = "",
        runner: Runner = run_forked,
        *,
        has_manifest: bool = False,
    ) -> Ran:
        """Runs a command on the warehouse of this name, a new one if there is none.

        dbt keeps no log, and writes what it knows as JSON only where that is read: a sixth of a small build.
        """
        bench = self.folder / "bench" / "customer_insight.duckdb"
        environment = {
            "CUSTOMER_INSIGHT_SOURCE": source,
            "CUSTOMER_INSIGHT_RAW": str(raw),
            "CUSTOMER_INSIGHT_WAREHOUSE": str(bench),
            "DBT_TARGET_PATH": str(self.target(command)),
            "DBT_LOG_PATH": str(self.folder / "logs"),
            "DBT_LOG_LEVEL_FILE": "none",
            "DBT_WRITE_JSON": str(has_manifest),
        }
        for folder in (bench.parent, self.file(name).parent):
            folder.mkdir(exist_ok=True)
        erasures = erasure_file(bench)
        erasures.unlink(missing_ok=True)  # of another shop
        for made in (self.file(name), erasure_file(self.file(name))):
            if made.exists():
                made.rename(bench.with_suffix(made.suffix))
        try:
            return runner(command, environment)
        finally:
            for made in (bench, erasures):
                if made.exists():
                    made.rename(self.file(name).with_suffix(made.suffix))
            if key_file(bench).exists():  # by which they can be read
                shutil.copyfile(key_file(bench), key_file(self.file(name)))
            for beside in ("published", f"{bench.stem}.answers"):
                made = bench.with_name(beside)
                if made.exists():
                    shutil.rmtree(self.file(name).with_name(beside), ignore_errors=True)
                    made.rename(self.file(name).with_name(beside))

    def call(
        self,
        name: str,
        verb: str,
        source: str,
        raw: Path | str = "",
        settings: tuple[str, ...] = (),
        runner: Runner = run_forked,
    ) -> Ran:
        """One verb of the console program."""
        return self.at_bench(name, console_command(verb, settings), source, raw, runner)

    def build(
        self,
        name: str,
        source: str,
        raw: Path | str = "",
        settings: tuple[str, ...] = (),
        runner: Runner = run_forked,
    ) -> Warehouse:
        """A warehouse built by `customer-insight build`; the build has to succeed."""
        ran = self.call(name, "build", source, raw, settings, runner)
        assert ran.code == 0, ran.output[-4000:]
        return Warehouse(self.file(name), ran)

    def shown(self, name: str, source: str, raw: Path | str = "", settings: tuple[str, ...] = ()) -> Warehouse:
        """A warehouse of the showroom, built by whichever process asks for it first.

        Beside it are the SQL and the manifests that dbt made for it.
        """
        self.showroom.mkdir(exist_ok=True)
        place = self.showroom / name
        said = place / "output.txt"
        with FileLock(place.with_suffix(".lock")):
            if not said.exists():
                command = console_command("build", settings)
                ran = self.at_bench(name, command, source, raw, run, has_manifest=True)
                assert ran.code == 0, ran.output[-4000:]
                made, target = self.file(name).parent, self.target(command)
                shutil.copytree(target / "compiled" / "customer_insight" / "models", made / "compiled")
                for manifest in ("manifest.json", "semantic_manifest.json"):
                    shutil.copy(target / manifest, made)
                (made / said.name).write_text(ran.output, encoding="utf-8")
                made.rename(place)
        return Warehouse(place / "customer_insight.duckdb", Ran(0, said.read_text(encoding="utf-8")))

    def demo_shop(self, folder: Path, customers: int, seed: int, form: str) -> Ran:
        """A made shop of another size, written by the console program."""
        size = ["--customers", str(customers), "--seed", str(seed), "--format", form, "--to", str(folder)]
        return run_forked([CONSOLE, "demo", *size], {})

    def models(
        self, name: str, wanted: list[str], *flags: str, source: str = "demo", raw: Path | str = "", **settings: object
    ) -> Warehouse:
        """The warehouse after dbt has built these models and what they need, once more if it was there before."""
        kinds = ["model"] if self.file(name).exists() else ["model", "seed"]
        chosen = [part for kind in kinds for part in ("--resource-type", kind)]
        chosen += ["--select", *(f"+{model}" for model in wanted)]
        if settings:
            chosen += ["--vars", json.dumps(settings)]
        return self.dbt(name, source, "build", *chosen, *flags, raw=raw)

    def dbt(self, name: str, source: str, *arguments: str, raw: Path | str = "") -> Warehouse:
        """The warehouse after one dbt command, without the console program; the command has to succeed."""
        ran = self.at_bench(name, [DBT, *arguments, "--profiles-dir", "profiles"], source, raw)
        assert ran.code == 0, ran.output[-4000:]
        return Warehouse(self.file(name), ran)
