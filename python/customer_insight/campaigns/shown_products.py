"""Products that were shown with a known probability, and what other policies would have shown in their places.

A candidate is a product that was ever shown on an occasion (a campaign, or all that is shown without one). A policy
chooses one candidate for each row's place. What it would bring is told by `off_policy`, with the help of a model of
rewards that knows the candidate, its place in the list, whether it is of the department that the customer liked best
before, and how often they had bought (see `reward_model`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from customer_insight.campaigns import off_policy, reward_model
from customer_insight.campaigns.off_policy import PolicyLog
from customer_insight.campaigns.reward_model import RewardModel
from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints

# Places of a list that are told apart, and days with a purchase.
_PLACES, _ACTIVITIES = 20, 4
# What a candidate is to a customer: of an unknown department, or to somebody of whom nothing is known; another; theirs.
_MATCHES = 3
NOTHING = -1


@dataclass(frozen=True)
class OccasionCandidates:
    """One row per occasion and product, in that order; shapes (candidates,). department 0: not known."""

    occasion: Ints
    product: Ints
    department: Ints

    @cached_property
    def starts(self) -> Ints:
        """Where each occasion's candidates start, shape (occasions + 1,); occasions numbered from 0."""
        return arrays.row_starts(self.occasion, self.occasions)

    @property
    def occasions(self) -> int:
        """Numbers of occasions, those without candidates among them."""
        return int(self.occasion.max()) + 1 if self.occasion.size else 0

    @property
    def departments(self) -> int:
        """Numbers of departments, 0 among them."""
        return int(self.department.max()) + 1 if self.department.size else 1

    def find(self, occasion: Ints, product: Ints) -> Ints:
        """The candidate of each occasion and product, NOTHING where it is none; shape (rows,)."""
        width = int(max(self.product.max(initial=0), product.max(initial=0))) + 1
        is_there, place = arrays.find(self.occasion * width + self.product, occasion * width + np.maximum(product, 0))
        return np.where(is_there & (product >= 0), place, NOTHING)


@dataclass(frozen=True)
class LoggedProducts:
    """One row per product shown, by touch; shapes (rows,). rewards: by metric. chosen: candidates that were shown.

    recommended: those that recommendations of before put at the place, NOTHING where they have none. has_lists: where
    recommendations are known of the occasion.
    """

    candidates: OccasionCandidates
    person: Ints
    chosen: Ints
    position: Ints
    favourite: Ints
    activity: Ints
    recommended: Ints
    has_lists: Bools
    propensity: Floats
    rewards: dict[str, Floats]

    @cached_property
    def occasion(self) -> Ints:
        """Of each row, shape (rows,)."""
        return self.candidates.occasion[self.chosen]

    @cached_property
    def fold(self) -> Ints:
        """The part of its person, shape (rows,)."""
        return reward_model.folds_of(self.person)

    @cached_property
    def choices(self) -> Floats:
        """How many candidates there were, shape (rows,)."""
        return np.diff(self.candidates.starts)[self.occasion].astype(np.float64)

    def where(self, kept: Bools) -> LoggedProducts:
        """The rows that are kept."""
        person, chosen, position = self.person[kept], self.chosen[kept], self.position[kept]
        codes = (person, chosen, position, self.favourite[kept], self.activity[kept], self.recommended[kept])
        rewards = {name: values[kept] for name, values in self.rewards.items()}
        return LoggedProducts(self.candidates, *codes, self.has_lists[kept], self.propensity[kept], rewards)

    def seat(self, candidate: Ints) -> Ints:
        """Place in the list and match of candidates that stand in the rows, as one number; shape (rows,)."""
        department = self.candidates.department[candidate]
        is_known = (department > 0) & (self.favourite > 0)
        return self.position * _MATCHES + np.where(is_known, 1 + (department == self.favourite), 0)

    def model_of(self, metric: str) -> RewardModel:
        """Learned of these rows."""
        sizes = (self.candidates.product.size, _PLACES * _MATCHES, _ACTIVITIES)
        levels = (self.seat(self.chosen), self.activity)
        return reward_model.fit(self.fold, self.chosen, levels, self.rewards[metric], sizes)

    def expected(self, model: RewardModel, candidate: Ints) -> Floats:
        """What candidates would bring in the rows, shape (rows,)."""
        return model.expected(self.fold, candidate, (self.seat(candidate), self.activity))

    def logged(self, metric: str, model: RewardModel) -> PolicyLog:
        """The policy that was followed."""
        predicted = self.expected(model, self.chosen)
        return PolicyLog(self.rewards[metric], self.propensity, self.propensity, predicted, predicted, self.person)

    def choosing(self, metric: str, model: RewardModel, candidate: Ints) -> PolicyLog:
        """A policy that shows these candidates; where NOTHING it does what was done."""
        is_own = candidate == NOTHING
        target = np.where(is_own, self.propensity, (candidate == self.chosen).astype(np.float64))
        predicted = self.expected(model, self.chosen)
        expected = self.expected(model, np.where(is_own, self.chosen, candidate))
        return PolicyLog(self.rewards[metric], self.propensity, target, predicted, expected, self.person)

    def uniform(self, metric: str, model: RewardModel) -> PolicyLog:
        """A policy that draws any candidate."""
        start, end = self.candidates.starts[self.occasion], self.candidates.starts[self.occasion + 1]
        cells = np.concatenate([np.zeros((reward_model.FOLDS, 1)), np.cumsum(model.cells, axis=1)], axis=1)
        share = self._match_shares()
        seat = self.position * _MATCHES
        expected = model.means[self.fold] + (cells[self.fold, end] - cells[self.fold, start]) / (end - start)
        expected += model.levels[1][self.fold, self.activity]
        for match in range(_MATCHES):
            expected += share[match] * model.levels[0][self.fold, seat + match]
        predicted = self.expected(model, self.chosen)
        return PolicyLog(self.rewards[metric], self.propensity, 1 / self.choices, predicted, expected, self.person)

    def _match_shares(self) -> list[Floats]:
        """Shares of the candidates of each match, shape (rows,) each."""
        width = self.candidates.departments
        key = self.candidates.occasion * width + self.candidates.department
        counts = np.bincount(key, minlength=self.candidates.occasions * width).reshape(-1, width)
        unknown = np.where(self.favourite > 0, counts[self.occasion, 0] / self.choices, 1.0)
        has_any = (self.favourite > 0) & (self.favourite < width)
        theirs = np.where(has_any, counts[self.occasion, np.where(has_any, self.favourite, 0)] / self.choices, 0.0)
        return [unknown, 1 - unknown - theirs, theirs]

    def best(self, model: RewardModel) -> Ints:
        """The candidate that brings most by a model that has not seen the person: what a rule would show; (rows,)."""
        key = self.occasion * max(self.candidates.departments, int(self.favourite.max(initial=0)) + 1) + self.favourite
        groups, place = arrays.dense((key * _PLACES + self.position) * reward_model.FOLDS + self.fold)
        first = np.empty(groups.size, dtype=np.int64)
        first[place[::-1]] = np.arange(place.size)[::-1]
        found = np.empty(groups.size, dtype=np.int64)
        for number, row in enumerate(first.tolist()):
            start, end = self.candidates.starts[self.occasion[row] : self.occasion[row] + 2].tolist()
            department, favourite = self.candidates.department[start:end], self.favourite[row]
            match = np.where((department > 0) & (favourite > 0), 1 + (department == favourite), 0)
            seats = model.levels[0][self.fold[row], self.position[row] * _MATCHES + match]
            found[number] = start + int(np.argmax(model.cells[self.fold[row], start:end] + seats))
        return found[place]

    def adds_up(self) -> Bools:
        """Of each occasion whether its propensities can be: probabilities of all that can be shown add up to 1.

        The mean of 1 / propensity is then the number of products that could be shown, at most that of the candidates.
        """
        count = self.candidates.occasions
        rows = np.bincount(self.occasion, minlength=count).astype(np.float64)
        weight = 1 / (self.choices * self.propensity)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = arrays.sums(self.occasion, weight, count) / rows
            spread = arrays.sums(self.occasion, weight * weight, count) / rows - mean**2
            error = np.sqrt(np.maximum(spread, 0) / rows)
            too_many = mean - 1 > np.maximum(off_policy.FAR * error, off_policy.LEAST_EXCESS)
        return ~(too_many & (rows > 0))


def read_shown_products(touches: pa.Table, candidates: pa.Table) -> LoggedProducts:
    """From touch_code, person_code, occasion_code, product_code, position, propensity, is_clicked, is_converted,
    revenue, favourite_code, activity, recommended_code (-1: none), has_lists; and occasion_code, product_code,
    department_code. Rows in any order.

    Raises ValueError where a touch stands twice, shows no candidate, or has no probability.
    """
    codes = [arrays.codes(candidates, name) for name in ("occasion_code", "product_code", "department_code")]
    order = np.lexsort((codes[1], codes[0]))
    known = OccasionCandidates(*(values[order] for values in codes))
    touch = arrays.codes(touches, "touch_code")
    by_touch = np.argsort(touch, kind="stable")
    if touch.size and not np.diff(touch[by_touch]).all():
        raise ValueError("Column 'touch_code' has a number twice; each touch is one row.")

    def column(name: str) -> Ints:
        return arrays.codes(touches, name)[by_touch]

    occasion = column("occasion_code")
    chosen = known.find(occasion, column("product_code"))
    propensity = arrays.doubles(touches, "propensity")[by_touch]
    if (chosen == NOTHING).any() or not ((propensity > 0) & (propensity <= 1)).all():
        raise ValueError("Each touch shows a candidate of its occasion, with a propensity above 0 and at most 1.")
    return LoggedProducts(
        candidates=known,
        person=column("person_code"),
        chosen=chosen,
        position=np.clip(column("position"), 0, _PLACES - 1),
        favourite=column("favourite_code"),
        activity=np.clip(column("activity"), 0, _ACTIVITIES - 1),
        recommended=known.find(occasion, column("recommended_code")),
        has_lists=arrays.doubles(touches, "has_lists")[by_touch] > 0,
        propensity=propensity,
        rewards={
            metric: np.nan_to_num(arrays.doubles(touches, name)[by_touch])
            for metric, name in (("click", "is_clicked"), ("conversion", "is_converted"), ("revenue", "revenue"))
        },
    )
