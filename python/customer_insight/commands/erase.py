"""`customer-insight erase`: somebody asked to be forgotten, and the shop's system cannot say so."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from customer_insight.commands.project import CommandError, project_folder, warehouse_file
from customer_insight.publish.erasure_file import ErasureFileError, add_erasures, erasure_key
from customer_insight.publish.id_key import IdKeyError, id_key

# An id as the shop wrote it or as readers see it, or one of several that are one person.
KNOWN = """
    select i.id, coalesce(p.own_id, i.id) as own_id
    from (select unnest($1::varchar[]) as id) as i
    left join staging.stg_published_ids as p on i.id = p.published_id
    where coalesce(p.own_id, i.id) in (select customer_id from intermediate.int_customers)
        or coalesce(p.own_id, i.id) in (select customer_id from staging.stg_customers__wishes)
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the verb."""
    parser.add_argument("customers", nargs="+", metavar="ID", help="who: a customer_id, the shop's or a published one")
    parser.add_argument("--warehouse", metavar="FILE", help="the DuckDB file that was built (default: the profile's)")


def run(arguments: argparse.Namespace) -> int:
    """Writes who is to be forgotten beside the warehouse. Raises CommandError; then nothing is written."""
    warehouse = Path(arguments.warehouse).resolve() if arguments.warehouse else warehouse_file(project_folder())
    own_ids = _known(warehouse, sorted(set(arguments.customers)))
    try:
        key = id_key(warehouse)
        keys = [erasure_key(key, each) for each in own_ids]
        new = add_erasures(warehouse, key, keys, datetime.now(UTC).date().isoformat())
    except (IdKeyError, ErasureFileError) as error:
        raise CommandError(f"{error}.") from None
    print(f"{new} of {len(own_ids)} were not erased yet. All are gone with the next build, from every table, for good:")
    print("older files that still have them change nothing. Until then, and in runs published before, they are there;")
    print("from its own files and from other tools the shop has to delete them itself.")
    return 0


def _known(warehouse: Path, ids: list[str]) -> list[str]:
    """The shop's own ids. Raises CommandError where the warehouse is not there, or does not know one."""
    if not warehouse.is_file():
        raise CommandError(f"{warehouse} is not there: build it first (customer-insight build).")
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            found = dict(connection.execute(KNOWN, [ids]).fetchall())
    except duckdb.Error as error:
        raise CommandError(f"{warehouse} cannot be asked who its customers are: {error}") from None
    if unknown := [each for each in ids if each not in found]:
        raise CommandError(
            f"{', '.join(unknown)}: expected the id of a customer in {warehouse}, found nobody of that name. Nobody was"
            " erased."
        )
    return sorted(found.values())
