"""What the people of a shop want of its lists, whatever a strategy thinks: the reference seed `staff_rules`.

SQL decides which rule acts on which product in the lists of which group of customers. Here lists are made to follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

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
    def weighs(self) -> bool:
        """Whether any score counts more or less than once."""
        return bool((self.factor != 1).any())

    @property
    def reorders(self) -> bool:
        """Whether lists are other than those of a shop that lacks what is kept out."""
        return self.weighs or self.pinned.size > 0

    @property
    def without_order(self) -> StaffWishes:
        """What is kept out, alone."""
        return replace(self, factor=np.ones(self.factor.size), pinned=self.pinned[:0], places=self.places[:0])

    def touches(self, product: Ints) -> Bools:
        """Which products are boosted, buried or pinned; shape (products,) of those asked for."""
        return np.asarray((self.factor[product] != 1) | np.isin(product, self.pinned), dtype=np.bool_)

    def weighed(self, lists: Candidates) -> Candidates:
        """The lists in the order of scores that count as many times as wanted."""
        score = np.round(weighed(lists.score, self.factor[lists.product]), ranking.SCORE_DECIMALS)
        return Candidates(lists.customer, lists.product, score).best(max(1, score.size))

    def pinned_first(self, lists: Candidates, is_free: Bools) -> Candidates:
        """The lists with each customer's pins above all others; is_free: who gets which, shape (customers, pins)."""
        customer, pin = np.nonzero(is_free)
        others = ~np.isin(lists.product, self.pinned)
        kept = Candidates(lists.customer[others], lists.product[others], lists.score[others])
        pins = Candidates(customer.astype(np.int64), self.pinned[pin], np.asarray(_PINNED - pin, dtype=np.float64))
        both = joined([kept, pins])
        return both.best(max(1, both.customer.size))

    def in_places(self, lists: Candidates) -> Candidates:
        """Lists whose pins stand above all others, with each pin in its place and the others in the free ones."""
        is_pin = is_pinned(lists)
        if not is_pin.any():
            return lists
        customer, pin = lists.customer[is_pin], np.asarray(_PINNED - lists.score[is_pin], dtype=np.int64)
        has = np.zeros((int(lists.customer.max()) + 1, self.pinned.size), dtype=np.bool_)
        has[customer, pin] = True
        place = ranking.ranks(lists.customer) - has.sum(axis=1)[lists.customer]
        for number, taken in enumerate(self.places.tolist()):
            place += has[lists.customer, number] & (place >= taken)
        place[is_pin] = self.places[pin]
        order = np.lexsort((place, lists.customer))
        return Candidates(lists.customer[order], lists.product[order], lists.score[order])


def is_pinned(lists: Candidates) -> Bools:
    """Which rows a pin put there, shape (rows,)."""
    return np.asarray(lists.score > _PINNED / 2, dtype=np.bool_)


def unweighed(scores: Floats, factor: Floats) -> Floats:
    """What was weighed, as the strategy gave it."""
    return np.asarray(np.round(weighed(scores, 1 / factor), ranking.SCORE_DECIMALS), dtype=np.float64)


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

    def fingerprint_for(self, group: Ints) -> str:
        """That of the rules and of whose they are; '' where no rule is in force."""
        return f"{self.fingerprint}{arrays.fingerprint({'group': group})}" if self.fingerprint else ""

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
    wishes: dict[int, StaffWishes] = {}
    for code in arrays.distinct(group).tolist():
        of_group = known & (group == code)
        wishes[code] = _wishes(position[of_group], action[of_group], place[of_group], factor[of_group], is_available)
    segment, is_whole = arrays.codes_and_validity(rules, "segment_code")
    told = {"group": group, "product": product, "segment": segment, "place": place, "factor": np.nan_to_num(factor)}
    fingerprint = arrays.fingerprint({**told, "action": arrays.texts(rules, "action")})
    whole = dict(zip(segment[is_whole].tolist(), group[is_whole].tolist(), strict=True))
    return StaffRules(wishes, nothing, whole, fingerprint)


def pinned_codes(rules: pa.Table | None) -> Ints:
    """Codes of the products that any rule pins."""
    if rules is None or rules.num_rows == 0:
        return _none()
    is_pin = np.array(rules["action"].to_pylist()) == "pin"
    return np.asarray(arrays.codes(rules, "product_code")[is_pin], dtype=np.int64)


def groups_of(members: pa.Table | None, codes: Ints, code_name: str) -> Ints:
    """The group of each code (ascending), 0 where members (a code and group_code) names none; shape (codes,)."""
    group = np.zeros(codes.size, dtype=np.int64)
    if members is not None:
        found, place = arrays.find(codes, arrays.codes(members, code_name))
        group[place[found]] = arrays.codes(members, "group_code")[found]
    return group


def _none() -> Ints:
    return np.zeros(0, dtype=np.int64)


def _wishes(
    product: Ints, action: npt.NDArray[np.object_], place: Floats, factor: Floats, is_available: Bools
) -> StaffWishes:
    is_allowed, factors = np.ones(is_available.size, np.bool_), np.ones(is_available.size)
    is_allowed[product[action == "never"]] = False
    changed = (action == "boost") | (action == "bury")
    factors[product[changed]] = factor[changed]
    pins = np.flatnonzero((action == "pin") & is_available[product])
    pins = pins[np.argsort(place[pins], kind="stable")]
    return StaffWishes(is_allowed, factors, product[pins], place[pins].astype(np.int64))
