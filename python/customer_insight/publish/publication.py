"""One publication to files: the warehouse is read once, in one transaction, and everything else is made from that."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from customer_insight.publish.csv_files import write_csv
from customer_insight.publish.duckdb_files import write_copy, write_views
from customer_insight.publish.erasure_file import ErasureFileError, read_erasures
from customer_insight.publish.id_key import id_key
from customer_insight.publish.manifest import manifest, run_name
from customer_insight.publish.parquet_files import TableFile, write_table
from customer_insight.publish.publish_errors import PublishError
from customer_insight.publish.published_ids import prepare
from customer_insight.publish.refusals import told_rises
from customer_insight.publish.result_tables import ACTIVATION, latest_as_of, result_tables
from customer_insight.publish.run_folders import COPY, MANIFEST, RunFolders
from customer_insight.publish.sql_text import literal

WAREHOUSE = "warehouse"

# As `erasure_key` of the file has it; the key is a variable of the connection.
ERASED_SINCE = """
    select count(*) from {warehouse}.shop.customers
    where
        not is_erased
        and sha256(
            getvariable('id_key') || ':erased:' || sha256(getvariable('id_key') || ':erased:' || customer_id)
        ) in (select unnest($1::varchar[]))
"""


@dataclass(frozen=True)
class Publication:
    """What readers see now: the run's name, folder and tables, the files for other tools, and what to beware of."""

    name: str
    folder: Path
    files: list[TableFile]
    exports: list[TableFile]
    warnings: list[str]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(file.rows for file in self.files)


def publish_files(warehouse: Path, folder: Path, kept_runs: int, most_refused: float = 1.0) -> Publication:
    """Publishes a warehouse to a folder (see run_folders); the last `kept_runs` runs stay.

    `most_refused`: by what share of a table's rows refusals may have risen since the run before (see refusals).
    Raises PublishError where the warehouse cannot be read or was not built whole, or the folder cannot be written.
    """
    try:
        return _publish(warehouse, RunFolders(folder.resolve()), kept_runs, most_refused)
    except (OSError, duckdb.Error) as error:  # a full disk, a folder that may not be written
        raise PublishError(f"{folder} could not be written: {error}") from error


def _publish(warehouse: Path, folders: RunFolders, kept_runs: int, most_refused: float) -> Publication:
    with folders.locked(), duckdb.connect() as connection:
        name, files, exports, warnings = _write_run(connection, warehouse, folders, most_refused)
        folders.put_run(name, [file.path for file in [*files, *exports]])
        run = folders.run(name)
        write_views(connection, folders.partial / "views.duckdb", files, run)
        write_copy(connection, folders.partial / COPY, files, run)
        folders.put_run(name, ["views.duckdb", MANIFEST])
        folders.switch(name)
        folders.put_copy()
        folders.drop_old_runs(kept_runs)
    return Publication(name, run, files, exports, warnings)


def _write_run(
    connection: duckdb.DuckDBPyConnection, warehouse: Path, folders: RunFolders, most_refused: float
) -> tuple[str, list[TableFile], list[TableFile], list[str]]:
    """Tables and manifest in `.partial`; the warehouse is open no longer than that."""
    if not warehouse.is_file():
        raise PublishError(f"There is no warehouse {warehouse}; build it first: customer-insight build.")
    try:
        connection.execute(f"attach {literal(str(warehouse))} as {WAREHOUSE} (read_only)")
    except duckdb.Error as error:
        raise PublishError(f"The warehouse {warehouse} cannot be read: {error}") from error
    _require_whole_build(connection, warehouse)
    warnings = told_rises(connection, WAREHOUSE, folders.current, most_refused)
    write = partial(write_table, connection, WAREHOUSE, folder=folders.partial)
    has_own_ids = prepare(connection, WAREHOUSE, warehouse)
    _require_erased(connection, warehouse)
    tables = result_tables(connection, WAREHOUSE)
    files = [write(table, has_own_ids=has_own_ids) for table in tables]
    exports = [write(table, has_own_ids=has_own_ids) for table in result_tables(connection, WAREHOUSE, (ACTIVATION,))]
    exports += [write_csv(connection, file, folders.partial) for file in exports]
    as_of = latest_as_of(connection, WAREHOUSE, tables)
    connection.execute(f"detach {WAREHOUSE}")
    name = run_name(as_of, [*files, *exports])
    (folders.partial / MANIFEST).write_text(manifest(name, as_of, [*files, *exports]), encoding="utf-8")
    return name, files, exports, warnings


def _require_erased(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    """Raises PublishError where somebody was erased after the build, who would go to readers once more."""
    try:
        erased = list(read_erasures(warehouse, id_key(warehouse)))
    except ErasureFileError as error:
        raise PublishError(f"{error}.") from None
    if not erased:
        return
    kept = connection.execute(ERASED_SINCE.format(warehouse=WAREHOUSE), [erased]).fetchall()[0][0]
    if kept:
        raise PublishError(
            f"{kept} of the customers in {warehouse} have been erased since its build; nothing is published before"
            " the next one: customer-insight build."
        )


def _require_whole_build(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    """Raises PublishError unless the last thing that dbt did here was a build of everything, without a failure."""
    try:
        rows = connection.execute(f"select is_green from {WAREHOUSE}.intermediate.last_build").fetchall()
    except duckdb.CatalogException:
        rows = []
    if rows != [(True,)]:
        raise PublishError(
            f"The last build of {warehouse} was not complete, or a test failed; nothing is published before"
            " a build of everything succeeds: customer-insight build."
        )
