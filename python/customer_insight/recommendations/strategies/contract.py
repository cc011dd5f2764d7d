"""What a strategy is: a module with PARAMETERS and `fit`, which gives what can score products for customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from scipy import sparse

from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.recommendations.history.history import History
from customer_insight.scoring.contract import Scorer, TunedMethod


@dataclass(frozen=True)
class SomeProducts:
    """Dense scores of some products: their positions, ascending; scores, shape (customers, these products)."""

    products: Ints
    scores: Floats


# Sparse (nothing said about the rest) or dense, shape (customers, products), or dense for some products.
Scores: TypeAlias = sparse.csr_array | Floats | SomeProducts

# Fitted to a history. Scores say what each product is worth to customers (positions); products that they have bought
# may be among them.
FittedStrategy: TypeAlias = Scorer[Ints, Scores]

# A module of `strategies`.
Strategy: TypeAlias = TunedMethod[History, FittedStrategy]
