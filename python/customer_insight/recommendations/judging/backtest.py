"""Strategies learned at earlier moments of a history, and what came of their proposals in the windows that followed.

A moment is the number of days before now, 0 for now; the window of a moment ends there, and what was learned for it was
learned window_days earlier. Without windows (window_days 0) a moment is the number of times that products of customers
were kept back, see `holdout`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from customer_insight.numerics import memory
from customer_insight.numerics.arrays import Bools
from customer_insight.numerics.threads import linear_algebra_in_threads
from customer_insight.recommendations.history.history import History
from customer_insight.recommendations.judging.blender_examples import BlenderExamples
from customer_insight.recommendations.judging.holdout import Holdout, hold_out
from customer_insight.recommendations.proposing import blender, blender_features
from customer_insight.recommendations.proposing.blender import Blender
from customer_insight.recommendations.proposing.blender_features import Pool
from customer_insight.recommendations.proposing.candidates import Proposal, in_sorted, propose
from customer_insight.recommendations.proposing.strategy_registry import STRATEGIES
from customer_insight.recommendations.strategies.contract import FittedStrategy
from customer_insight.scoring.contract import Parameters
from customer_insight.scoring.time_cuts import earlier_cuts

# New products that each strategy proposes to the blender.
PROPOSED = 20
# Windows that the blender learns from at most: seasons change.
_WINDOWS = 2
# Groups that it learns from where products are kept back instead of days.
_GROUPS = 4


@dataclass(frozen=True)
class Outcome:
    """One window: who was judged, what each strategy proposed to them, all of it, and which of it was bought."""

    holdout: Holdout
    proposals: dict[str, Proposal]
    pool: Pool
    is_bought: Bools


class Backtest:
    """Learns each thing once. Models are large: those of one moment are kept, so ask for early moments first.

    examples: what the blender learns from, as far as it is worked out already; more is added to it. scope: of the lists
    that the blender has to be good at, see `list_judge`.
    """

    def __init__(
        self,
        history: History,
        parameters: Mapping[str, Parameters],
        window_days: int,
        examples: BlenderExamples | None = None,
        scope: str = "all",
    ) -> None:
        self.scope = scope
        self.parameters = parameters
        self.window_days = window_days
        self.examples = examples or BlenderExamples()
        self.step = window_days or 1
        self._reach = _WINDOWS if window_days else _GROUPS
        self._histories = {0: history}
        self._root = replace(history, catalogue=history.catalogue.with_everything())
        self._holdouts: dict[int, Holdout] = {}
        self._outcomes: dict[int, Outcome] = {}
        self._models: tuple[int, dict[str, FittedStrategy]] = (-1, {})

    def history_at(self, moment: int) -> History:
        """What was known at the moment."""
        if moment not in self._histories:
            self._histories[moment] = (
                self._root.before(moment) if self.window_days else self.holdout_at(moment - 1).history
            )
        return self._histories[moment]

    def forget(self, moment: int) -> None:
        """Frees what was known at the moment: in a large shop each history takes gigabytes once it is asked."""
        self._histories.pop(moment, None)

    def keep_for(self, moment: int) -> None:
        """Frees what neither the window of the moment nor the blender for it or a later one looks at."""
        last = moment + self._reach * self.step
        for kept in (self._histories, self._holdouts, self._outcomes):
            for each in [each for each in kept if each > last]:
                del kept[each]
        self.examples.forget_before(last)

    def holdout_at(self, moment: int) -> Holdout:
        """The window that ends at the moment."""
        if moment not in self._holdouts:
            found = hold_out(self.history_at(moment) if moment else self._root, self.window_days, moment)
            self._holdouts[moment] = found
            self._histories.setdefault(moment + self.step, found.history)  # the same, worked out once
        return self._holdouts[moment]

    def models_at(self, moment: int) -> dict[str, FittedStrategy]:
        """Every strategy, learned on what was known at the moment."""
        if self._models[0] != moment:
            self._models = (-1, {})  # frees the memory of the others first
            memory.give_back()
            history = self.history_at(moment)
            _ = history.pairs, history.owned, history.last_age  # once, before threads ask for them
            names = list(self.parameters)[::-1]  # the most complex first: it takes longest
            found = linear_algebra_in_threads(
                lambda name: STRATEGIES[name].fit(history, **self.parameters[name]), names
            )
            learned = dict(zip(names, found, strict=True))
            self._models = (moment, {name: learned[name] for name in self.parameters})
            memory.give_back()
        return self._models[1]

    def outcome_at(self, moment: int) -> Outcome:
        """What came, in the window that ends at the moment, of what was proposed before it."""
        if moment not in self._outcomes:
            holdout = self.holdout_at(moment)
            proposals = self.proposals(moment + self.step, holdout)
            pool = blender_features.pool(proposals, holdout.history, holdout.customers)
            keys = holdout.history.catalogue.keys(pool.customer, pool.product)
            outcome = Outcome(holdout, proposals, pool, in_sorted(keys, holdout.keys))
            self._outcomes[moment] = outcome
            self.examples.windows[moment] = outcome.pool, outcome.is_bought
            memory.give_back()
        return self._outcomes[moment]

    def proposals(self, moment: int, holdout: Holdout) -> dict[str, Proposal]:
        """What each strategy, learned up to the moment, proposes to the judged customers."""
        models = self.models_at(moment)
        found = linear_algebra_in_threads(
            lambda model: propose(model, holdout.history, holdout.customers, PROPOSED), list(models.values())
        )
        return dict(zip(models, found, strict=True))

    def blender_at(self, moment: int, earliest: int | None = None) -> Blender | None:
        """Learned from the windows that end at the moment and before; None where that is too little.

        earliest: the last moment of the earliest window that may be looked at.
        """
        moments = [cut - self.step for cut in earlier_cuts(moment, self.step, self._reach)]
        usable = tuple(each for each in moments if (earliest is None or each <= earliest) and self._teaches(each))
        key = self.scope, usable
        if key not in self.examples.blenders:
            found = blender.fit([self._examples_at(each) for each in reversed(usable)], self.scope)
            self.examples.blenders[key] = found
        return self.examples.blenders[key]

    def _teaches(self, moment: int) -> bool:
        return moment in self.examples.windows or bool(self.history_at(moment).age.size)

    def _examples_at(self, moment: int) -> tuple[Pool, Bools]:
        if moment in self.examples.windows:
            return self.examples.windows[moment]
        outcome = self.outcome_at(moment)
        return outcome.pool, outcome.is_bought
