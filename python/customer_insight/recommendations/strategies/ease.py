"""EASE^R: a linear autoencoder without a hidden layer, solved in closed form.

B = I - P diag(1 / diag P) with P = (X'X + D)^-1; scores are X B. The penalty D is diagonal: the regularization, and
for each product dropout / (1 - dropout) of what X'X has there, as if that share of all entries had been left out at
random and were to be guessed. X'X is products x products, and its inverse costs the cube of that: so the most active
products are learned, which hold nearly all of what is known, and the others left unsaid; fewer where the memory asks.

Where customers are few, P comes from a smaller matrix, customers x customers, of all products and without a matrix of
products x products: with K = (X D^-1 X' + I)^-1, P = D^-1 - D^-1 X'K X D^-1 (Woodbury).

Sources: Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019; Steck, "Autoencoders that don't overfit
towards the identity", NeurIPS 2020 (dropout); Woodbury 1950 (the identity).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.numerics.lapack import invert_positive_definite
from customer_insight.recommendations.history.history import History
from customer_insight.recommendations.strategies.contract import SomeProducts

PARAMETERS: dict[str, tuple[float, ...]] = {
    "regularization": (200, 50, 100, 500),
    "dropout": (0.5, 0),
    "half_life_days": (np.inf, 180, 60),
}
# Share of what is known that the learned products hold: the rest, a third of the products, changes no list.
_SHARE = 0.97
# Products up to which all of them are learned.
_SMALL_CATALOGUE = 2000
# Matrices of products x products that are alive at once.
_MATRICES = 3
_BLOCK = 512


@dataclass(frozen=True)
class Ease:
    """profile: customers x active products; weights: active x active products; active: their positions, ascending."""

    profile: sparse.csr_array
    weights: Floats
    active: Ints

    def scores(self, customers: Ints) -> SomeProducts:
        """Of the active products; minus infinity for customers of whom nothing is known."""
        found = np.asarray(self.profile[customers] @ self.weights)
        found[np.diff(self.profile.indptr)[customers] == 0] = -np.inf
        return SomeProducts(self.active, found)


@dataclass(frozen=True)
class EaseOfFewCustomers:
    """profile: customers x active products; seen: known customers x active; kernel: K; penalty: diagonal of D.

    leverage: diagonal of X'K X D^-1.
    """

    profile: sparse.csr_array
    seen: sparse.csr_array
    kernel: Floats
    penalty: Floats
    leverage: Floats
    active: Ints

    def scores(self, customers: Ints) -> SomeProducts:
        """See `Ease`: with w = x D^-1 X'K X, x - x P / diag P = (w - leverage x) / (1 - leverage)."""
        profile = self.profile[customers]
        weight = (_columns_divided(profile, self.penalty) @ self.seen.T).toarray() @ self.kernel
        found = np.ascontiguousarray((self.seen.T @ weight.T).T)
        row = np.repeat(np.arange(customers.size), np.diff(profile.indptr))
        found[row, profile.indices] -= self.leverage[profile.indices] * profile.data
        found /= 1 - self.leverage
        found[np.diff(profile.indptr) == 0] = -np.inf
        return SomeProducts(self.active, found)


def fit(
    history: History,
    *,
    regularization: float = 200,
    dropout: float = 0.5,
    half_life_days: float = np.inf,
    memory_gb: float = 2,
) -> Ease | EaseOfFewCustomers:
    """regularization, dropout (0 to below 1): see the module. half_life_days: of what the customer did."""
    limit = max(1, int(np.sqrt(memory_gb * 1e9 / (8 * _MATRICES))))
    seen = history.matrix()
    customers = np.bincount(seen.indices, minlength=seen.shape[1])
    sold, known = np.flatnonzero(customers), np.flatnonzero(np.diff(seen.indptr))
    is_of_few = 0 < 2 * known.size <= min(sold.size, 2 * limit)
    active = sold if is_of_few else np.sort(_most_active(customers)[:limit])
    seen = sparse.csr_array(seen[:, active])
    profile = sparse.csr_array(history.matrix(half_life_days=half_life_days)[:, active])
    energy = np.bincount(seen.indices, weights=seen.data**2, minlength=active.size)
    penalty = np.asarray(regularization + dropout / (1 - dropout) * energy, dtype=np.float64)
    if is_of_few:
        return _of_few_customers(profile, sparse.csr_array(seen[known]), active, penalty)
    # symmetric, so its columns are its rows; asked for rows, SciPy would make a second sparse matrix first
    gram = (seen.T @ seen).toarray().T
    gram[np.diag_indices_from(gram)] += penalty
    weights = invert_positive_definite(gram)
    weights /= -np.diag(weights).copy()
    np.fill_diagonal(weights, 0.0)
    return Ease(profile, weights, active)


def _most_active(customers: Ints) -> Ints:
    """Products that together hold _SHARE of the pairs of customer and product, by falling number of customers."""
    order = np.argsort(-customers, kind="stable")[: np.count_nonzero(customers)]
    so_far = np.cumsum(customers[order])
    return order[: max(_SMALL_CATALOGUE, int(np.searchsorted(so_far, _SHARE * customers.sum())) + 1)]


def _of_few_customers(
    profile: sparse.csr_array, seen: sparse.csr_array, active: Ints, penalty: Floats
) -> EaseOfFewCustomers:
    kernel = (_columns_divided(seen, penalty) @ seen.T).toarray(order="C")
    kernel[np.diag_indices_from(kernel)] += 1
    kernel = invert_positive_definite(kernel)
    products = sparse.csr_array(seen.T)
    leverage = [
        np.asarray(rows.multiply(rows @ kernel).sum(axis=1)).reshape(-1)
        for rows in (products[start : start + _BLOCK] for start in range(0, active.size, _BLOCK))
    ]
    return EaseOfFewCustomers(profile, seen, kernel, penalty, np.concatenate(leverage) / penalty, active)


def _columns_divided(rows: sparse.csr_array, by: Floats) -> sparse.csr_array:
    return sparse.csr_array((rows.data / by[rows.indices], rows.indices, rows.indptr), shape=rows.shape)
