"""Frequent itemsets and association rules between products bought together.

Sources: Agrawal, Imielinski and Swami, SIGMOD 1993 (support, confidence); Brin et al., SIGMOD 1997 (lift, conviction);
Piatetsky-Shapiro 1991 (leverage); Yan, Zhang and Zhang 2009 (Zhang's metric). All metrics are quotients of whole
counts, rounded once, so that equal fractions are equal numbers and ties are real.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from customer_insight import arrays, parameters
from customer_insight.arrays import ArrowArray, Floats, Ints
from customer_insight.learned import OK, Learned
from customer_insight.parameters import Setting
from customer_insight.rules import frequent_itemsets, mlxtend_engine
from customer_insight.rules.frequent_itemsets import FrequentItemsets, Level, Positions

ENGINES = ("apriori", "mlxtend")
_BYTES_PER_RULE = 250

Columns = dict[str, npt.NDArray[np.int64]]


def learn(
    basket_items: pa.Table,
    *,
    min_support: Setting = "0.01",
    min_confidence: Setting = "0.2",
    max_itemset_length: Setting = 4,
    max_consequent_length: Setting = 1,
    max_rules: Setting = 1_000_000,
    memory_gb: Setting = 4,
    engine: Setting = "apriori",
) -> Learned:
    """Itemsets and rules of basket_items: basket_code (int), product_code (int32; null: a basket without products).

    Tables: itemsets (itemset_code, items, item_count, support_count, support), ordered by length, count (falling) and
    items; rules (rule_code, antecedent, consequent, their lengths, support_count, support, confidence, lift, leverage,
    conviction, zhangs_metric, jaccard), best lift first. Conviction is null where confidence is 1.
    Raises ValueError, with a sentence, on a missing column or a setting out of range.
    """
    support = parameters.share("min_support", min_support)
    confidence = parameters.share("min_confidence", min_confidence)
    max_length = parameters.whole_number("max_itemset_length", max_itemset_length, minimum=1)
    max_consequent = parameters.whole_number("max_consequent_length", max_consequent_length, minimum=1)
    rule_limit = parameters.whole_number("max_rules", max_rules)
    memory = parameters.number("memory_gb", memory_gb)
    chosen = parameters.choice("engine", engine, ENGINES)
    baskets = frequent_itemsets.read_baskets(basket_items)
    miner = frequent_itemsets.mine if chosen == "apriori" else mlxtend_engine.mine
    found = miner(baskets, support, max_length, memory * 1e9)
    kept = min(rule_limit, int(memory * 1e9 // (3 * _BYTES_PER_RULE)))
    rules, rule_count = generate_rules(found, confidence, max_consequent, kept)
    return Learned(
        tables={"itemsets": itemset_table(found), "rules": rule_table(found, rules)},
        status=_status(found, rule_count, len(rules["both"])),
        parameters={
            "engine": chosen,
            "max_consequent_length": max_consequent,
            "max_itemset_length": max_length,
            "max_rules": rule_limit,
            "memory_gb": memory,
            "min_confidence": float(confidence),
            "min_support": float(support),
        },
        metrics={
            "baskets": found.basket_count,
            "minimum_support_count": found.minimum_count,
            "frequent_itemsets": sum(len(level.counts) for level in found.levels),
            "rules_found": rule_count,
            "rules_kept": len(rules["both"]),
        },
        input_fingerprint=arrays.fingerprint(
            {
                "basket_count": np.array([baskets.basket_count]),
                "basket": baskets.basket_of_pair,
                "item": baskets.item_of_pair,
                "product_code": baskets.product_codes,
            }
        ),
    )


def _status(found: FrequentItemsets, rule_count: int, kept: int) -> str:
    if found.status != OK:
        return found.status
    if found.basket_count == 0:
        return "There are no baskets."
    if not found.levels:
        return f"No product is in {found.minimum_count} of {found.basket_count} baskets, as min_support asks."
    if rule_count == 0:
        return "No set of products that is frequent enough gives a rule of the confidence asked for."
    if kept < rule_count:
        return f"{rule_count} rules were found; the best {kept} are kept, as max_rules or memory_gb asks."
    return OK


def itemset_table(found: FrequentItemsets) -> pa.Table:
    """The frequent itemsets of all levels, numbered from 1 in their total order."""
    parts = [_level_table(level, found) for level in found.levels]
    empty = np.zeros(0, dtype=np.int64)
    parts = parts or [_level_table(Level(np.zeros((0, 1), dtype=np.int32), empty), found)]
    table = pa.concat_tables(parts).combine_chunks()
    return table.add_column(0, "itemset_code", arrays.arrow(np.arange(1, table.num_rows + 1, dtype=np.int32)))


def _level_table(level: Level, found: FrequentItemsets) -> pa.Table:
    order = np.argsort(-level.counts, kind="stable")  # the items of a level already ascend
    counts = level.counts[order]
    return pa.table(
        {
            "items": arrays.int_lists(found.product_codes[level.items[order]]),
            "item_count": arrays.arrow(np.full(counts.size, level.items.shape[1], dtype=np.int32)),
            "support_count": arrays.arrow(counts),
            "support": arrays.arrow(counts / max(1, found.basket_count)),
        }
    )


def generate_rules(
    found: FrequentItemsets, min_confidence: Fraction, max_consequent_length: int, max_rules: int
) -> tuple[Columns, int]:
    """The best max_rules rules in their total order, and how many pass min_confidence.

    A rule is a position in the level of the whole itemset, with the mask of the places that form the consequent.
    Columns, each of shape (rules,): length, row, mask, both, antecedent, consequent (counts of baskets).
    """
    positions = Positions(found.levels, found.product_codes.size)
    names = ("length", "row", "mask", "both", "antecedent", "consequent")
    best: Columns = {name: np.zeros(0, dtype=np.int64) for name in names}
    total = 0
    for level in found.levels[1:]:
        length = level.items.shape[1]
        for size in range(1, min(max_consequent_length, length - 1) + 1):
            for places in combinations(range(length), size):
                rules = _rules_of(found, level, places, positions, min_confidence)
                total += len(rules["both"])
                best = {name: np.concatenate([best[name], rules[name]]) for name in names}
                if len(best["both"]) > 2 * max_rules:
                    best = _best(found, best, max_rules)
    return _best(found, best, max_rules), total


def _rules_of(
    found: FrequentItemsets, level: Level, places: tuple[int, ...], positions: Positions, min_confidence: Fraction
) -> Columns:
    """The rules of a level whose consequent is at these places of the itemset, with confidence compared exactly."""
    rest = [place for place in range(level.items.shape[1]) if place not in places]
    antecedent = found.levels[len(rest) - 1].counts[positions.find(level.items[:, rest])]
    rows = np.flatnonzero(level.counts >= _needed(antecedent, min_confidence))
    consequent = found.levels[len(places) - 1].counts[positions.find(level.items[rows][:, places])]
    return {
        "length": np.full(rows.size, level.items.shape[1], dtype=np.int64),
        "row": rows,
        "mask": np.full(rows.size, sum(1 << place for place in places), dtype=np.int64),
        "both": level.counts[rows],
        "antecedent": antecedent[rows],
        "consequent": consequent,
    }


def _needed(antecedent: Ints, min_confidence: Fraction) -> Ints:
    """The whole count that min_confidence asks for: exactly ceil(min_confidence x antecedent count)."""
    distinct, place = np.unique(antecedent, return_inverse=True)
    needed = np.array([math.ceil(min_confidence * int(count)) for count in distinct], dtype=np.int64)
    return needed[place]


def _best(found: FrequentItemsets, rules: Columns, max_rules: int) -> Columns:
    """The first max_rules in the order lift, confidence, support (falling), antecedent, consequent."""
    lift, confidence = _lift(found, rules), rules["both"] / rules["antecedent"]
    if len(lift) > max_rules > 0:  # sort only what can get in
        bar = -np.partition(-lift, max_rules - 1)[max_rules - 1]
        keep = np.flatnonzero(lift >= bar)
        rules = {name: values[keep] for name, values in rules.items()}
        lift, confidence = lift[keep], confidence[keep]
    antecedent, consequent = _sides(found, rules, -1)
    keys = [*consequent.T[::-1], *antecedent.T[::-1], -rules["both"], -confidence, -lift]
    order = np.lexsort(keys)[:max_rules]
    return {name: values[order] for name, values in rules.items()}


def _lift(found: FrequentItemsets, rules: Columns) -> Floats:
    return np.asarray((rules["both"] * found.basket_count) / (rules["antecedent"] * rules["consequent"]), np.float64)


def _sides(found: FrequentItemsets, rules: Columns, padding: int) -> tuple[Ints, Ints]:
    """Items of both sides, ascending, left-aligned, filled up with padding; each of shape (rules, longest - 1)."""
    width = max([level.items.shape[1] for level in found.levels], default=2)
    sides = np.full((2, len(rules["both"]), max(1, width - 1)), padding, dtype=np.int64)
    kinds = np.unique(np.stack([rules["length"], rules["mask"]]), axis=1).T
    for length, mask in kinds:
        at = np.flatnonzero((rules["length"] == length) & (rules["mask"] == mask))
        items = found.levels[length - 1].items[rules["row"][at]]
        is_consequent = (mask >> np.arange(length)) & 1 == 1
        sides[0, at, : (~is_consequent).sum()] = items[:, ~is_consequent]
        sides[1, at, : is_consequent.sum()] = items[:, is_consequent]
    return sides[0], sides[1]


def _lists(side: Ints, found: FrequentItemsets) -> tuple[ArrowArray, ArrowArray]:
    """Left-aligned items padded with -1 as lists of product codes, and their lengths."""
    lengths = (side >= 0).sum(axis=1)
    return arrays.lists(lengths, found.product_codes[side[side >= 0]]), arrays.arrow(lengths.astype(np.int32))


def rule_table(found: FrequentItemsets, rules: Columns) -> pa.Table:
    """Rules with their metrics, numbered from 1 in the order given. n, a, c, b: counts of all, A, C and both."""
    n, b = found.basket_count, rules["both"]
    a, c = rules["antecedent"], rules["consequent"]
    antecedent, consequent = _sides(found, rules, -1)
    antecedents, antecedent_lengths = _lists(antecedent, found)
    consequents, consequent_lengths = _lists(consequent, found)
    surplus = b * n - a * c
    zhang_scale = np.maximum(b * (n - a), a * (c - b))
    with np.errstate(divide="ignore", invalid="ignore"):
        return pa.table(
            {
                "rule_code": arrays.arrow(np.arange(1, len(b) + 1, dtype=np.int32)),
                "antecedent": antecedents,
                "consequent": consequents,
                "antecedent_length": antecedent_lengths,
                "consequent_length": consequent_lengths,
                "support_count": arrays.arrow(b),
                "support": arrays.nullable(b / n),
                "confidence": arrays.nullable(b / a),
                "lift": arrays.nullable(_lift(found, rules)),
                "leverage": arrays.nullable(surplus / n / n),
                "conviction": arrays.nullable(((n - c) * a) / (n * (a - b))),
                "zhangs_metric": arrays.nullable(np.where(zhang_scale == 0, 0.0, surplus / zhang_scale)),
                "jaccard": arrays.nullable(b / (a + c - b)),
            }
        )
