"""With which probability each customer gets which offer, and which one it is.

Thompson sampling (Thompson 1933): an offer is chosen as often as it is the best, by what is known. The probabilities
are those of a fixed sample of the posterior, so they are written exactly; column 0 is that of being left alone.
"""

from __future__ import annotations

import numpy as np

from customer_insight.campaigns.offer_posterior import OfferPosterior
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.numerics.threads import linear_algebra_in_threads

# Half as wide as the posterior, draws explore less and earn more (Chapelle and Li, NIPS 2011, section 3).
_RESHAPED = 0.5
# Numbers that a part of the customers takes: half a megabyte, which a processor keeps at hand.
_PART = 60_000
# Of a budget that is smaller than the floor of all so much explores: the other part goes where most is expected.
_EXPLORING = 0.5


def thompson(posterior: OfferPosterior, design: Floats, allowed: Bools) -> Floats:
    """Share of draws in which each offer is the best of the allowed and gains something, (rows, 1 + offers).

    Whether it gains another draw says than the one in which it is the best: of many offers of which nothing is known
    one looks good in nearly every draw, and nobody would be left alone.
    """
    count, offers = posterior.draws.shape[:2]
    reshaped = posterior.mean + _RESHAPED * (posterior.draws - posterior.mean)
    rows = max(1, _PART // count)

    def shares(start: int) -> Floats:
        part = slice(start, start + rows)
        top = np.full((len(design[part]), count), -np.inf)
        gain, best = np.zeros(top.shape), np.zeros(top.shape, dtype=np.int32)
        for offer in range(offers):
            scores = design[part] @ reshaped[:, offer].T
            is_better = (scores > top) & allowed[part, offer, None]
            np.copyto(top, scores, where=is_better)
            np.copyto(gain, np.roll(scores, 1, axis=1), where=is_better)
            np.copyto(best, offer + 1, where=is_better)
        best[gain <= 0] = 0
        return np.asarray(np.column_stack([(best == each).sum(axis=1) for each in range(offers + 1)]) / count)

    parts = linear_algebra_in_threads(shares, list(range(0, len(design), rows)))
    return np.concatenate([np.zeros((0, offers + 1)), *parts])


def uniform(allowed: Bools) -> Floats:
    """The same for every allowed offer and for being left alone, (rows, 1 + offers)."""
    open_to = _with_leaving_alone(allowed).astype(np.float64)
    return np.asarray(open_to / open_to.sum(axis=1, keepdims=True))


def greedy(scores: Floats, allowed: Bools) -> Floats:
    """All of it for the best allowed offer where it gains, else for leaving alone; scores: (rows, offers)."""
    shown = np.where(allowed, scores, -np.inf)
    best = np.where(shown.max(axis=1, initial=-np.inf) > 0, shown.argmax(axis=1) + 1, 0)
    return np.asarray((best[:, None] == np.arange(scores.shape[1] + 1)).astype(np.float64))


def with_floor(shares: Floats, allowed: Bools, floor: float) -> Floats:
    """At least `floor` for leaving alone and for each allowed offer, or as much as all can have alike."""
    open_to = _with_leaving_alone(allowed)
    least = np.minimum(floor, 1 / open_to.sum(axis=1, keepdims=True)) * open_to
    return _summing_to_one(least + shares * (1 - least.sum(axis=1, keepdims=True)))


def within_contacts(
    shares: Floats, allowed: Bools, gains: Floats, codes: Ints, most: int, floor: float
) -> tuple[Floats, float]:
    """Shares under which `most` contacts are expected at most, and the floor's part that could be kept, from 0 to 1.

    Who gains most by a contact keeps the shares of before; of the others each allowed offer has the floor, which is
    lowered where it alone would take more than half of the contacts.
    """
    contact = 1 - shares[:, 0]
    # a hair less than could be, so that rounding never makes one contact too many
    room = most * (1 - 1e-9)
    if contact.sum() <= room:
        return shares, 1.0
    least = np.minimum(shares[:, 1:], floor) * allowed
    explored = least.sum()
    kept = min(1.0, _EXPLORING * most / explored) if explored > 0 else 1.0
    least = least * kept
    left = max(room - least.sum(), 0.0)
    more = shares[:, 1:] - least
    wanted = more.sum(axis=1)
    worth = np.divide((shares[:, 1:] * gains).sum(axis=1), contact, out=np.zeros(len(shares)), where=contact > 0)
    order = np.lexsort((codes, -worth))
    spent = np.cumsum(wanted[order])
    part = np.empty(len(shares))
    part[order] = np.clip((left - (spent - wanted[order])) / np.where(wanted[order] > 0, wanted[order], 1), 0, 1)
    offers = least + more * part[:, None]
    return np.column_stack([1 - offers.sum(axis=1), offers]), kept


def drawn(shares: Floats, draw: Floats, place: Floats, codes: Ints, most: int | None) -> Ints:
    """What each customer gets, 0: left alone. draw, place: two even numbers from 0 to 1 of each customer.

    With a limit contacts are drawn one after the other, ordered by `place`, as far apart as their shares say
    (systematic sampling: Madow 1949): each customer has exactly their share, and there are never more contacts than
    are expected.
    """
    offers = shares.shape[1] - 1
    inside = shares[:, 1:] / np.where(shares[:, 0] < 1, 1 - shares[:, 0], 1)[:, None]
    if most is None:
        is_contact = draw >= shares[:, 0]
        within = np.where(is_contact, (draw - shares[:, 0]) / np.where(shares[:, 0] < 1, 1 - shares[:, 0], 1), 0)
    else:
        order = np.lexsort((codes, place))
        start = float(np.sort(place).sum() % 1)
        steps = np.floor(start + np.cumsum(1 - shares[order, 0]))
        is_contact = np.zeros(len(shares), dtype=np.bool_)
        is_contact[order] = np.diff(steps, prepend=0.0) > 0
        within = draw
    taken = (within[:, None] >= np.cumsum(inside, axis=1)).sum(axis=1)
    # the last offer with a share, where rounding goes past all of them
    last = offers - 1 - np.argmax(inside[:, ::-1] > 0, axis=1) if offers else np.zeros(len(shares), dtype=np.int64)
    return np.asarray(np.where(is_contact, np.minimum(taken, last) + 1, 0), dtype=np.int64)


def _with_leaving_alone(allowed: Bools) -> Bools:
    return np.column_stack([np.ones(len(allowed), dtype=np.bool_), allowed])


def _summing_to_one(shares: Floats) -> Floats:
    """Shares whose sum may be a rounding off 1."""
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))
