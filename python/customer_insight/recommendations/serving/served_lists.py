"""The table of recommendations, block by block: lists that keep the rules, with score, evidence and probability."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import ArrowArray, Bools, Floats, Ints
from customer_insight.recommendations.history.recommendation_inputs import RecommendationInputs
from customer_insight.recommendations.proposing.candidates import FILLED, Candidates, joined
from customer_insight.recommendations.serving import newcomers, recommender
from customer_insight.recommendations.serving.list_reasons import BOUGHT_BEFORE, KINDS, Witness
from customer_insight.recommendations.serving.list_rules import ListRules
from customer_insight.recommendations.serving.newcomers import SegmentLists
from customer_insight.recommendations.serving.probability_windows import Calibrated
from customer_insight.recommendations.serving.purchase_probability import PurchaseEvidence
from customer_insight.recommendations.serving.recommender import Recommender

POPULAR = "popular"
POPULAR_IN_SEGMENT = "popular_in_segment"
_BLOCK_CUSTOMERS = 2_000


@dataclass(frozen=True)
class _Served:
    """What every block needs; is_known: customers of whom something is known; share: of the highest popularity."""

    read: RecommendationInputs
    strategy: str
    probability: Calibrated
    witness: Witness
    evidence: PurchaseEvidence
    is_known: Bools
    share: Floats


def table(
    read: RecommendationInputs, learned: Recommender, rules: ListRules, probability: Calibrated, min_group_size: int
) -> pa.Table:
    """See `customer_recommendations.run`."""
    history = read.history
    is_known = np.zeros(history.customer_count, dtype=np.bool_)
    is_known[history.customer] = True
    popularity = history.popularity()
    share = popularity / max(1e-300, float(popularity.max(initial=0.0)))
    served = _Served(
        read,
        learned.strategy,
        probability,
        Witness(history),
        PurchaseEvidence(history, probability.horizon_days),
        is_known,
        share,
    )
    of_segments = newcomers.segment_lists(history, read.segment, is_known, rules.limit, min_group_size)
    parts = [_rows(served, joined([]), np.zeros(0, dtype=np.int64), of_segments)]
    for start in range(0, history.customer_count, _BLOCK_CUSTOMERS):
        customers = np.arange(start, min(start + _BLOCK_CUSTOMERS, history.customer_count))
        proposed = recommender.everything(learned.proposal(customers))
        parts.append(_rows(served, rules.apply(proposed, history, customers), customers, of_segments))
    return pa.concat_tables(parts)


def _rows(served: _Served, lists: Candidates, customers: Ints, of_segments: SegmentLists) -> pa.Table:
    """Rows of the customers (positions); the scores of popular products are replaced by shares."""
    read, history = served.read, served.read.history
    lists, is_of_segment = newcomers.replaced(lists, customers, of_segments, read.segment, served.is_known)
    customer = customers[lists.customer]
    is_filled = ~is_of_segment & (lists.score <= FILLED)
    found = served.witness.find_reasons(lists, customers)
    chance = served.probability.probabilities(served.evidence, lists, customers)
    codes = np.append(history.catalogue.codes, 0)  # the last for none
    return pa.table(
        {
            "customer_code": arrays.arrow(read.customer_codes[customer]),
            "recommendation_rank": arrays.arrow(ranking.ranks(lists.customer).astype(np.int32)),
            "product_code": arrays.arrow(codes[lists.product]),
            "score": arrays.nullable(np.where(is_filled, served.share[lists.product], lists.score)),
            "strategy": _words(is_filled + 2 * is_of_segment, (served.strategy, POPULAR, POPULAR_IN_SEGMENT)),
            "evidence": _words(found.kind, KINDS),
            "because_product_code": arrays.arrow(codes[found.because], found.because < 0),
            "is_repurchase": arrays.arrow(found.kind == BOUGHT_BEFORE),
            "purchase_probability": arrays.nullable(np.where(served.is_known[customer], chance, np.nan)),
        }
    )


def _words(numbers: npt.NDArray[np.integer], words: tuple[str, ...]) -> ArrowArray:
    return pa.DictionaryArray.from_arrays(arrays.arrow(numbers.astype(np.int8)), pa.array(words)).cast(pa.string())
