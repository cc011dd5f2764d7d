"""Baskets as a sparse matrix of zeros and ones: a row a basket, a column an item."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import sparse

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Ints


@dataclass(frozen=True)
class Baskets:
    """The distinct items of each basket, ascending; items are positions in `item_codes`, which ascends.

    incidence: CSR of shape (baskets, items) whose stored values are all 1. Baskets without items have empty rows.
    """

    item_codes: Ints
    incidence: sparse.csr_array

    @property
    def count(self) -> int:
        """Baskets, empty ones included."""
        return int(self.incidence.shape[0])

    @property
    def sizes(self) -> Ints:
        """Items of each basket, shape (baskets,)."""
        return np.asarray(np.diff(self.incidence.indptr), dtype=np.int64)

    def item_counts(self) -> Ints:
        """Baskets of each item, shape (items,)."""
        return np.bincount(self.incidence.indices, minlength=self.item_codes.size).astype(np.int64)

    def keep(self, is_kept: npt.NDArray[np.bool_]) -> Baskets:
        """The same baskets with the chosen items alone, renumbered; is_kept of shape (items,)."""
        position = np.cumsum(is_kept, dtype=np.int32) - np.int32(1)
        stays = is_kept[self.incidence.indices]
        kept_before = np.concatenate([[0], np.cumsum(stays)])
        offsets = kept_before[self.incidence.indptr]
        items = position[self.incidence.indices[stays]]
        codes = self.item_codes[is_kept]
        ones = np.ones(items.size, dtype=np.int32)
        return Baskets(codes, sparse.csr_array((ones, items, offsets), shape=(self.count, codes.size)))

    def fingerprint(self) -> str:
        """A hash of what was read, in canonical order."""
        return arrays.fingerprint(
            {
                "item_codes": self.item_codes,
                "offsets": self.incidence.indptr.astype(np.int64),
                "items": self.incidence.indices.astype(np.int32),
            }
        )


def read_baskets(basket_items: pa.Table) -> Baskets:
    """Distinct pairs of columns basket_code and item_code (null: a basket without items, still a basket).

    Raises ValueError, with a sentence, on a missing column, null baskets or codes that are no 32-bit whole numbers.
    """
    codes, basket = arrays.dense(arrays.codes(basket_items, "basket_code"))
    item, is_item = arrays.codes_and_validity(basket_items, "item_code")
    if item.size and not -(2**31) <= item.min() <= item.max() < 2**31:
        raise ValueError("Column 'item_code' must fit into 32 bits.")
    if not is_item.all():
        basket, item = basket[is_item], item[is_item]
    item_codes, item = arrays.dense(item)
    ones = np.ones(item.size, dtype=np.int8)
    shape = (codes.size, item_codes.size)
    incidence = sparse.coo_array((ones, (basket.astype(np.int32), item.astype(np.int32))), shape=shape).tocsr()
    incidence.sum_duplicates()
    incidence.data = np.ones(incidence.nnz, dtype=np.int32)
    return Baskets(item_codes, incidence)


def minimum_count(min_support: Fraction, basket_count: int) -> int:
    """The smallest number of baskets that is at least the share: exactly ceil(min_support x baskets), at least 1."""
    return max(1, math.ceil(min_support * basket_count))
