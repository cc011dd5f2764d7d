"""The products of the made shop and how they are drawn: by month, department and price tier."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from customer_insight.demo import columns
from customer_insight.demo.columns import TextTable
from customer_insight.demo.words_catalogue import (
    BRANDS,
    CYCLE_PRODUCTS,
    RULE_PRODUCTS,
    SHELVES,
    STYLES,
    VARIANTS,
)
from customer_insight.numerics.arrays import Bools, Floats, Ints

DEPARTMENTS: list[str] = list(BRANDS)
DEPARTMENT_SHARES: list[float] = [0.22, 0.11, 0.12, 0.13, 0.12, 0.12, 0.12, 0.06]
TIERS = 3
PAIRS = ("secateurs", "goggles", "socks", "tongs", "lights")
SUMMER_MONTHS = (4, 5, 6, 7)
CHRISTMAS_MONTHS = (10, 11)
# Ids as shops have them: with quotes, with letters beyond ASCII, with the separator of the file.
ODD_IDS = {40: "P0041-Ø", 77: "P0078'B", 120: 'P0121-12"', 163: "P0164,L", 201: "ПЛ-0202"}


@dataclass(frozen=True)
class DemoCatalogue:
    """All products, one element a product; `planted` ones are never drawn at random."""

    ids: list[str]
    names: list[str]
    nouns: list[str]  # lower case, as a person would type it
    categories: list[str]
    brands: list[str]
    descriptions: list[str]
    pence: Ints  # list price
    department: Ints  # index into DEPARTMENTS
    shelf: Ints  # index of the third-level category
    season: list[str]
    quality: Floats  # -1 poor to 1 excellent
    planted: Bools
    bounds: Floats  # cumulative draw weights, see `draw`
    members: Ints
    starts: Ints

    @property
    def size(self) -> int:
        """Number of products."""
        return len(self.ids)

    def draw(self, rng: np.random.Generator, month: Ints, department: Ints, tier: Ints) -> Ints:
        """One product index for each element of `month` (0-11), `department` and `tier` (0 cheap, 2 dear)."""
        cell = (month * len(DEPARTMENTS) + department) * TIERS + tier
        found = np.searchsorted(self.bounds, cell + rng.random(cell.size), side="right")
        return self.members[np.clip(found, self.starts[cell], self.starts[cell + 1] - 1)]

    @property
    def spoken(self) -> list[str]:
        """What a customer calls each product, in the singular: `pack of oat biscuits`."""
        return [_spoken(noun) for noun in self.nouns]

    def index_of(self, names: tuple[str, ...] | list[str]) -> list[int]:
        """Product indices of names."""
        return [self.names.index(name) for name in names]


def _spoken(noun: str) -> str:
    if not noun.endswith("s") or noun.endswith("ss") or "pair" in noun or "pads" in noun:
        return noun
    return f"{'pair' if noun.split()[-1] in PAIRS else 'copy' if noun.endswith('stories') else 'pack'} of {noun}"


def product_count(customers: int) -> int:
    """300 products for 2,000 customers, growing with the square root: a range grows slower than its customers."""
    return int(np.clip(round(300 * (customers / 2000) ** 0.5), 120, 8000))


def _ordinary_rows(rng: np.random.Generator, count: int) -> list[tuple[str, ...]]:
    """(name, noun, category, brand, description, price, season) of `count` products, shelf by shelf in turn."""
    options: list[list[tuple[str, ...]]] = []
    for shelf in SHELVES:
        nouns, styles = shelf.nouns.split(","), STYLES[shelf.department]
        rows: list[tuple[str, ...]] = []
        for variant in VARIANTS:
            pairs = [(noun, style) for noun in nouns for style in styles]
            for position in rng.permutation(len(pairs)):
                noun, style = pairs[position]
                brand = BRANDS[shelf.department][int(rng.integers(len(BRANDS[shelf.department])))]
                name = f"{style} {noun}" + (f", {variant}" if variant else "")
                price = shelf.lowest + (shelf.highest - shelf.lowest) * float(rng.beta(1.3, 2.2))
                price = round(price) - 0.05 if price > 10 else round(price * 2) / 2
                category = f"{shelf.department} / {shelf.aisle} / {shelf.shelf}"
                described = f"{style} {noun.lower()} by {brand}. {shelf.purpose}"
                rows.append((name, noun.lower(), category, brand, described, f"{max(price, 2.0):.2f}", shelf.season))
        options.append(rows)
    return [options[i % len(options)][i // len(options)] for i in range(count)]


def _draw_weights(
    cat_department: Ints, pence: Ints, season: list[str], popularity: Floats
) -> tuple[Floats, Ints, Ints]:
    """Cumulative weights of (month, department, tier) cells, their products, and where each cell starts."""
    rank = np.zeros(len(pence))
    for department in range(len(DEPARTMENTS)):
        mine = np.flatnonzero(cat_department == department)
        rank[mine] = np.argsort(np.argsort(pence[mine], kind="stable")) / max(len(mine) - 1, 1)
    bounds, members, sizes = [], [], []
    is_summer, is_christmas = np.array([s == "summer" for s in season]), np.array([s == "christmas" for s in season])
    cell = 0
    for month in range(12):
        seasonal = np.where(is_summer, 4.0 if month in SUMMER_MONTHS else 0.3, 1.0)
        seasonal *= np.where(is_christmas, 5.0 if month in CHRISTMAS_MONTHS else 0.15, 1.0)
        for department in range(len(DEPARTMENTS)):
            mine = np.flatnonzero((cat_department == department) & (popularity > 0))
            for tier in range(TIERS):
                weights = (popularity * seasonal * np.exp((tier - 1) * 3.0 * (rank - 0.5)))[mine]
                bounds.append(cell + np.cumsum(weights) / weights.sum())
                members.append(mine)
                sizes.append(len(mine))
                cell += 1
    return np.concatenate(bounds), np.concatenate(members), np.concatenate([[0], np.cumsum(sizes)])


def make_catalogue(seed: int, customers: int) -> DemoCatalogue:
    """The catalogue of a shop with that many customers."""
    rng = columns.random_stream(seed, 0, 1)
    count = product_count(customers)
    special = [*RULE_PRODUCTS, *(product for product, _ in CYCLE_PRODUCTS)]
    rows = _ordinary_rows(rng, count - len(special))
    rows += [(p.name, p.name.split(",")[0].lower(), p.category, p.brand, p.description, f"{p.price:.2f}", "")
             for p in special]  # fmt: skip
    planted = np.arange(count) >= count - len(special)
    order = rng.permutation(count)
    rows, planted = [rows[i] for i in order], planted[order]
    categories = [row[2] for row in rows]
    department = np.array([DEPARTMENTS.index(category.split(" / ")[0]) for category in categories], dtype=np.int64)
    shelf = np.unique(np.array(categories), return_inverse=True)[1].astype(np.int64)
    pence = np.array([round(float(row[5]) * 100) for row in rows], dtype=np.int64)
    popularity = np.where(planted, 0.0, rng.lognormal(0.0, 0.5, count))
    bounds, members, starts = _draw_weights(department, pence, [row[6] for row in rows], popularity)
    return DemoCatalogue(
        ids=[ODD_IDS.get(i, f"P{i + 1:04d}") for i in range(count)],
        names=[row[0] for row in rows],
        nouns=[row[1] for row in rows],
        categories=categories,
        brands=[row[3] for row in rows],
        descriptions=[row[4] for row in rows],
        pence=pence,
        department=department,
        shelf=shelf,
        season=[row[6] for row in rows],
        quality=np.clip(rng.normal(0.25, 0.5, count), -1, 1),
        planted=planted,
        bounds=bounds,
        members=members.astype(np.int64),
        starts=starts.astype(np.int64),
    )


def products_table(seed: int, catalogue: DemoCatalogue) -> TextTable:
    """`products`, one row a product; two in a hundred are no longer available."""
    rng = columns.random_stream(seed, 0, 2)
    available = (rng.random(catalogue.size) >= 0.02) | catalogue.planted
    has_image = rng.random(catalogue.size) < 0.9
    # what a shop pays is a share of its price that hangs on the department, and a little on the product
    rng = columns.random_stream(seed, 0, 4)
    paid = rng.uniform(0.4, 0.65, len(DEPARTMENTS))[catalogue.department] * rng.uniform(0.85, 1.15, catalogue.size)
    return pa.table(
        {
            "product_id": pa.array(catalogue.ids),
            "product_name": pa.array(catalogue.names),
            "description": pa.array(catalogue.descriptions),
            "category": pa.array(catalogue.categories),
            "brand": pa.array(catalogue.brands),
            "price": columns.money(catalogue.pence),
            "is_available": columns.pick(["false", "true"], available.astype(np.int64)),
            "image_path": columns.only(
                has_image, columns.join("images/", columns.whole(np.arange(catalogue.size) + 1), ".jpg")
            ),
            "unit_cost": columns.money(np.rint(catalogue.pence * paid).astype(np.int64)),
            "currency": columns.pick(["GBP"], np.zeros(catalogue.size, dtype=np.int64)),
        }
    )


def with_postage(products: TextTable) -> TextTable:
    """`products` with one row more: postage has a cost as goods have, and nothing else that a catalogue says."""
    row = {
        "product_id": "POSTAGE",
        "product_name": "Postage",
        "is_available": "true",
        "unit_cost": "3.40",
        "currency": "GBP",
    }
    return pa.concat_tables(
        [products, pa.table({n: pa.array([row.get(n)], pa.string()) for n in products.column_names})]
    )


def vectors_table(seed: int, catalogue: DemoCatalogue) -> TextTable:
    """`product_vectors`: 16 floats as a JSON list for 95 % of products, near each other by department and shelf."""
    rng = columns.random_stream(seed, 0, 3)
    centres = rng.normal(0, 1.0, (len(DEPARTMENTS), 16))
    shelves = rng.normal(0, 0.6, (int(catalogue.shelf.max()) + 1, 16))
    vectors = centres[catalogue.department] + shelves[catalogue.shelf] + rng.normal(0, 0.25, (catalogue.size, 16))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    known = np.flatnonzero(rng.random(catalogue.size) < 0.95)
    texts = ["[" + ", ".join(f"{value:.4f}" for value in vectors[i]) + "]" for i in known]
    return pa.table({"product_id": pa.array([catalogue.ids[i] for i in known]), "vector": pa.array(texts)})
