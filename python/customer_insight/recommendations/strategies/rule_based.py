"""What the shop's association rules say: who has a whole antecedent gets its consequent.

Score: the highest confidence of the rules that speak for the product. Rules that can be chance (q above 0.05), or whose
lift is not above 1, stay silent.

Source: Agrawal, Imielinski and Swami, SIGMOD 1993; Mobasher et al., WIDM 2001 (recommending by rules).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from scipy import sparse

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.recommendations.history.history import History
from customer_insight.rules import association_rules

PARAMETERS: dict[str, tuple[float, ...]] = {
    "min_support": (0.002, 0.001, 0.005, 0.01),
    "min_confidence": (0.05, 0.02, 0.1),
    "recent_days": (365, 30, 90, np.inf),
}
# Items of an itemset at most.
_MAX_LENGTH = 3
_MAX_RULES = 200_000
# False discovery rate above which a rule is taken for chance.
_MAX_Q = 0.05


@dataclass(frozen=True)
class AssociationRules:
    """recent: customers x products (ones); antecedents: products x rules (ones); the rest: of each rule."""

    recent: sparse.csr_array
    antecedents: sparse.csr_array
    lengths: Ints
    consequent: Ints
    confidence: Floats

    def scores(self, customers: Ints) -> sparse.csr_array:
        """Confidence, 0 to 1, shape (customers, products)."""
        met = sparse.csr_array(self.recent[customers] @ self.antecedents)
        row = np.repeat(np.arange(met.shape[0]), np.diff(met.indptr))
        holds = met.data == self.lengths[met.indices]
        row, rule = row[holds], met.indices[holds].astype(np.int64)
        best = np.zeros((met.shape[0], self.recent.shape[1]))
        np.maximum.at(best, (row, self.consequent[rule]), self.confidence[rule])
        return sparse.csr_array(best)


def fit(
    history: History, *, min_support: float = 0.002, min_confidence: float = 0.05, recent_days: float = 365
) -> AssociationRules:
    """min_support, min_confidence: of the rules. recent_days: purchases that are held against the antecedents."""
    bought = history.demand > 0
    days = int(history.age.max(initial=0)) + 1
    basket = arrays.dense(history.customer[bought] * days + history.age[bought])[1]
    product = history.product[bought]
    baskets = pa.table({"basket_code": basket, "item_code": product})
    rules = association_rules.run(
        baskets,
        min_support=min_support,
        min_confidence=min_confidence,
        max_itemset_length=_MAX_LENGTH,
        max_rules=_MAX_RULES,
    ).tables["rules"]
    is_sure = arrays.pc.less_equal(rules["q_value"], _MAX_Q)
    rules = rules.filter(arrays.pc.and_(is_sure, arrays.pc.greater(rules["lift"], 1)))
    antecedent: Any = arrays.one_chunk(rules["antecedent"])
    lengths = np.asarray(arrays.pc.list_value_length(antecedent), dtype=np.int64)
    items = np.asarray(antecedent.flatten(), dtype=np.int64)
    rule = np.repeat(np.arange(lengths.size), lengths)
    consequent: Any = arrays.one_chunk(rules["consequent"])
    shape = (history.catalogue.count, lengths.size)
    recent = (history.pairs.purchases > 0) & (history.pairs.purchase_age <= recent_days)
    return AssociationRules(
        history.matrix(recent.astype(np.float64)),
        ranking.matrix(items, rule, np.ones(items.size), shape),
        lengths,
        np.asarray(consequent.flatten(), dtype=np.int64),
        arrays.doubles(rules, "confidence"),
    )
