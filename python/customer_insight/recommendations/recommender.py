"""The chosen strategy, learned on everything up to a moment, ready to propose to any customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from customer_insight.arrays import Ints
from customer_insight.recommendations import blender_features, tuning
from customer_insight.recommendations.blended import Blender
from customer_insight.recommendations.blender_features import Pool
from customer_insight.recommendations.candidates import Candidates, Model, joined, propose
from customer_insight.recommendations.history import History
from customer_insight.recommendations.judged import Proposal
from customer_insight.recommendations.past import PROPOSED, Past
from customer_insight.recommendations.strategy_list import BLENDED, DEFAULT_STRATEGY, STRATEGIES
from customer_insight.recommendations.tuning import Parameters
from customer_insight.threads import linear_algebra_in_threads

# Customers whose proposals one thread blends at a time.
_BLOCK_CUSTOMERS = 512


@dataclass(frozen=True)
class Choice:
    """The strategy to use, the tuned parameters of every strategy, and the days of a window (0: products kept back)."""

    strategy: str
    parameters: Mapping[str, Parameters]
    window_days: int


class Recommender(Protocol):
    """What can propose."""

    @property
    def strategy(self) -> str:
        """Its name."""
        ...

    def proposal(self, customers: Ints) -> Proposal:
        """New products and own ones, each in order of customer (place among those asked for) and rank."""
        ...


@dataclass(frozen=True)
class Single:
    """One strategy."""

    strategy: str
    model: Model
    history: History
    limit: int

    def proposal(self, customers: Ints) -> Proposal:
        """See `Recommender`."""
        return propose(self.model, self.history, customers, self.limit)


@dataclass(frozen=True)
class Blend:
    """All strategies, and the blender that orders what they propose."""

    models: Mapping[str, Model]
    blender: Blender
    history: History
    strategy: str = BLENDED

    def proposal(self, customers: Ints) -> Proposal:
        """See `Recommender`."""
        _ = self.history.facts, self.history.owned  # once, before threads ask for them
        starts = range(0, customers.size, _BLOCK_CUSTOMERS)
        parts = linear_algebra_in_threads(
            lambda start: self._of_block(customers[start : start + _BLOCK_CUSTOMERS], start), list(starts)
        )
        new, own = (joined([part[place] for part in parts]) for place in (0, 1))
        return new, own

    def _of_block(self, customers: Ints, start: int) -> Proposal:
        """Of some customers, the first of whom is number `start`."""
        proposals = {name: propose(model, self.history, customers, PROPOSED) for name, model in self.models.items()}
        pool = blender_features.pool(proposals, self.history, customers)
        new, own = (
            Candidates(part.customer + start, part.product, part.score) for part in blender_order(self.blender, pool)
        )
        return new, own


def blender_order(blender: Blender, pool: Pool) -> Proposal:
    """The pool by what the blender expects, new products and own ones apart."""
    score = blender.score(pool)
    new, own = (
        Candidates(pool.customer[part], pool.product[part], score[part]).best(max(1, score.size))
        for part in (~pool.is_owned, pool.is_owned)
    )
    return new, own


def learn(past: Past, choice: Choice, moment: int, limit: int) -> Recommender:
    """The chosen strategy as it was at a moment of the past; the default where the blender learned nothing.

    limit: new products that a single strategy proposes to each customer.
    """
    past.keep_for(moment)
    blender = past.blender_at(moment) if choice.strategy == BLENDED else None
    history = past.history_at(moment)
    if blender is not None:
        return Blend(past.models_at(moment), blender, history)
    name = choice.strategy
    if name not in choice.parameters:  # the blender, or a strategy of an earlier version
        name = (
            DEFAULT_STRATEGY
            if DEFAULT_STRATEGY in choice.parameters
            else next(iter(choice.parameters), DEFAULT_STRATEGY)
        )
    parameters = choice.parameters.get(name, tuning.defaults(STRATEGIES[name]))
    return Single(name, STRATEGIES[name].learn(history, **parameters), history, limit)


def everything(proposal: Proposal) -> Candidates:
    """New and own products of a proposal in one order."""
    both = joined(list(proposal))
    return both.best(max(1, both.customer.size))
