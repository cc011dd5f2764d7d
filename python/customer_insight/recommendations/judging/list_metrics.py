"""What lists are like, whether or not they are right. The definitions, for the first k places of a list:

- novelty         = mean of -log2 of the share of buyers who bought the product before (one more buyer than known)
- diversity       = 1 - mean cosine of content between two products of the list (Ziegler et al., WWW 2005)
- popularity_bias = mean share of buyers who bought the products of the list / the same of the customer's own products;
                    1: as popular as what the customer chooses alone (Abdollahpouri et al., RMSE 2019: popularity lift)
- coverage        = distinct products in all lists / products that can be recommended; one figure for all customers
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.recommendations.history.history import History
from customer_insight.recommendations.proposing.candidates import Candidates


class ListMetrics:
    """For lists of customers (positions) out of a history; customers of lists are places among them."""

    def __init__(self, history: History, customers: Ints) -> None:
        self.history = history
        self.count = customers.size
        owned = history.owned
        buyers = np.bincount(owned.indices, minlength=history.catalogue.count)
        everyone = max(1, int((np.diff(owned.indptr) > 0).sum()))
        self.share = buyers / everyone
        self.surprise = -np.log2((buyers + 1) / (everyone + 1))
        self.content = history.catalogue.content
        self.squares = np.asarray(self.content.power(2).sum(axis=1)).reshape(-1)
        mine = owned[customers]
        size = np.maximum(1, np.diff(mine.indptr))
        self.usual = np.asarray(
            np.bincount(
                np.repeat(np.arange(customers.size), np.diff(mine.indptr)),
                weights=self.share[mine.indices],
                minlength=customers.size,
            )
            / size
        )

    def of_each(self, lists: Candidates) -> dict[str, Floats]:
        """Novelty, diversity and popularity_bias of each list, shape (customers,); NaN where there is no list."""
        length = np.bincount(lists.customer, minlength=self.count).astype(np.float64)

        def mean(values: Floats) -> Floats:
            total = np.bincount(lists.customer, weights=values[lists.product], minlength=self.count)
            found: Floats = np.divide(total, length, out=np.full(self.count, np.nan), where=length > 0)
            return found

        popular = mean(self.share)
        bias = np.divide(popular, self.usual, out=np.full(self.count, np.nan), where=self.usual > 0)
        return {"novelty": mean(self.surprise), "diversity": self._diversity(lists, length), "popularity_bias": bias}

    def _diversity(self, lists: Candidates, length: Floats) -> Floats:
        """From the length of the sum of unit rows: |sum|^2 = n + the cosines of all ordered pairs."""
        shape = (self.count, self.content.shape[0])
        listed = sparse.csr_array((np.ones(lists.product.size), (lists.customer, lists.product)), shape=shape)
        together = sparse.csr_array(listed @ self.content)
        row = np.repeat(np.arange(self.count), np.diff(together.indptr))
        squares = np.bincount(row, weights=together.data**2, minlength=self.count)
        own = np.bincount(lists.customer, weights=self.squares[lists.product], minlength=self.count)
        pairs = length * (length - 1)
        found: Floats = np.divide(pairs - (squares - own), pairs, out=np.full(self.count, np.nan), where=pairs > 0)
        return found

    def coverage(self, lists: Candidates) -> float:
        """Share of the catalogue."""
        return arrays.distinct(lists.product).size / max(1, int(self.history.catalogue.is_available.sum()))
