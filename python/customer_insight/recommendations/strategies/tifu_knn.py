"""TIFU-KNN: personal frequency that fades from basket to basket and from group to group, blended with neighbours'.

A customer's baskets are cut, from the last one backwards, into groups of `group_size`. A basket counts basket_decay^p,
p its place from the end of its group; a group counts group_decay^g, g its place from the last; both are means. Score =
own_share x own vector + (1 - own_share) x mean vector of the `neighbours` nearest customers (Euclidean distance).

Source: Hu, He, Gao and Zhang, "Modeling personalized item frequency information for next-basket recommendation",
SIGIR 2020, sections 4.1-4.3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.recommendations.history import customer_baskets, neighbouring_customers
from customer_insight.recommendations.history.history import History

PARAMETERS: dict[str, tuple[float, ...]] = {
    "own_share": (0.7, 0.2, 0.5, 0.9),
    "neighbours": (300, 100, 900),
    "basket_decay": (0.9, 0.6, 1.0),
    "group_decay": (0.7, 0.3, 0.9),
    "group_size": (7, 3, 15),
}


@dataclass(frozen=True)
class TifuKnn:
    """vectors: customers x products; others: of the reference customers; columns: the same, products x customers.

    half_squares: half the squared length of the reference customers' vectors.
    """

    vectors: sparse.csr_array
    others: sparse.csr_array
    columns: sparse.csr_array
    half_squares: Floats
    reference: Ints
    neighbours: int
    own_share: float

    def scores(self, customers: Ints) -> sparse.csr_array:
        """From 0, shape (customers, products)."""
        own = self.vectors[customers]
        if self.reference.size < 2 or self.own_share == 1:
            return own
        # nearest first: |a - b|^2 = |a|^2 + |b|^2 - 2ab, and |a|^2 is the same for all b; moved above zero
        closeness = (own @ self.columns).toarray() - self.half_squares
        closeness -= closeness.min(axis=1, keepdims=True) - 1.0
        closeness = neighbouring_customers.without_themselves(closeness, customers, self.reference)
        near = neighbouring_customers.nearest(closeness, self.neighbours)
        near.data = np.repeat(1 / np.maximum(1, np.diff(near.indptr)), np.diff(near.indptr))
        return sparse.csr_array(own * self.own_share + (near @ self.others) * (1 - self.own_share))


def fit(
    history: History,
    *,
    own_share: float = 0.7,
    neighbours: int = 300,
    basket_decay: float = 0.9,
    group_decay: float = 0.7,
    group_size: int = 7,
) -> TifuKnn:
    """own_share: alpha. neighbours: k. basket_decay, group_decay: r_b, r_g. group_size: m, in baskets."""
    vectors = frequency_vectors(history, basket_decay, group_decay, int(group_size))
    reference = neighbouring_customers.reference_customers(history)
    others = vectors[reference]
    half_squares = neighbouring_customers.row_norms(others) ** 2 / 2
    return TifuKnn(vectors, others, sparse.csr_array(others.T), half_squares, reference, int(neighbours), own_share)


def frequency_vectors(history: History, basket_decay: float, group_decay: float, group_size: int) -> sparse.csr_array:
    """Customers x products, each entry the time-decayed share of baskets."""
    found = customer_baskets.read_customer_baskets(history)
    group, place = np.divmod(found.number, group_size)
    groups = -(-found.counts // group_size)
    # the oldest group holds what is left over; each group is a mean over its own baskets
    oldest_size = found.counts - (groups - 1) * group_size
    size = np.where(group == groups[found.customer] - 1, oldest_size[found.customer], group_size)
    weight = basket_decay**place / size * group_decay**group / groups[found.customer]
    return found.weighted(weight)
