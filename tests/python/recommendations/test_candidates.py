from dataclasses import dataclass

import numpy as np
import pytest
from customer_insight.recommendations.proposing import candidates
from customer_insight.recommendations.proposing.candidates import Candidates, filled, propose
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from shops import shops

CUSTOMERS = np.arange(6)
tables = st.lists(st.sampled_from([0, 0, 1e-11, 0.25, 0.5, 0.5 + 1e-12, 1, 3]), min_size=42, max_size=42).map(
    lambda values: np.array(values).reshape(6, 7)
)


@dataclass
class Known:
    """A model that says what it is given; nothing about zeros."""

    table: np.ndarray
    is_dense: bool = False

    def scores(self, customers):
        rows = self.table[customers]
        return np.where(rows > 0, rows, -np.inf) if self.is_dense else sparse.csr_array(rows)


def listed(found):
    return [
        list(zip(found.product[found.customer == c].tolist(), found.score[found.customer == c], strict=True))
        for c in CUSTOMERS
    ]


def by_hand(shop, table, limit):
    lists = []
    for c in CUSTOMERS:
        ranked = sorted((-float(np.round(table[c, p], 9)), p) for p in shop.available())
        lists.append([(p, -score) for score, p in ranked if score < 0])
    new = [[pair for pair in lists[c] if pair[0] not in shop.owned(c)][:limit] for c in CUSTOMERS]
    return new, [[pair for pair in lists[c] if pair[0] in shop.owned(c)] for c in CUSTOMERS]


@given(shops(), tables, st.integers(1, 8))
@settings(max_examples=100)
def test_sparse_and_dense_scores_give_the_same_lists_with_ties_by_code(shop, table, limit):
    expected = by_hand(shop, table, limit)
    new, own = propose(Known(table), shop.history, CUSTOMERS, limit)
    assert (listed(new), listed(own)) == expected
    table = np.where(np.round(table, 9) > 0, table, 0)
    new, own = propose(Known(table, is_dense=True), shop.history, CUSTOMERS, limit)
    assert (listed(new), listed(own)) == expected


@given(shops(), tables)
@settings(max_examples=30)
def test_small_blocks_give_the_same_lists(shop, table):
    whole = [listed(part) for part in propose(Known(table, is_dense=True), shop.history, CUSTOMERS, 3)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "_BLOCK_CELLS", 14)
        assert [listed(part) for part in propose(Known(table, True), shop.history, CUSTOMERS, 3)] == whole


@given(shops(), tables, st.integers(1, 8), st.sampled_from([1 << 24, 3]))
@settings(max_examples=100)
def test_free_places_are_filled_with_exactly_the_next_popular_products(shop, table, limit, cells):
    new, own = propose(Known(table), shop.history, CUSTOMERS, limit)
    best = candidates.joined([new, own]).best(limit)
    popularity = shop.history.popularity(60)
    known = np.where(shop.history.catalogue.is_available, popularity, np.nan)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "_BLOCK_CELLS", cells)
        found = filled(best, shop.history.owned, known, limit)
    popular = sorted(shop.available(), key=lambda p: (-popularity[p], p))
    for c in CUSTOMERS:
        head = best.product[best.customer == c].tolist()
        free = [p for p in popular if p not in head and p not in shop.owned(c)]
        assert found.product[found.customer == c].tolist() == (head + free)[:limit]
        assert (np.diff(found.score[found.customer == c]) <= 0).all()
    assert (found.score[: best.score.size] <= 3).all()
    assert (np.diff(found.customer) >= 0).all()


@given(st.integers(1, 30), st.integers(1, 4))
@settings(max_examples=30)
def test_customers_who_own_the_most_popular_hundreds_get_the_next_ones(owned_count, limit):
    owned = sparse.csr_array(np.vstack([np.arange(40) < owned_count, np.zeros(40)]).astype(float))
    none = Candidates(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    found = filled(none, owned, 40.0 - np.arange(40), limit)
    expected = [*range(owned_count, owned_count + limit), *range(limit)]
    assert found.product.tolist() == expected
    assert found.customer.tolist() == [0] * limit + [1] * limit
