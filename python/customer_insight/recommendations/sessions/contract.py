"""What a session strategy is: a module with PARAMETERS and `fit`, which gives what can score the next click."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Concatenate, Protocol, TypeAlias

from scipy import sparse

from customer_insight.recommendations.sessions.clicks import Clicks
from customer_insight.recommendations.sessions.prefixes import Prefixes

Parameters: TypeAlias = dict[str, float | str]


class FittedSessionStrategy(Protocol):
    """A strategy fitted to the clicks of the past."""

    def scores(self, prefixes: Prefixes) -> sparse.csr_array:
        """What products are worth as the next click of each query, shape (queries, products); above 0, at most 1."""
        ...


# From clicks, and a value for any of the PARAMETERS, to what can score.
Fit: TypeAlias = Callable[Concatenate[Clicks, ...], FittedSessionStrategy]


class SessionStrategy(Protocol):
    """A module of this folder."""

    @property
    def PARAMETERS(self) -> Mapping[str, Sequence[float | str]]:  # noqa: N802
        """Values to try of each parameter, the usual one first."""
        ...

    @property
    def fit(self) -> Fit:
        """Fitted to all of these clicks; every parameter has a default."""
        ...
