"""What a strategy is: a module with PARAMETERS and `fit`, which gives what can score products for customers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, Protocol, TypeAlias

from scipy import sparse

from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.recommendations.history.history import History

Parameters: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class SomeProducts:
    """Dense scores of some products: their positions, ascending; scores, shape (customers, these products)."""

    products: Ints
    scores: Floats


# Sparse (nothing said about the rest) or dense, shape (customers, products), or dense for some products.
Scores: TypeAlias = sparse.csr_array | Floats | SomeProducts


class FittedStrategy(Protocol):
    """A strategy fitted to a history."""

    def scores(self, customers: Ints) -> Scores:
        """What each product is worth to these customers (positions); products they have bought may be among them."""
        ...


# From a history, and a value for any of the PARAMETERS, to what can score.
Fit: TypeAlias = Callable[Concatenate[History, ...], FittedStrategy]


class Strategy(Protocol):
    """A module of `strategies`."""

    @property
    def PARAMETERS(self) -> Mapping[str, Sequence[Any]]:  # noqa: N802
        """Values to try of each parameter, the usual one first."""
        ...

    @property
    def fit(self) -> Fit:
        """Fitted to everything that the history holds; every parameter has a default."""
        ...
