"""Frequent itemsets and rules as tables.

Sources of the metrics: Brin et al., SIGMOD 1997 (lift, conviction); Piatetsky-Shapiro 1991 (leverage); Yan, Zhang and
Zhang 2009 (Zhang's metric); Tan, Kumar and Srivastava, "Selecting the right interestingness measure", KDD 2002
(Jaccard, certainty factor, Kulczynski). All are quotients of whole counts, rounded once, so that equal fractions are
equal numbers and ties are real.
"""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import ArrowArray, Floats, Ints
from customer_insight.rules.itemset_levels import Level
from customer_insight.rules.rule_generation import Rules
from customer_insight.rules.significance import confidence_interval


def itemset_table(levels: list[Level], item_codes: Ints, basket_count: int) -> pa.Table:
    """Columns itemset_code (from 1), items, item_count, support_count, support; by length, count (falling), items."""
    empty = Level(np.zeros((0, 1), dtype=np.int32), np.zeros(0, dtype=np.int64), np.zeros((0, 1), dtype=np.int32))
    table = pa.concat_tables(_level_table(level, item_codes, basket_count) for level in levels or [empty])
    table = table.combine_chunks()
    return table.add_column(0, "itemset_code", arrays.arrow(np.arange(1, table.num_rows + 1, dtype=np.int32)))


def _level_table(level: Level, item_codes: Ints, basket_count: int) -> pa.Table:
    order = np.argsort(-level.counts, kind="stable")  # the items of a level already ascend
    counts = level.counts[order]
    return pa.table(
        {
            "items": arrays.int_lists(item_codes[level.items[order]]),
            "item_count": arrays.arrow(np.full(counts.size, level.length, dtype=np.int32)),
            "support_count": arrays.arrow(counts),
            "support": arrays.arrow(counts / max(1, basket_count)),
        }
    )


def rule_table(rules: Rules, levels: list[Level], item_codes: Ints, basket_count: int) -> pa.Table:
    """Rules numbered from 1 in their total order: lift, confidence, support (falling), antecedent, consequent."""
    antecedent, consequent = _sides(rules, levels)
    lift = np.asarray((rules.both * basket_count) / (rules.antecedent * rules.consequent), dtype=np.float64)
    last = [*_sort_keys(antecedent, item_codes.size), *_sort_keys(consequent, item_codes.size)]
    order = np.lexsort([*last[::-1], -rules.both, -(rules.both / rules.antecedent), -lift])
    antecedents, antecedent_lengths = _lists(antecedent[order], item_codes)
    consequents, consequent_lengths = _lists(consequent[order], item_codes)
    measures = metrics(rules.both[order], rules.antecedent[order], rules.consequent[order], basket_count)
    return pa.table(
        {
            "rule_code": arrays.arrow(np.arange(1, order.size + 1, dtype=np.int32)),
            "antecedent": antecedents,
            "consequent": consequents,
            "antecedent_length": antecedent_lengths,
            "consequent_length": consequent_lengths,
            "support_count": arrays.arrow(rules.both[order]),
            "antecedent_support_count": arrays.arrow(rules.antecedent[order]),
            "consequent_support_count": arrays.arrow(rules.consequent[order]),
            **{name: arrays.nullable(values) for name, values in measures.items()},
            "p_value": arrays.arrow(rules.p_value[order]),
            "q_value": arrays.arrow(rules.q_value[order]),
            "is_redundant": arrays.arrow(rules.is_redundant[order]),
        }
    )


def metrics(both: Ints, antecedent: Ints, consequent: Ints, basket_count: int) -> dict[str, Floats]:
    """The metrics of rules from counts of baskets with both sides, the antecedent, the consequent, and in all; (n,).

    Infinite values and quotients of nothing come out as infinity or NaN, but for Zhang's metric and certainty, which
    are then 0: no relation can be seen.
    """
    n, b, a, c = basket_count, both, antecedent, consequent
    surplus = b * n - a * c
    zhang_scale = np.maximum(b * (n - a), a * (c - b))
    low, high = confidence_interval(b, a)
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "antecedent_support": a / n,
            "consequent_support": c / n,
            "support": b / n,
            "confidence": b / a,
            "confidence_ci_low": low,
            "confidence_ci_high": high,
            "lift": (b * n) / (a * c),
            "representativity": np.ones(b.size),
            "leverage": surplus / n / n,
            "conviction": ((n - c) * a) / (n * (a - b)),
            "zhangs_metric": np.where(zhang_scale == 0, 0.0, surplus / zhang_scale),
            "jaccard": b / (a + c - b),
            "certainty": np.where(c == n, 0.0, surplus / (a * (n - c))),
            "kulczynski": (b * (a + c)) / (2 * a * c),
        }


def _sides(rules: Rules, levels: list[Level]) -> tuple[Ints, Ints]:
    """Positions of the items of both sides, ascending, left-aligned, filled up with -1; each (rules, longest - 1)."""
    width = max(1, max((level.length for level in levels), default=2) - 1)
    sides = np.full((2, rules.both.size, width), -1, dtype=np.int64)
    for kind in np.unique((rules.mask << 6) | rules.length):
        mask, length = kind >> 6, kind & 63
        at = np.flatnonzero((rules.length == length) & (rules.mask == mask))
        items = levels[length - 1].items[rules.row[at]]
        is_consequent = (mask >> np.arange(length)) & 1 == 1
        sides[0, at, : (~is_consequent).sum()] = items[:, ~is_consequent]
        sides[1, at, : is_consequent.sum()] = items[:, is_consequent]
    return sides[0], sides[1]


def _sort_keys(side: Ints, item_count: int) -> list[Ints]:
    """Columns that order rules as their items do, as many items in each as fit into 63 bits: few sort fast."""
    base = item_count + 1
    in_one = max(1, int(63 / math.log2(base + 1)))
    keys = []
    for start in range(0, side.shape[1], in_one):
        key = np.zeros(len(side), dtype=np.int64)
        for column in side[:, start : start + in_one].T:
            key = key * base + (column + 1)
        keys.append(key)
    return keys


def _lists(side: Ints, item_codes: Ints) -> tuple[ArrowArray, ArrowArray]:
    """Left-aligned items padded with -1 as lists of item codes, and their lengths."""
    lengths = (side >= 0).sum(axis=1)
    return arrays.lists(lengths, item_codes[side[side >= 0]]), arrays.arrow(lengths.astype(np.int32))
