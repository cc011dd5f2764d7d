"""Rules of frequent itemsets, level by level: their counts, chance probabilities and which are redundant.

Sources: Agrawal, Imielinski and Swami, SIGMOD 1993 (support, confidence); Bayardo, Agrawal and Gunopulos, ICDE 1999
(a rule is redundant where one with fewer antecedents does as well); Benjamini and Hochberg, JRSS B 1995 (q).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.rules.itemset_levels import Level
from customer_insight.rules.mining_limits import (
    BYTES_PER_RULE_KEPT,
    BYTES_PER_RULE_TESTED,
    KEPT_SHARE,
    TESTED_SHARE,
    MiningStoppedError,
    fitting_count,
)
from customer_insight.rules.significance import fisher_p

Places = tuple[int, ...]


@dataclass(frozen=True)
class Rules:
    """Rules that pass the filter; every array of shape (rules,).

    length and row: the whole itemset; mask: bit p is set where its item in place p is a consequent; both, antecedent,
    consequent: counts of baskets; p_value, q_value: see `significance`; is_redundant.
    """

    length: Ints
    row: Ints
    mask: Ints
    both: Ints
    antecedent: Ints
    consequent: Ints
    p_value: Floats
    q_value: Floats
    is_redundant: Bools


class RuleGenerator:
    """Takes the levels in order and makes the rules of each.

    Every way to cut a frequent itemset in two (with at most max_consequent items on the right) is tested, and counts in
    the q-values; what has the confidence is kept.
    """

    def __init__(
        self, basket_count: int, min_confidence: Fraction, max_consequent: int, max_rules: int, memory_bytes: float
    ) -> None:
        self.levels: list[Level] = []
        self.best_confidence = 0.0
        self._basket_count = basket_count
        self._min_confidence = min_confidence
        self._max_consequent = max_consequent
        in_memory = int(memory_bytes * KEPT_SHARE // BYTES_PER_RULE_KEPT)
        self._max_tested = ("memory_gb", int(memory_bytes * TESTED_SHARE // BYTES_PER_RULE_TESTED))
        self._max_kept = ("max_rules", max_rules) if max_rules <= in_memory else ("memory_gb", in_memory)
        self._p_values: list[Floats] = []
        self._kept: list[dict[str, npt.NDArray[Any]]] = []
        self._best_below: dict[Places, Floats] = {}

    def splits(self, length: int) -> list[Places]:
        """The places of an itemset of this length that can be its consequent."""
        sizes = range(1, min(self._max_consequent, length - 1) + 1)
        return [places for size in sizes for places in combinations(range(length), size)]

    def add(self, level: Level) -> None:
        """The level and its rules. Raises MiningStoppedError, and takes nothing, where the rules would be too many."""
        levels = [*self.levels, level]
        tested = [(each.counts, len(self.splits(each.length))) for each in levels]
        _check_limit(level.length, "tested", tested, self._max_tested, min(self._max_tested[1], self._max_kept[1]))
        parts: list[dict[str, npt.NDArray[Any]]] = []
        p_of: dict[Places, Floats] = {}
        best: dict[Places, Floats] = {}
        for places in self.splits(level.length):
            rest = tuple(place for place in range(level.length) if place not in places)
            antecedent, consequent = _counts(levels, rest), _counts(levels, places)
            mirrored = p_of.get(rest)  # the test does not see which side is which
            p_of[places] = (
                fisher_p(level.counts, antecedent, consequent, self._basket_count) if mirrored is None else mirrored
            )
            simpler = self._best_simpler(level, places, rest)
            confidence = level.counts / antecedent
            self.best_confidence = max(self.best_confidence, float(confidence.max(initial=0.0)))
            best[places] = np.maximum(confidence, simpler)
            rows = np.flatnonzero(level.counts >= _needed(antecedent, self._min_confidence))
            parts.append(
                {
                    "length": np.full(rows.size, level.length, dtype=np.int64),
                    "row": rows,
                    "mask": np.full(rows.size, sum(1 << place for place in places), dtype=np.int64),
                    "both": level.counts[rows],
                    "antecedent": antecedent[rows],
                    "consequent": consequent[rows],
                    "is_redundant": simpler[rows] >= confidence[rows],
                    "tested": rows + len(parts) * len(level.counts),
                }
            )
        kept = [(np.asarray(part["both"], dtype=np.int64), 1) for part in [*self._kept, *parts]]
        _check_limit(level.length, "kept", kept, self._max_kept, self._max_kept[1])
        self._kept += [part | {"tested": part["tested"] + self.tested_count} for part in parts]
        self._p_values += p_of.values()
        self._best_below = best
        self.levels = levels

    @property
    def tested_count(self) -> int:
        """Rules tested so far, kept or not."""
        return sum(values.size for values in self._p_values)

    def _best_simpler(self, level: Level, places: Places, rest: Places) -> Floats:
        """The highest confidence of the rules with the same consequent and a part of the antecedent; 0 without any.

        Quotients of counts below 90 million that differ as fractions differ as doubles, so >= is exact.
        """
        best = np.zeros(level.counts.size)
        for dropped in rest if len(rest) > 1 else ():
            shifted = tuple(place - (place > dropped) for place in places)
            best = np.maximum(best, self._best_below[shifted][level.parents[:, dropped]])
        return best

    def room(self, length: int) -> int:
        """Itemsets of this length for which all rules that they could have would fit."""
        kept = sum(part["both"].size for part in self._kept)
        rules = min(self._max_tested[1] - self.tested_count, self._max_kept[1] - kept)
        return rules // max(1, len(self.splits(length)))

    def rules(self) -> Rules:
        """All rules so far, with their q-values."""
        p_values = np.concatenate([np.zeros(0), *self._p_values])
        q_values = stats.false_discovery_control(p_values, method="bh") if p_values.size else p_values
        names = ("length", "row", "mask", "both", "antecedent", "consequent", "tested")
        none = np.zeros(0, dtype=np.int64)
        columns = {name: np.concatenate([none, *(part[name] for part in self._kept)]) for name in names}
        redundant = np.concatenate([np.zeros(0, dtype=np.bool_), *(part["is_redundant"] for part in self._kept)])
        tested = columns.pop("tested")
        return Rules(**columns, p_value=p_values[tested], q_value=q_values[tested], is_redundant=redundant)


def _counts(levels: list[Level], places: Places) -> Ints:
    """Baskets of the part of each itemset of the last level that is in these places; shape (itemsets,)."""
    level = levels[-1]
    if len(places) == 1:
        return levels[0].counts[level.items[:, places[0]]]
    rows = np.arange(level.counts.size)
    for place in reversed(range(level.length)):  # from the right, so that places to the left keep their numbers
        if place not in places:
            rows = level.parents[rows, place]
            level = levels[level.length - 2]
    return level.counts[rows]


def _needed(antecedent: Ints, min_confidence: Fraction) -> Ints:
    """The whole count that min_confidence asks for: exactly ceil(min_confidence x antecedent count)."""
    above, below = min_confidence.as_integer_ratio()
    if above * int(antecedent.max(initial=0)) < 2**63:
        return -(-(above * antecedent) // below)
    return np.array([math.ceil(min_confidence * int(count)) for count in antecedent], dtype=np.int64)


def _check_limit(length: int, done: str, parts: list[tuple[Ints, int]], most: tuple[str, int], fitting: int) -> None:
    """Raises MiningStoppedError where itemsets with these counts, so many rules each, have more than allowed.

    fitting: the number of rules, of all lengths, with which nothing else stops the level.
    """
    total = sum(counts.size * weight for counts, weight in parts)
    if total > most[1]:
        counts = np.concatenate([counts for counts, _ in parts])
        weights = np.concatenate([np.full(counts.size, weight) for counts, weight in parts])
        excess = f"{total} rules would have to be {done}"
        raise MiningStoppedError(length, excess, *most, lambda _: fitting_count(counts, weights, fitting))
