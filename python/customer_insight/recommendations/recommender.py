"""The chosen strategy, learned on everything up to a moment, ready to propose to any customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from customer_insight.arrays import Ints
from customer_insight.recommendations import blended, blender_features
from customer_insight.recommendations.blended import Blender
from customer_insight.recommendations.candidates import Candidates, Model, in_sorted, joined, propose
from customer_insight.recommendations.history import History
from customer_insight.recommendations.holdout import nested
from customer_insight.recommendations.judged import Proposal
from customer_insight.recommendations.strategy_list import BLENDED, STRATEGIES
from customer_insight.recommendations.tuning import Parameters

# New products that each strategy proposes to the blender.
PROPOSED = 30


@dataclass(frozen=True)
class Choice:
    """The strategy to use, the tuned parameters of every strategy, and the days of a window (0: products kept back)."""

    strategy: str
    parameters: Mapping[str, Parameters]
    window_days: int

    def with_strategy(self, strategy: str) -> Choice:
        """The same with another strategy."""
        return Choice(strategy, self.parameters, self.window_days)


class Recommender(Protocol):
    """What can propose."""

    def proposal(self, customers: Ints) -> Proposal:
        """New products and own ones, each in order of customer (place among those asked for) and rank."""
        ...


@dataclass(frozen=True)
class Single:
    """One strategy."""

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

    def proposal(self, customers: Ints) -> Proposal:
        """See `Recommender`."""
        proposals = {name: propose(model, self.history, customers, PROPOSED) for name, model in self.models.items()}
        return order(self.blender, blender_features.pool(proposals, self.history, customers))


def order(blender: Blender, pool: blender_features.Pool) -> Proposal:
    """The pool by what the blender expects, new products and own ones apart."""
    score = blender.score(pool)
    new, own = (
        Candidates(pool.customer[part], pool.product[part], score[part]).best(max(1, score.size))
        for part in (~pool.is_owned, pool.is_owned)
    )
    return new, own


def learn_models(history: History, parameters: Mapping[str, Parameters]) -> dict[str, Model]:
    """Every strategy of which there are parameters."""
    return {name: STRATEGIES[name].learn(history, **chosen) for name, chosen in parameters.items()}


def learn(history: History, choice: Choice, limit: int) -> Recommender | None:
    """The chosen strategy; None where it is the blender and the latest window taught it too little.

    limit: new products that a single strategy proposes to each customer.
    """
    if choice.strategy != BLENDED:
        parameters = choice.parameters[choice.strategy]
        return Single(STRATEGIES[choice.strategy].learn(history, **parameters), history, limit)
    holdout = nested(history, choice.window_days, 1)[0]
    models = learn_models(holdout.learn, choice.parameters)
    proposals = {name: propose(model, holdout.learn, holdout.customers, PROPOSED) for name, model in models.items()}
    pool = blender_features.pool(proposals, holdout.learn, holdout.customers)
    keys = pool.customer * max(1, history.catalogue.count) + pool.product
    blender = blended.learn(pool, in_sorted(keys, holdout.keys))
    if blender is None:
        return None
    return Blend(learn_models(history, choice.parameters), blender, history)


def everything(proposal: Proposal) -> Candidates:
    """New and own products of a proposal in one order."""
    both = joined(list(proposal))
    return both.best(max(1, both.customer.size))
