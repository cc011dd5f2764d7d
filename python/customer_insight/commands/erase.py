"""`customer-insight erase`: somebody asked to be forgotten, and the shop's system cannot say so."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from customer_insight.commands.project import CommandError, project_folder, warehouse_file
from customer_insight.publish.erasure_file import ErasureFileError, add_erasures, erasure_key
from customer_insight.publish.id_key import IdKeyError, id_key

# By each id given (as the shop or readers write it, an address in any letters) all ids of the person: the next build
# may not know any more that they are one.
KNOWN = """
    with known as (
        select customer_id as own_id from intermediate.int_customers
        union select customer_id from staging.stg_customers__wishes
        union select own_customer_id from staging.stg_customer_joins
    ),
    found as (
        select i.id, k.own_id
        from (select unnest($1::varchar[]) as id) as i
        left join staging.stg_published_ids as p on i.id = p.published_id
        inner join known as k on k.own_id in (i.id, p.own_id) or (contains(i.id, '@') and k.own_id = lower(trim(i.id)))
    ),
    people as (
        select f.id, f.own_id, coalesce(j.customer_id, f.own_id) as person_id
        from found as f left join staging.stg_customer_joins as j on f.own_id = j.own_customer_id
    )
    select id, own_id from people
    union select id, person_id from people
    union select p.id, j.own_customer_id
    from people as p inner join staging.stg_customer_joins as j on p.person_id = j.customer_id
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
    print(f"{new} of {len(own_ids)} ids, with all that are the same person, were not erased yet. With the next build")
    print("what is personal, what they wrote and what is predicted of them is gone for good, and older files that have")
    print("them change nothing; ids and figures of orders stay. Until then, and in runs published before, all is")
    print("there; from its own files and from other tools the shop has to delete them itself.")
    return 0


def _known(warehouse: Path, ids: list[str]) -> list[str]:
    """All ids that the shop has of them. Raises CommandError where the warehouse is not there, or does not know one."""
    if not warehouse.is_file():
        raise CommandError(f"{warehouse} is not there: build it first (customer-insight build).")
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            found = connection.execute(KNOWN, [ids]).fetchall()
    except duckdb.Error as error:
        raise CommandError(
            f"{warehouse} cannot be asked who its customers are (where a build is running, wait for its end): {error}"
        ) from None
    known = {each for each, _ in found}
    if unknown := [each for each in ids if each not in known]:
        raise CommandError(
            f"{', '.join(unknown)}: expected the id of a customer in {warehouse}, found nobody of that name. Nobody was"
            " erased."
        )
    return sorted({own_id for _, own_id in found})
