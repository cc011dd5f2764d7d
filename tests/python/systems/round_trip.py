"""The made shop built from its own tables and from a system's export of it, to be compared."""

import csv

from customer_insight.commands.demo import write_export
from customer_insight.demo import shop
from rendered_warehouse import Rendered, rendered

SEED, CUSTOMERS = 3, 250


def built_from_own_tables(folder, models, tables=("order_lines", "customers", "products"), change=None) -> Rendered:
    """The shop without defects from its own tables. `change(name, rows)`: what a system cannot say, left out of them.

    Nobody in it was forgotten, for no export says so.
    """
    raw = folder / "raw"
    raw.mkdir(parents=True)
    (block,) = shop.make_shop(SEED, CUSTOMERS, is_clean=True)
    for name in tables:
        rows = [
            row | {"erased_at": None} if name == "customers" else row for row in block.tables[name].table.to_pylist()
        ]
        rows = change(name, rows) if change else rows
        with (raw / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), restval="")
            writer.writeheader()
            writer.writerows(rows)
    return built("files", raw, models)


def built_as(folder, system, models, currency="GBP") -> Rendered:
    """The same shop from the system's export of it."""
    write_export(system, SEED, CUSTOMERS, folder / "raw")
    return built(system, folder / "raw", models, currency)


def built(source, raw, models, currency="GBP") -> Rendered:
    """Models of the project from a raw folder."""
    return rendered(source, raw, models, reporting_currency=currency)
