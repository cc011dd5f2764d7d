"""`customer-insight demo`: write a made shop of any size, deterministic in its seed."""

from __future__ import annotations

import argparse
import csv
import io
import json
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import pyarrow.parquet as pq

from customer_insight.commands.export_files import write_files
from customer_insight.commands.input_arguments import program
from customer_insight.demo import defects, shop
from customer_insight.demo.exports import EXPORTS
from customer_insight.demo.exports.export_file import Row
from customer_insight.report.wording import counted

DESCRIPTION = (
    "Write a made shop of any size, with planted groups, tastes, rules and defects; deterministic in its seed."
)
EXAMPLE = "example: customer-insight demo --customers 20000 --seed 7 --to /tmp/shop"
DEFAULT_CUSTOMERS = 2_000
DEFAULT_SEED = 7


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `customer-insight demo`."""
    parser.epilog = EXAMPLE
    parser.add_argument("--customers", type=int, default=DEFAULT_CUSTOMERS, metavar="N",
                        help="customers; each brings about 6 orders and 30 events (default %(default)s)")  # fmt: skip
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, metavar="S", help="0 or more (default %(default)s)")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder to write: new, or empty")
    parser.add_argument("--format", choices=["parquet", "csv"], default="parquet", help="default %(default)s")
    parser.add_argument("--as", dest="system", choices=list(EXPORTS),
                        help="without defects, as this shop system exports it")  # fmt: skip
    parser.add_argument("--seeds", action="store_true",
                        help="DIR is this repository: renew its committed made shop")  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Write the shop; 0 when done, 2 when the options make no sense, 1 when it cannot be written."""
    if args.customers < 1 or args.seed < 0:
        return _fail("--customers must be 1 or more and --seed 0 or more.", 2)
    if args.seeds:
        if not (args.to / "dbt_project.yml").is_file():
            return _fail(f"{args.to} is not the repository: --seeds expects the folder with dbt_project.yml.", 2)
        tables, planted = args.to / "seeds" / "demo", args.to / "tests" / "fixtures" / "demo_planted"
        write_shop(args.seed, args.customers, tables, planted, form="seeds")
        return 0
    if args.to.exists() and (not args.to.is_dir() or any(args.to.iterdir())):
        return _fail(f"{args.to} is there already and is not an empty folder. Choose another --to, or empty it.", 2)
    partial = args.to.with_name(args.to.name + ".partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        if args.system:
            write_export(args.system, args.seed, args.customers, partial)
        else:
            write_shop(args.seed, args.customers, partial, partial / "planted", form=args.format)
        if args.to.exists():
            args.to.rmdir()
        partial.rename(args.to)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        return _fail(f"cannot write {args.to}: {error.strerror or error}.", 1)
    customers = counted(args.customers, "customer", "customers")
    if args.system:
        look = f"{program()} check --source {args.system} --raw {args.to}"
        print(f"A shop of {customers} is in {args.to}. Next: {look}")
    else:
        print(f"A shop of {customers} is in {args.to}; what was planted in it, in {args.to / 'planted'}.")
    return 0


def _fail(sentence: str, code: int) -> int:
    print(f"customer-insight demo: {sentence}", file=sys.stderr)
    return code


class _CsvFile:
    """A table written as csv: quoted only where it must be, Unix line ends, empty where null."""

    def __init__(self, path: Path) -> None:
        self.file: TextIO = path.open("w", encoding="utf-8", newline="")
        self.writer = csv.writer(self.file, lineterminator="\n")
        self.has_header = False

    def write(self, table: Any, wrong_width: list[int] | None = None) -> None:
        """Append `table`; the 1-based rows `wrong_width` get two fields too many or lose half of them."""
        if not self.has_header:
            self.writer.writerow(table.column_names)
            self.has_header = True
        odd = set(wrong_width or ())
        rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
        if not odd:
            self.writer.writerows(rows)
            return
        for number, row in enumerate(rows, start=1):
            self.writer.writerow(row if number not in odd else (*row, "x", "x") if number % 2 else row[: len(row) // 2])

    def close(self) -> None:
        """Close the file."""
        self.file.close()


class _ParquetFile:
    """A table written as Parquet, one row group or more a block."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writer: Any = None

    def write(self, table: Any, wrong_width: list[int] | None = None) -> None:
        """Append `table`; every row has the right width here."""
        if self.writer is None:
            self.writer = pq.ParquetWriter(self.path, table.schema, compression="zstd")
        self.writer.write_table(table, row_group_size=250_000)

    def close(self) -> None:
        """Write the footer."""
        if self.writer is not None:
            self.writer.close()


def write_export(system: str, seed: int, customers: int, folder: Path) -> None:
    """Write the shop without defects as a shop system exports it."""
    folder.mkdir(parents=True, exist_ok=True)
    export = EXPORTS[system]

    def rows() -> Iterator[tuple[str, Row]]:
        products = None
        for block in shop.make_shop(seed, customers, is_clean=True):
            products = block.tables["products"].table if "products" in block.tables else products
            yield from export.rows(block, products)

    write_files(folder, export.FILES, rows())


def write_shop(seed: int, customers: int, tables: Path, planted: Path, form: str) -> dict[str, int]:
    """Write the shop's tables and, in `planted`, what is in them; returns the rows of each table.

    `form`: `parquet` or `csv` (`<table>.parquet`, `<table>.csv`), or `seeds` (`demo_<table>.csv`).
    """
    tables.mkdir(parents=True, exist_ok=True)
    planted.mkdir(parents=True, exist_ok=True)
    began, blocks = time.monotonic(), shop.block_count(customers)
    prefix, ending = ("demo_" if form == "seeds" else ""), ("parquet" if form == "parquet" else "csv")
    make = _ParquetFile if form == "parquet" else _CsvFile
    files: dict[str, Any] = {name: make(tables / f"{prefix}{name}.{ending}") for name in shop.TABLES}
    notes: dict[str, _CsvFile] = {}
    defect_file = (planted / "defects.csv").open("w", encoding="utf-8", newline="")
    defect_writer = csv.writer(defect_file, lineterminator="\n")
    defect_writer.writerow(["source_table", "row_number", "reason"])
    rows: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    try:
        for block in shop.make_shop(seed, customers):
            for name, damaged in block.tables.items():
                wide = [int(row) for row in damaged.wrong_width] if form == "csv" else []
                files[name].write(damaged.table, wide)
                found = [*zip((int(row) for row in damaged.row_number), damaged.reason, strict=True)]
                found += [(row, defects.WIDTH) for row in wide]
                defect_writer.writerows((name, rows[name] + row, reason) for row, reason in sorted(found))
                reasons.update(f"{name}: {reason}" for _, reason in found)
                rows[name] += damaged.table.num_rows
            for name, table in block.planted.items():
                if name not in notes:
                    notes[name] = _CsvFile(planted / f"{name}.csv")
                notes[name].write(table)
            if blocks > 1:
                seconds = time.monotonic() - began
                lines = counted(rows["order_lines"], "order line", "order lines")
                events = counted(rows["events"], "event", "events")
                done = f"block {block.number + 1} of {blocks}: {lines}, {events}, {seconds:.0f} s"
                print(done, file=sys.stderr, flush=True)
    finally:
        for file in [*files.values(), *notes.values()]:
            file.close()
        defect_file.close()
    facts = {
        "seed": seed,
        "customers": customers,
        **shop.planted_facts(seed, customers),
        "rows": dict(rows),
        "defects": dict(sorted(reasons.items())),
    }
    text = io.StringIO()
    json.dump(facts, text, indent=2, ensure_ascii=False)
    (planted / "facts.json").write_text(text.getvalue() + "\n", encoding="utf-8")
    return dict(rows)
