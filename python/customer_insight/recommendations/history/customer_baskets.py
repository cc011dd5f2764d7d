"""Customers' baskets in order: what a customer bought on one day. Not a strategy: shared by `up_cf` and `tifu_knn`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.recommendations.history.history import History


@dataclass(frozen=True)
class CustomerBaskets:
    """Rows of purchases: position of customer, product, and the basket's number from the customer's last, from 0.

    Shapes (rows,); counts: baskets of each customer, shape (customers,).
    """

    customer: Ints
    product: Ints
    number: Ints
    counts: Ints
    shape: tuple[int, int]

    def weighted(self, weight: Floats) -> sparse.csr_array:
        """Customers x products: the weights of the rows added up."""
        summed = sparse.csr_array(sparse.coo_array((weight, (self.customer, self.product)), shape=self.shape))
        summed.sort_indices()
        return summed


def read_customer_baskets(history: History) -> CustomerBaskets:
    """The baskets of a history."""
    bought = history.demand > 0
    days = history.span_days + 1
    # one number for all three: sorting it takes a tenth of sorting three columns
    basket = history.customer[bought] * days + history.age[bought]
    basket, product = history.catalogue.split(np.sort(history.catalogue.keys(basket, history.product[bought])))
    customer, age = np.divmod(basket, days)
    is_new = np.ones(customer.size, dtype=np.bool_)
    is_new[1:] = (customer[1:] != customer[:-1]) | (age[1:] != age[:-1])
    number = np.cumsum(is_new) - 1
    counts = np.bincount(customer[is_new], minlength=history.customer_count).astype(np.int64)
    first = np.cumsum(counts) - counts
    shape = (history.customer_count, history.catalogue.count)
    return CustomerBaskets(customer, product, number - first[customer], counts, shape)


def recent_shares(history: History, recent: int) -> sparse.csr_array:
    """Customers x products: share of the customer's last `recent` baskets that hold the product."""
    baskets = read_customer_baskets(history)
    counted = np.minimum(np.maximum(baskets.counts, 1), recent)
    weight = np.where(baskets.number < recent, 1.0 / counted[baskets.customer], 0.0)
    shares = baskets.weighted(weight)
    shares.eliminate_zeros()
    return shares
