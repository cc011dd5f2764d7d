"""Accounts that are one household or person, and each used a code that is for first orders.

Accounts are linked by an address or device of few accounts, and by any two things of different kinds that both have: an
office or a parcel shop has one address and many people, so an address alone links nobody there, and a payer's name
alone nobody anywhere. Accounts so linked, directly or over others, are one group (connected components). It is a
ring if most of it shares things of two kinds, and chance does not explain how many of all accounts behind these
things used the code, and how soon after each other: the binomial tail of half of them doing so, times the chance
that so many of the code's uses fall into one stretch of time, which is m q^(m - 1) where the stretch holds a share q
of all uses (the scan statistic's first bound: Naus, JASA 1982).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from scipy import sparse, stats

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.suspicions.suspicion_rules import NOBODY, SuspicionRule, suspects

KINDS = ("address", "device", "payer")
WORDS = {"address": "an address", "device": "a device", "payer": "a payer"}
# Accounts of an address or device that links them by itself: more than a family has is an office or a parcel shop.
HOUSEHOLD = 8
# Accounts of a thing beyond which it tells nothing, even beside another: a guest terminal, "unknown".
MOST_ACCOUNTS = 500
# How likely an honest newcomer uses the code, at least.
USUAL_USE = 0.5


def find(uses: pa.Table, clues: pa.Table, rule: SuspicionRule | None) -> pa.Table:
    """Rings, a row an account.

    uses: coupon, customer_code, age_days, newcomers (customers who came while the code was in use); codes for first
    orders alone. clues: customer_code, kind (of KINDS), clue_code (int, of one kind), age_days (since the customer was
    first seen with it); those of several customers. A ring is as young as the latest that speaks for it.
    """
    if rule is None or uses.num_rows == 0 or clues.num_rows == 0:
        return NOBODY
    people = arrays.distinct(np.concatenate([arrays.codes(each, "customer_code") for each in (uses, clues)]))
    who = np.searchsorted(people, arrays.codes(clues, "customer_code"))
    kind = np.array([KINDS.index(name) for name in clues["kind"].to_pylist()], dtype=np.int64)
    things = [
        _things(who[kind == each], arrays.codes(clues, "clue_code")[kind == each], people.size) for each in range(3)
    ]
    links = sparse.csc_array(sparse.hstack(_links(things)))
    clue_age = np.full(people.size, np.inf)
    np.fmin.at(clue_age, who, arrays.doubles(clues, "age_days"))
    found = []
    coupons: list[Any] = uses["coupon"].to_pylist()
    for coupon in sorted(set(coupons)):
        rows: Any = uses.filter(pa.compute.equal(uses["coupon"], coupon))
        user = np.searchsorted(people, arrays.codes(rows, "customer_code"))
        newcomers = max(float(arrays.doubles(rows, "newcomers").max()), 1.0)
        found.append(
            _rings(
                coupon,
                user,
                arrays.doubles(rows, "age_days"),
                clue_age,
                user.size / newcomers,
                things,
                links,
                people,
                rule,
            )
        )
    best = pa.concat_tables(found).sort_by([("code", "ascending"), ("chance", "ascending")])
    codes = arrays.codes(best, "code")
    first: Any = pa.array(np.diff(codes, prepend=-1) > 0)
    return best.filter(first)


def _things(who: Ints, clue: Ints, count: int) -> sparse.csc_array:
    """Accounts x things of one kind, those of too many accounts left out."""
    _, place = np.unique(clue, return_inverse=True)
    matrix = sparse.csc_array((np.ones(who.size), (who, place)), shape=(count, int(place.max(initial=-1)) + 1))
    matrix.data[:] = 1.0
    accounts = np.diff(matrix.indptr)
    return sparse.csc_array(matrix[:, (accounts > 1) & (accounts <= MOST_ACCOUNTS)])


def _links(things: list[sparse.csc_array]) -> list[sparse.csc_array]:
    """Accounts x whatever links its accounts."""
    address, device, payer = things
    links = [each[:, np.diff(each.indptr) <= HOUSEHOLD] for each in (address, device)]
    for one, other in ((address, device), (address, payer), (device, payer)):
        links.append(_both(one, other))
    return [sparse.csc_array(each) for each in links]


def _both(one: sparse.csc_array, other: sparse.csc_array) -> sparse.csc_array:
    """Accounts x pairs of a thing of the one kind and a thing of the other that several accounts have both of."""
    rows, columns, width = [], [], max(1, other.shape[1])
    first, second = sparse.csr_array(one), sparse.csr_array(other)
    counts = np.diff(first.indptr) * np.diff(second.indptr)
    for account in np.flatnonzero(counts):
        mine = first.indices[first.indptr[account] : first.indptr[account + 1]].astype(np.int64)
        its = second.indices[second.indptr[account] : second.indptr[account + 1]].astype(np.int64)
        pairs = (mine[:, None] * width + its[None, :]).ravel()
        rows.append(np.full(pairs.size, account))
        columns.append(pairs)
    if not rows:
        return sparse.csc_array((one.shape[0], 0))
    _, place = np.unique(np.concatenate(columns), return_inverse=True)
    row = np.concatenate(rows)
    found = sparse.csc_array((np.ones(row.size), (row, place)), shape=(one.shape[0], int(place.max()) + 1))
    return sparse.csc_array(found[:, np.diff(found.indptr) > 1])


def _rings(
    coupon: str,
    user: Ints,
    age: Floats,
    clue_age: Floats,
    share: float,
    things: list[sparse.csc_array],
    links: sparse.csc_array,
    people: Ints,
    rule: SuspicionRule,
) -> pa.Table:
    among = sparse.csr_array(links)[user]
    among = sparse.csc_array(among)[:, np.bincount(among.indices, minlength=links.shape[1]) > 1]
    graph = sparse.csr_array(among @ among.T)
    _, group = sparse.csgraph.connected_components(graph, directed=False)
    ordered_age = np.sort(age)
    rows: list[tuple[Ints, float, str, float]] = []
    for number in np.flatnonzero(np.bincount(group) >= rule.at_least):
        member = np.flatnonzero(group == number)
        shared = [_sharing(each, user[member]) for each in things]
        kinds = [KINDS[place] for place, count in enumerate(shared) if 2 * count >= member.size]
        behind = _behind(links, user[member])
        if len(kinds) < 2 or member.size < rule.share * behind:
            continue
        oldest, latest = age[member].max(), age[member].min()
        within = np.searchsorted(ordered_age, oldest, "right") - np.searchsorted(ordered_age, latest)
        together = min(1.0, member.size * (within / age.size) ** (member.size - 1))
        usual = min(0.99, max(USUAL_USE, share))
        chance = float(stats.binom.sf(member.size - 1, behind, usual)) * together
        if chance > rule.chance:
            continue
        words = " and ".join([", ".join(WORDS[kind] for kind in kinds[:-1]), WORDS[kinds[-1]]])
        days = int(np.ceil(oldest - latest))
        reason = (
            f"one of {member.size} accounts that share {words}; each used {coupon}, a code for first orders,"
            f" all within {max(days, 1)} day{'s' if days > 1 else ''}"
        )
        rows.append((people[user[member]], chance, reason, float(min(latest, clue_age[user[member]].min()))))
    if not rows:
        return NOBODY
    sizes = [members.size for members, *_ in rows]
    return suspects(
        rule,
        np.concatenate([members for members, *_ in rows]),
        np.repeat(np.array(sizes, dtype=np.float64), sizes),
        np.repeat([chance for _, chance, *_ in rows], sizes),
        [reason for members, _, reason, _ in rows for _ in range(members.size)],
        np.repeat([latest for *_, latest in rows], sizes),
    )


def _sharing(things: sparse.csc_array, accounts: Ints) -> int:
    """How many of these accounts share a thing with another of them."""
    mine = sparse.csr_array(things)[accounts]
    is_shared = np.bincount(mine.indices, minlength=things.shape[1]) > 1
    return int((mine @ is_shared.astype(np.float64) > 0).sum())


def _behind(links: sparse.csc_array, accounts: Ints) -> int:
    """How many accounts, users of the code or not, have one of the links that these share."""
    mine = sparse.csr_array(links)[accounts]
    shared = np.flatnonzero(np.bincount(mine.indices, minlength=links.shape[1]) > 1)
    return int(np.unique(links[:, shared].indices).size)
