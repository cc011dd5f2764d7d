"""The committed made shop, as a reader of its files sees it."""

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SEEDS = ROOT / "seeds" / "demo"
PLANTED = ROOT / "tests" / "fixtures" / "demo_planted"


@pytest.fixture(scope="session")
def committed():
    """Folders of the committed shop: its tables, and what was planted in them."""
    return SEEDS, PLANTED


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def tables():
    return {path.stem.removeprefix("demo_"): read_csv(path) for path in sorted(SEEDS.glob("*.csv"))}


@pytest.fixture(scope="session")
def facts():
    return json.loads((PLANTED / "facts.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def planted():
    return {path.stem: read_csv(path) for path in sorted(PLANTED.glob("*.csv"))}


@pytest.fixture(scope="session")
def good(tables, planted):
    """The rows without defects, blanks around their cells gone."""
    bad = defaultdict(set)
    for row in planted["defects"]:
        bad[row["source_table"]].add(int(row["row_number"]))
    return {
        name: [{k: v.strip() for k, v in row.items()} for number, row in enumerate(rows, 1) if number not in bad[name]]
        for name, rows in tables.items()
    }


@pytest.fixture(scope="session")
def baskets(good):
    """Distinct products of each completed order; the order's own lines decide."""
    orders = defaultdict(set)
    for row in good["order_lines"]:
        is_product = row["is_product"].lower() in ("true", "1", "yes")
        if is_product and row["order_status"].lower() in ("completed", ""):
            orders[row["order_id"]].add(row["product_id"])
    return orders
