"""What every method that learns is: `fit` takes what is known and returns what can score; one contract for all topics.

Each topic says in a `contract` of its own what is known there, what is asked and what the scores are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Concatenate, Protocol, TypeAlias, TypeVar

Known = TypeVar("Known", contravariant=True)
Fitted = TypeVar("Fitted", covariant=True)
Asked = TypeVar("Asked", contravariant=True)
Scored = TypeVar("Scored", covariant=True)

# A value for each parameter of a method.
Parameters: TypeAlias = dict[str, Any]


class Scorer(Protocol[Asked, Scored]):
    """What is fitted."""

    def scores(self, asked: Asked, /) -> Scored:
        """The answer to what is asked, the higher the better."""
        ...


class Method(Protocol[Known, Fitted]):
    """A module that learns."""

    @property
    def fit(self) -> Callable[Concatenate[Known, ...], Fitted]:
        """Fitted to everything that is known; every parameter has a default."""
        ...


class TunedMethod(Method[Known, Fitted], Protocol[Known, Fitted]):
    """A method whose parameters are chosen on the past, see `parameter_trials`."""

    @property
    def PARAMETERS(self) -> Mapping[str, Sequence[Any]]:  # noqa: N802
        """Values to try of each parameter, the usual one first."""
        ...
