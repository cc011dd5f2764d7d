"""The chosen strategy, learned on everything up to a moment, ready to propose to any customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from customer_insight.numerics.arrays import Ints
from customer_insight.numerics.threads import linear_algebra_in_threads
from customer_insight.recommendations.history.history import History
from customer_insight.recommendations.history.pair_facts import facts_of
from customer_insight.recommendations.judging import tuning
from customer_insight.recommendations.judging.backtest import PROPOSED, Backtest
from customer_insight.recommendations.proposing import blender_features
from customer_insight.recommendations.proposing.blender import Blender, ordered
from customer_insight.recommendations.proposing.candidates import Candidates, Proposal, joined, propose
from customer_insight.recommendations.proposing.staff_rules import StaffWishes
from customer_insight.recommendations.proposing.strategy_registry import BLENDED, DEFAULT_STRATEGY, STRATEGIES
from customer_insight.recommendations.strategies.contract import FittedStrategy
from customer_insight.scoring.contract import Parameters

# Customers whose proposals one thread blends at a time.
_BLOCK_CUSTOMERS = 512


@dataclass(frozen=True)
class StrategyChoice:
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

    def proposal(self, customers: Ints, wishes: StaffWishes | None = None) -> Proposal:
        """New products and own ones, each in order of customer (place among those asked for) and rank.

        wishes: those of staff, who keep products out.
        """
        ...

    def weighed(self, own: Proposal, customers: Ints, wishes: StaffWishes) -> Proposal:
        """The same where staff changes how many times scores count; own: the proposal of before."""
        ...


@dataclass(frozen=True)
class Single:
    """One strategy."""

    strategy: str
    model: FittedStrategy
    history: History
    limit: int

    def proposal(self, customers: Ints, wishes: StaffWishes | None = None) -> Proposal:
        """See `Recommender`."""
        return propose(self.model, self.history, customers, self.limit, wishes.is_allowed if wishes else None)

    def weighed(self, own: Proposal, customers: Ints, wishes: StaffWishes) -> Proposal:
        """See `Recommender`. All products are scored again: the best may be others than those of before."""
        return propose(self.model, self.history, customers, self.limit, wishes.is_allowed, wishes.factor)


@dataclass(frozen=True)
class Blend:
    """All strategies, and the blender that orders what they propose."""

    models: Mapping[str, FittedStrategy]
    blender: Blender
    history: History
    strategy: str = BLENDED

    def proposal(self, customers: Ints, wishes: StaffWishes | None = None) -> Proposal:
        """See `Recommender`."""
        _ = facts_of(self.history), self.history.owned  # once, before threads ask for them
        starts = range(0, customers.size, _BLOCK_CUSTOMERS)
        parts = linear_algebra_in_threads(
            lambda start: self._of_block(customers[start : start + _BLOCK_CUSTOMERS], start, wishes), list(starts)
        )
        new, own = (joined([part[place] for part in parts]) for place in (0, 1))
        return new, own

    def _of_block(self, customers: Ints, start: int, wishes: StaffWishes | None) -> Proposal:
        """Of some customers, the first of whom is number `start`."""
        is_allowed = wishes.is_allowed if wishes else None
        proposals = {
            name: propose(model, self.history, customers, PROPOSED, is_allowed) for name, model in self.models.items()
        }
        pool = blender_features.pool(proposals, self.history, customers)
        new, own = (Candidates(part.customer + start, part.product, part.score) for part in ordered(self.blender, pool))
        return new, own

    def weighed(self, own: Proposal, customers: Ints, wishes: StaffWishes) -> Proposal:
        """See `Recommender`. What was blended is weighed: all that any strategy proposes is there."""
        return wishes.weighed(own[0]), wishes.weighed(own[1])


def fit(backtest: Backtest, choice: StrategyChoice, moment: int, limit: int) -> Recommender:
    """The chosen strategy as it was at a moment of the past; the default where the blender learned nothing.

    limit: new products that a single strategy proposes to each customer.
    """
    backtest.keep_for(moment)
    blender = backtest.blender_at(moment) if choice.strategy == BLENDED else None
    history = backtest.history_at(moment)
    if blender is not None:
        return Blend(backtest.models_at(moment), blender, history)
    name = choice.strategy
    if name not in choice.parameters:  # the blender, or a strategy of an earlier version
        name = (
            DEFAULT_STRATEGY
            if DEFAULT_STRATEGY in choice.parameters
            else next(iter(choice.parameters), DEFAULT_STRATEGY)
        )
    parameters = choice.parameters.get(name, tuning.defaults(STRATEGIES[name]))
    return Single(name, STRATEGIES[name].fit(history, **parameters), history, limit)


def everything(proposal: Proposal) -> Candidates:
    """New and own products of a proposal in one order."""
    both = joined(list(proposal))
    return both.best(max(1, both.customer.size))
