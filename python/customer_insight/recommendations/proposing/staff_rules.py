"""What the people of a shop want of its lists, whatever a strategy thinks: the reference seed `staff_rules`.

SQL decides which rule acts on which product in the lists of which group of customers. Here lists are made to follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy import sparse

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.recommendations.proposing.candidates import Candidates, joined, weighed

# Who chose a product that a rule pins.
STAFF = "staff"
# Above every score that a strategy gives: pinned products until they stand in their places.
_PINNED = 1e15


@dataclass(frozen=True)
class StaffWishes:
    """What rules want of the lists of one group of customers; positions of products.

    is_allowed, factor: shapes (products,); not kept out, and how many times a score counts. pinned, places: shapes
    (pins,); products that may be recommended, and their places from 1, distinct and ascending.
    """

    is_allowed: Bools
    factor: Floats
    pinned: Ints
    places: Ints

    @property
    def reorders(self) -> bool:
        """Whether lists are more than those of a shop that lacks some products."""
        return bool(self.pinned.size or (self.factor != 1).any())

    @property
    def is_touched(self) -> Bools:
        """Products that are boosted, buried or pinned, shape (products,)."""
        touched = self.factor != 1
        touched[self.pinned] = True
        return touched

    def weighed(self, lists: Candidates) -> Candidates:
        """The lists in the order of scores that count as many times as wanted."""
        if (self.factor == 1).all():
            return lists
        score = np.round(weighed(lists.score, self.factor[lists.product]), ranking.SCORE_DECIMALS)
        return Candidates(lists.customer, lists.product, score).best(max(1, score.size))

    def pinned_first(self, lists: Candidates, is_free: Bools) -> Candidates:
        """The lists with the pins of each customer above all others; is_free: shape (customers, pins), who gets them."""
        customer, pin = np.nonzero(is_free)
        others = ~np.isin(lists.product, self.pinned)
        kept = Candidates(lists.customer[others], lists.product[others], lists.score[others])
        pins = Candidates(customer, self.pinned[pin], _PINNED - pin)
        both = joined([kept, pins])
        return both.best(max(1, both.customer.size))

    def in_places(self, lists: Candidates) -> Candidates:
        """Lists in order, the pins above all others, with each pin in its place and the others in the free ones."""
        if self.pinned.size == 0:
            return lists
        is_pin = is_pinned(lists)
        wanted = np.zeros(self.factor.size, dtype=np.int64)
        wanted[self.pinned] = self.places
        rank = ranking.ranks(lists.customer)
        start = np.arange(rank.size) - rank + 1
        pins_before = np.cumsum(is_pin) - is_pin
        pins = np.concatenate([np.cumsum(is_pin), [0]])
        # pins stand first, so the rank of another less the pins of the list is its number among the others
        ends = np.concatenate([np.flatnonzero(np.diff(lists.customer)), [rank.size - 1]])
        count = np.repeat(pins[ends] - pins_before[start[ends]], rank[ends]) if rank.size else rank
        place = np.where(is_pin, wanted[lists.product], rank - count)
        for at in range(int(count.max(initial=0))):
            later = np.where(count > at, wanted[lists.product[np.minimum(start + at, rank.size - 1)]], np.inf)
            place = np.where(~is_pin & (place >= later), place + 1, place)
        order = np.lexsort((place, lists.customer))
        return Candidates(lists.customer[order], lists.product[order], lists.score[order])


def is_pinned(lists: Candidates) -> Bools:
    """Which rows a pin put there, shape (rows,)."""
    return lists.score > _PINNED / 2


def unweighed(scores: Floats, factor: Floats) -> Floats:
    """What was weighed, as the strategy gave it."""
    return np.round(np.where(scores > 0, scores / factor, scores * factor), ranking.SCORE_DECIMALS)


def weighed_rows(scores: sparse.csr_array, factor: Floats) -> sparse.csr_array:
    """Queries x products likewise."""
    return sparse.csr_array((weighed(scores.data, factor[scores.indices]), scores.indices, scores.indptr), scores.shape)


@dataclass(frozen=True)
class StaffRules:
    """wishes: of groups with any; others have `nothing`. group_of_segment: the group that is a whole behaviour segment.

    fingerprint: '' where no rule is in force.
    """

    wishes: Mapping[int, StaffWishes]
    nothing: StaffWishes
    group_of_segment: Mapping[int, int]
    fingerprint: str

    def of(self, group: int) -> StaffWishes:
        """What is wanted for a group."""
        return self.wishes.get(group, self.nothing)

    def of_segment(self, segment: int | None) -> StaffWishes:
        """The same for all customers of a behaviour segment, or for everyone."""
        return self.of(0 if segment is None else self.group_of_segment.get(segment, 0))

    def split(self, group: Ints) -> Iterator[tuple[StaffWishes, Ints]]:
        """Places of each group's members, by group; those of groups for whom nothing is wanted together."""
        group = np.where(np.isin(group, list(self.wishes)), group, -1)
        for code in arrays.distinct(group).tolist():
            yield self.of(code), np.flatnonzero(group == code)


def read_staff_rules(rules: pa.Table | None, product_codes: Ints, is_available: Bools) -> StaffRules:
    """rules: group_code, segment_code (nullable), product_code, action, place and factor (nullable); none: nothing is
    wanted. product_codes: ascending, of the products that lists know; is_available: which may be recommended.
    """
    nothing = StaffWishes(np.ones(product_codes.size, np.bool_), np.ones(product_codes.size), _none(), _none())
    if rules is None or rules.num_rows == 0:
        return StaffRules({}, nothing, {}, "")
    rules = rules.sort_by([("group_code", "ascending"), ("product_code", "ascending")])
    group, product = arrays.codes(rules, "group_code"), arrays.codes(rules, "product_code")
    known, position = arrays.find(product_codes, product)
    action = np.array(rules["action"].to_pylist(), dtype=object)
    place, factor = np.nan_to_num(arrays.doubles(rules, "place")), arrays.doubles(rules, "factor")
    wishes = {}
    for code in arrays.distinct(group).tolist():
        of_group = known & (group == code)
        wishes[code] = _wishes(position[of_group], action[of_group], place[of_group], factor[of_group], is_available)
    segment, is_whole = arrays.codes_and_validity(rules, "segment_code")
    told = {"group": group, "product": product, "segment": segment, "place": place, "factor": np.nan_to_num(factor)}
    fingerprint = arrays.fingerprint({**told, "action": arrays.texts(rules, "action")})
    whole = dict(zip(segment[is_whole].tolist(), group[is_whole].tolist(), strict=True))
    return StaffRules(wishes, nothing, whole, fingerprint)


def groups_of(members: pa.Table | None, codes: Ints, code_name: str) -> Ints:
    """The group of each code (ascending), 0 where members (a code and group_code) names none; shape (codes,)."""
    group = np.zeros(codes.size, dtype=np.int64)
    if members is not None:
        found, place = arrays.find(codes, arrays.codes(members, code_name))
        group[place[found]] = arrays.codes(members, "group_code")[found]
    return group


def _none() -> Ints:
    return np.zeros(0, dtype=np.int64)


def _wishes(product: Ints, action: object, place: Floats, factor: Floats, is_available: Bools) -> StaffWishes:
    is_allowed, factors = np.ones(is_available.size, np.bool_), np.ones(is_available.size)
    actions = np.asarray(action)
    is_allowed[product[actions == "never"]] = False
    changed = (actions == "boost") | (actions == "bury")
    factors[product[changed]] = factor[changed]
    pins = np.flatnonzero((actions == "pin") & is_available[product])
    pins = pins[np.argsort(place[pins], kind="stable")]
    return StaffWishes(is_allowed, factors, product[pins], place[pins].astype(np.int64))
