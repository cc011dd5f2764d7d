"""Frequent itemsets and association rules between items bought together: see the modules beside this one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

import pyarrow as pa

from customer_insight.rules import frequent_itemsets, mlxtend_engine, support_threshold
from customer_insight.rules.baskets import Baskets, read_baskets
from customer_insight.rules.itemset_levels import Level
from customer_insight.rules.mining_limits import MiningStoppedError
from customer_insight.rules.rule_generation import RuleGenerator
from customer_insight.rules.rule_tables import itemset_table, rule_table
from customer_insight.rules.support_threshold import MIN_BASKETS
from customer_insight.steps import parameters
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult

ENGINES = {"apriori": frequent_itemsets.mine, "mlxtend": mlxtend_engine.mine}


def run(
    basket_items: pa.Table,
    *,
    min_support: Setting = None,
    min_confidence: Setting = 0.2,
    max_itemset_length: Setting = 4,
    max_consequent_length: Setting = 1,
    max_rules: Setting = 1_000_000,
    memory_gb: Setting = 4,
    itemset_engine: Setting = "apriori",
    min_baskets: int = MIN_BASKETS,
) -> StepResult:
    """Itemsets and rules of basket_items: basket_code (int), item_code (int32; null: a basket without items).

    Tables: itemsets, see `rule_tables.itemset_table`; rules, best lift first, see `rule_tables.rule_table`.
    min_support: None follows the shop, see `support_threshold`; at least min_baskets baskets whatever it is.
    Where itemsets of a length, or their rules, pass max_rules or memory_gb, both tables hold the shorter ones,
    complete, and the status says at which min_support there would be room.
    Raises ValueError, with a sentence, on a missing column or a setting out of range.
    """
    support = parameters.read("min_support", "share above 0 or null", min_support)
    confidence = parameters.read("min_confidence", "share", min_confidence)
    max_length = parameters.read("max_itemset_length", "integer from 1", max_itemset_length)
    max_consequent = parameters.read("max_consequent_length", "integer from 1", max_consequent_length)
    rule_limit = parameters.read("max_rules", "integer from 1", max_rules)
    memory = parameters.read("memory_gb", "positive number", memory_gb)
    engine = parameters.read("itemset_engine", f"one of {', '.join(ENGINES)}", itemset_engine)
    everything = read_baskets(basket_items)
    threshold = support_threshold.threshold(everything, support, confidence, min_baskets, memory * 1e9)
    baskets = everything.keep(everything.item_counts() >= threshold)
    generator = RuleGenerator(baskets.count, confidence, max_consequent, rule_limit, memory * 1e9)
    stopped = _feed(generator, ENGINES[engine](baskets, threshold, max_length, memory * 1e9))
    rules = generator.rules()
    return StepResult(
        tables={
            "itemsets": itemset_table(generator.levels, baskets.item_codes, baskets.count),
            "rules": rule_table(rules, generator.levels, baskets.item_codes, baskets.count),
        },
        status=stopped.sentence(baskets.count, generator.room(stopped.length))
        if stopped
        else _status(everything, generator, Asked(threshold, min_baskets, max_length, memory * 1e9), rules.both.size),
        parameters={
            "itemset_engine": engine,
            "max_consequent_length": max_consequent,
            "max_itemset_length": max_length,
            "max_rules": rule_limit,
            "memory_gb": memory,
            "min_baskets": min_baskets,
            "min_confidence": float(confidence),
            "min_support": None if support is None else float(support),
        },
        metrics={
            "baskets": baskets.count,
            "minimum_support": threshold / baskets.count if baskets.count else None,
            "minimum_support_count": threshold,
            "frequent_itemsets": sum(level.counts.size for level in generator.levels),
            "longest_itemset": len(generator.levels),
            "rules_tested": generator.tested_count,
            "rules": rules.both.size,
        },
        input_fingerprint=everything.fingerprint(),
    )


def _feed(generator: RuleGenerator, levels: Iterator[Level]) -> MiningStoppedError | None:
    """Mines and makes rules, level by level, to the end or to the first limit passed."""
    try:
        for level in levels:
            generator.add(level)
    except MiningStoppedError as stopped:
        return stopped
    return None


@dataclass(frozen=True)
class Asked:
    """What sets of items had to keep to: least and fewest number of baskets, length; and memory in bytes."""

    threshold: int
    min_baskets: int
    max_length: int
    memory_bytes: float

    def hint(self, baskets: Baskets, length: int) -> str:
        """See `support_threshold.hint`."""
        return support_threshold.hint(baskets, length, self.threshold, self.min_baskets, self.memory_bytes)


def _status(baskets: Baskets, generator: RuleGenerator, asked: Asked, rule_count: int) -> str:
    enough = f"{asked.threshold} of {baskets.count} baskets, the fewest that count."
    if baskets.count == 0:
        return "There are no baskets."
    if baskets.item_codes.size == 0:
        return "No basket has an item."
    if not generator.levels:
        return f"No item is in {enough}{asked.hint(baskets, 1)}"
    if asked.max_length == 1:
        return "Rules need itemsets of two items; max_itemset_length is 1."
    if len(generator.levels) == 1:
        return f"No two items are together in {enough}{asked.hint(baskets, 2)}"
    if rule_count == 0:
        best = floor(generator.best_confidence * 1000) / 1000
        return (
            "No set of items that is frequent enough gives a rule of the confidence asked for. The first "
            f"are there at min_confidence {best:.3f}."
        )
    return OK
