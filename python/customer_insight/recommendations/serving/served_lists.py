"""The table of recommendations, block by block: lists that keep the rules, with score, evidence and probability."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import ArrowArray, Bools, Floats, Ints
from customer_insight.recommendations.history.recommendation_inputs import RecommendationInputs
from customer_insight.recommendations.proposing.candidates import FILLED, Candidates, Proposal, joined
from customer_insight.recommendations.proposing.staff_rules import STAFF, StaffRules, StaffWishes, is_pinned, unweighed
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
class _Lists:
    """Lists of some customers (by their place among those), and which rows their segment made."""

    rows: Candidates
    is_of_segment: Bools


@dataclass(frozen=True)
class _Served:
    """What every block needs; is_known: customers of whom something is known; share: of the highest popularity."""

    read: RecommendationInputs
    learned: Recommender
    rules: ListRules
    probability: Calibrated
    witness: Witness
    evidence: PurchaseEvidence
    is_known: Bools
    share: Floats


def table(
    read: RecommendationInputs,
    learned: Recommender,
    rules: ListRules,
    probability: Calibrated,
    min_group_size: int,
    staff: StaffRules,
    group: Ints,
) -> pa.Table:
    """See `customer_recommendations.run`; group: of each customer, for staff rules."""
    history = read.history
    is_known = np.zeros(history.customer_count, dtype=np.bool_)
    is_known[read.whole.customer] = True
    popularity = history.popularity()
    share = popularity / max(1e-300, float(popularity.max(initial=0.0)))
    evidence = PurchaseEvidence(history, probability.horizon_days)
    served = _Served(read, learned, rules, probability, Witness(read.whole, history), evidence, is_known, share)
    of_segments = newcomers.newcomers_popularity(history, read.segment, is_known, min_group_size)
    nobody = _Lists(joined([]), np.zeros(0, dtype=np.bool_))
    parts = [_rows(served, nobody, nobody, staff.nothing, np.zeros(0, dtype=np.int64))]
    for wishes, members in staff.split(group):
        ways = [
            newcomers.segment_lists(
                of_segments, history.catalogue.is_available, rules.limit, wishes, is_reordered=is_reordered
            )
            for is_reordered in (False, True)
        ]
        for start in range(0, members.size, _BLOCK_CUSTOMERS):
            customers = members[start : start + _BLOCK_CUSTOMERS]
            proposal = learned.proposal(customers, wishes)
            own = _kept_lists(served, wishes.without_order, proposal, customers, ways[0])
            lists = _wanted_lists(served, wishes, proposal, customers, ways[1]) if wishes.reorders else own
            parts.append(_rows(served, lists, own, wishes, customers))
    return pa.concat_tables(parts)


def _wanted_lists(
    served: _Served, wishes: StaffWishes, own: Proposal, customers: Ints, of_segments: SegmentLists
) -> _Lists:
    """As staff wants them: scores weighed before they are ranked, pins in their places. own: the proposal without."""
    proposal = served.learned.weighed(own, customers, wishes) if wishes.weighs else own
    lists = _kept_lists(served, wishes, proposal, customers, of_segments)
    return replace(lists, rows=wishes.in_places(lists.rows))


def _kept_lists(
    served: _Served, wishes: StaffWishes, proposal: Proposal, customers: Ints, of_segments: SegmentLists
) -> _Lists:
    """Lists that keep the rules, pins above all others; those of newcomers are their segments'."""
    read = served.read
    proposed = recommender.everything(proposal)
    if wishes.pinned.size:
        proposed = wishes.pinned_first(proposed, np.ones((customers.size, wishes.pinned.size), dtype=np.bool_))
    lists = served.rules.apply(proposed, read.whole, customers, wishes)
    return _Lists(*newcomers.replaced(lists, customers, of_segments, read.segment, served.is_known))


def _rows(served: _Served, lists: _Lists, own: _Lists, wishes: StaffWishes, customers: Ints) -> pa.Table:
    """Rows of the customers (positions); own: the strategy's lists, on whose like
    probabilities were learned.
    """
    read, rows, history = served.read, lists.rows, served.read.history
    customer = customers[rows.customer]
    is_pin, is_filled = is_pinned(rows), _is_filled(lists)
    found = served.witness.find_reasons(rows, customers)
    score, places, is_judged = _opinions(served, lists, own, wishes)
    chance = served.probability.probabilities(served.evidence, rows, customers, places)
    codes = np.append(history.catalogue.codes, 0)  # the last for none
    chosen_by = np.where(is_pin, 3, is_filled + 2 * lists.is_of_segment)
    return pa.table(
        {
            "customer_code": arrays.arrow(read.customer_codes[customer]),
            "recommendation_rank": arrays.arrow(ranking.ranks(rows.customer).astype(np.int32)),
            "product_code": arrays.arrow(codes[rows.product]),
            "score": arrays.nullable(score),
            "strategy": _words(chosen_by, (served.learned.strategy, POPULAR, POPULAR_IN_SEGMENT, STAFF)),
            "evidence": _words(found.kind, KINDS),
            "because_product_code": arrays.arrow(codes[found.because], found.because < 0),
            "is_repurchase": arrays.arrow(found.kind == BOUGHT_BEFORE),
            "purchase_probability": arrays.nullable(np.where(served.is_known[customer] & is_judged, chance, np.nan)),
        }
    )


def _opinions(served: _Served, lists: _Lists, own: _Lists, wishes: StaffWishes) -> tuple[Floats, Ints, Bools]:
    """What the strategy thinks of each row: its score (popular products: a share), its place, whether it has one.

    A product that staff brought into a list where the strategy would not have it has no probability: those were learned
    on products which the strategy chose. One that moved up since others left takes the last place.
    """
    rows, catalogue = own.rows, served.read.history.catalogue
    score, place = _shown(served, own, rows.score), ranking.ranks(rows.customer)
    if lists is own:
        return score, place, np.ones(place.size, dtype=np.bool_)
    keys = catalogue.keys(rows.customer, rows.product)
    order = np.argsort(keys)
    rows = lists.rows
    is_own, at = arrays.find(keys[order], catalogue.keys(rows.customer, rows.product))
    other = np.where(is_pinned(rows), np.nan, unweighed(rows.score, wishes.factor[rows.product]))
    missing = _shown(served, lists, other)
    scores, places = missing, np.full(rows.product.size, served.rules.limit, dtype=np.int64)
    scores[is_own], places[is_own] = score[order][at[is_own]], place[order][at[is_own]]
    return scores, places, is_own | ~wishes.touches(rows.product)


def _is_filled(lists: _Lists) -> Bools:
    return np.asarray(~lists.is_of_segment & (lists.rows.score <= FILLED), dtype=np.bool_)


def _shown(served: _Served, lists: _Lists, score: Floats) -> Floats:
    """Scores, those of popular products that fill up replaced by shares."""
    return np.where(_is_filled(lists), served.share[lists.rows.product], score)


def _words(numbers: npt.NDArray[np.integer], words: tuple[str, ...]) -> ArrowArray:
    return pa.DictionaryArray.from_arrays(arrays.arrow(numbers.astype(np.int8)), pa.array(words)).cast(pa.string())
