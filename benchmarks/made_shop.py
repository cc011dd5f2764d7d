"""Made shops of a given size, written once into the folder of the benchmarks and kept there."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from benchmarks.measure import run

SEED = 7
# a customer brings about 29.5 events
CUSTOMERS = {2: 68_000, 20: 680_000}


def made_shop(folder: Path, million_events: int) -> Path:
    """The folder of a made shop with about so many million events; minutes where it is not there yet."""
    customers = CUSTOMERS[million_events]
    shop = folder / f"shop_{customers}"
    if not shop.is_dir():
        print(f"making a shop of {customers:,} customers in {shop}", file=sys.stderr)
        program = [sys.executable, "-m", "customer_insight.commands.cli", "demo"]
        run([*program, "--customers", str(customers), "--seed", str(SEED), "--to", str(shop)], folder / "demo.log")
    return shop


def shop_with_fewer_lines(folder: Path, million_events: int, order_lines: int) -> Path:
    """The same shop, with whole orders cut off its order lines so that about `order_lines` are left."""
    shop = made_shop(folder, million_events)
    smaller = folder / f"{shop.name}_lines_{order_lines}"
    if not smaller.is_dir():
        partial = smaller.with_suffix(".partial")
        partial.mkdir(exist_ok=True)
        for file in shop.glob("*.parquet"):
            if not (partial / file.name).exists():
                (partial / file.name).symlink_to(file)
        lines = partial / "order_lines.parquet"
        lines.unlink()
        with duckdb.connect() as connection:
            # rows lie in the order of the customers' blocks, orders in one piece: the first rows are whole orders
            connection.execute(
                f"copy (from read_parquet('{shop / lines.name}') limit {order_lines}) to '{lines}' (compression zstd)"
            )
        partial.rename(smaller)
    return smaller
