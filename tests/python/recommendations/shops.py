"""Small shops written as lists, and random ones: what the tests of strategies, windows and metrics are run on."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from customer_insight.recommendations.history.history import Catalogue, History
from customer_insight.recommendations.history.read_history import read_history
from hypothesis import strategies as st
from scipy import sparse

COLUMNS = ("customer_code", "product_code", "age_days", "purchases", "carts", "views")


@dataclass(frozen=True)
class Shop:
    """rows: customer, product, age in days, purchases, carts, views; customers and products: how many there are.

    content: one list of numbers for each product, of length one or all zero.
    """

    rows: list
    customers: int
    products: int
    unavailable: frozenset = frozenset()
    content: list | None = None

    @cached_property
    def catalogue(self) -> Catalogue:
        codes = np.arange(self.products)
        content = np.array(self.content or np.zeros((self.products, 1)), dtype=float)
        is_available = ~np.isin(codes, list(self.unavailable))
        return Catalogue(codes, is_available, codes % 3 - 1, 1.0 + codes % 5, sparse.csr_array(content))

    @cached_property
    def history(self) -> History:
        return read_history(self.table, np.arange(self.customers), self.catalogue)

    @property
    def table(self) -> pa.Table:
        columns = list(zip(*self.rows, strict=True)) if self.rows else [[]] * len(COLUMNS)
        kinds = [pa.int64()] * 3 + [pa.float64()] * 3
        return pa.table({name: pa.array(columns[at], kinds[at]) for at, name in enumerate(COLUMNS)})

    @cached_property
    def seen(self) -> list:
        """Rows in which anything happened, with what counts as a purchase instead of purchases."""
        is_sold = any(row[3] for row in self.rows)
        return [
            (c, p, age, bought if is_sold else carts + views, carts, views)
            for c, p, age, bought, carts, views in self.rows
            if bought + carts + views
        ]

    @cached_property
    def pairs(self) -> dict:
        """(customer, product): what counts as purchases, carts, views, age."""
        found = defaultdict(lambda: [0, 0, 0, np.inf])
        for c, p, age, *counts in self.seen:
            pair = found[c, p]
            for at, count in enumerate(counts):
                pair[at] += count
            pair[3] = min(pair[3], age)
        return dict(found)

    def baskets(self, customer: int) -> list[set]:
        """Products of each day with a purchase, the last day first."""
        days = defaultdict(set)
        for c, p, age, bought, *_ in self.seen:
            if c == customer and bought:
                days[age].add(p)
        return [days[age] for age in sorted(days)]

    def owned(self, customer: int) -> set:
        return set().union(*self.baskets(customer))

    def available(self) -> list[int]:
        return [p for p in range(self.products) if p not in self.unavailable]


def bought(*rows) -> Shop:
    """A shop of (customer, product, age) only."""
    customers, products = (max((row[at] for row in rows), default=-1) + 1 for at in (0, 1))
    return Shop([(*row, 1, 0, 0) for row in rows], customers, products)


@st.composite
def shops(draw, customers: int = 6, products: int = 7, days: int = 6, max_rows: int = 40) -> Shop:
    """Repeated days, products that nobody has, customers without a row and products that may not be recommended."""
    top = draw(st.sampled_from([2, 2, 2, 0]))  # one in four knows no purchase at all
    row = st.tuples(
        st.integers(0, customers - 2),
        st.integers(0, products - 2),
        st.integers(0, days),
        st.integers(0, top),
        st.integers(0, 1),
        st.integers(0, 2),
    )
    rows = draw(st.lists(row, max_size=max_rows))
    unavailable = draw(st.frozensets(st.integers(0, products - 1), max_size=3))
    words = draw(st.lists(st.frozensets(st.integers(0, 3)), min_size=products, max_size=products))
    content = [[(word in said) / max(1, len(said)) ** 0.5 for word in range(4)] for said in words]
    return Shop(rows, customers, products, unavailable, content)


def random_shop(customers: int = 150, products: int = 40, days: int = 400, rows: int = 6000, seed: int = 0) -> Shop:
    """A shop large enough to be judged: customers of one kind buy products of that kind, and buy again."""
    random = np.random.default_rng(seed)
    customer = random.integers(0, customers, rows)
    product = np.minimum(random.geometric(0.15, rows) - 1, products // 2 - 1) * 2 + customer % 2
    columns = (customer, product, random.integers(0, days, rows), random.random(rows) < 0.8, np.zeros(rows))
    found = np.column_stack([*columns, random.integers(0, 3, rows)]).astype(int).tolist()
    content = np.eye(5)[np.arange(products) % 5].tolist()
    return Shop(found, customers, products, frozenset({5}), content)
