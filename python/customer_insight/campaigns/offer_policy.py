"""Who gets which offer in the next send: a policy that learns from what was decided before, and goes on exploring.

What an offer brings is learned beside who was left alone in the same campaign, drawn by lot; so a campaign that ran
when everybody buys is no better for it. A decision teaches once the days are over in which its outcome counts.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from scipy.stats import norm

from customer_insight.campaigns import (
    assigned_customers,
    offer_log,
    offer_posterior,
    offer_rivals,
    offer_shares,
)
from customer_insight.campaigns.offer_log import Decisions, OfferCustomers, Offers
from customer_insight.campaigns.offer_rivals import PolicyChoice
from customer_insight.numerics import arrays, memory
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.numerics.threads import linear_algebra_in_threads
from customer_insight.steps import parameters
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult

# Decisions whose outcome is known, and those with an order: with fewer nothing but chance would be learned.
MIN_DECISIONS = 500
MIN_ORDERED = 50
UNIFORM = "uniform"


def run(
    offers: pa.Table,
    decided: pa.Table,
    customers: pa.Table,
    forbidden: pa.Table,
    *,
    exploration_floor: Setting = 0.005,
    offer_contacts: Setting = None,
    offer_budget: Setting = None,
    contacts_a_month: Setting = 4,
    offer_half_life_days: Setting = 365,
) -> StepResult:
    """The offer of each customer, drawn with its probability.

    offers: offer_code, campaign_code, needs_consent, cost (of one contact, may be null). decided: one row a customer
    and campaign that they were drawn for: customer_code, campaign_place (from 0, by campaign_code of offers),
    offer_code (null: left alone), segment_id (may be null), days_ago, propensity (may be null), reward (in money, or
    0 and 1), is_known (its days are over) and features f_…. customers: customer_code, segment_id, group_code,
    has_consent, contacts (of the last month), draw and place (even, from 0 to 1) and the same f_…. forbidden:
    group_code, offer_code.

    Table policy: customer_code, offer_code (null: left alone), propensity, gain (expected, beside leaving alone; null
    where nothing is known), gain_low, gain_high (95 %), best_offer_code and best_gain (of what is allowed), reason (a
    word), policy.
    """
    floor = float(parameters.read("exploration_floor", "share", exploration_floor))
    contacts = parameters.read("offer_contacts", "integer from 1 or null", offer_contacts)
    budget = parameters.read("offer_budget", "positive number or null", offer_budget)
    most = parameters.read("contacts_a_month", "integer from 0", contacts_a_month)
    half_life = parameters.read("offer_half_life_days", "positive number", offer_half_life_days)
    names = assigned_customers.feature_names(decided)
    there = offer_log.read_offers(offers)
    segments, (of_decided, of_customers) = offer_log.segments_of(decided, customers)
    known = offer_log.read_decisions(decided, of_decided, there, names, half_life)
    today = offer_log.read_customers(customers, of_customers, there, forbidden, names, most)
    if budget is not None:
        today.allowed[:, np.isnan(there.cost)] = False
        dearest = float(np.nanmax(np.where(today.allowed.any(axis=0), there.cost, 0.0), initial=0.0))
        contacts = _fewer(contacts, int(budget // dearest) if dearest > 0 else None)
    # one thread of linear algebra, so that sums are the same on any number of cores
    ((table, choice, metrics),) = linear_algebra_in_threads(
        lambda limit: _decided(there, known, today, segments, floor, limit), [contacts]
    )
    memory.give_back()
    return StepResult(
        tables={"policy": table},
        status=_status(there, known),
        parameters={
            "exploration_floor": floor,
            "offer_contacts": contacts,
            "offer_budget": budget,
            "contacts_a_month": most,
            "offer_half_life_days": half_life,
        },
        metrics={
            "offers": there.codes.size,
            "decisions": known.reward.size,
            "decisions_waiting": known.waiting,
            "features": names,
            "policy": choice.policy,
            "choice": choice.sentence,
            "values": {name: vars(value) for name, value in choice.values.items()},
            **metrics,
        },
        input_fingerprint=offer_log.fingerprint(there, known, today),
    )


def _fewer(one: int | None, other: int | None) -> int | None:
    known = [each for each in (one, other) if each is not None]
    return min(known) if known else None


def _status(offers: Offers, known: Decisions) -> str:
    if offers.codes.size == 0:
        return "No campaign that may be sent again was shown to anybody, so nobody is offered anything."
    return _too_little(known) or OK


def _too_little(known: Decisions) -> str:
    if known.reward.size >= MIN_DECISIONS and known.ordered >= MIN_ORDERED:
        return ""
    return (
        f"Too little is known of what offers bring: {known.reward.size:,} customers were drawn for or left alone by"
        f" campaigns whose days are over, {known.ordered:,} of them ordered, and learning needs {MIN_DECISIONS:,}"
        f" and {MIN_ORDERED:,}. Until then all that is allowed is drawn with the same probability."
    )


def _decided(
    offers: Offers, known: Decisions, today: OfferCustomers, segments: int, floor: float, contacts: int | None
) -> tuple[pa.Table, PolicyChoice, dict[str, Any]]:
    shape = today.allowed.shape
    gains, spread = np.full(shape, np.nan), np.full(shape, np.nan)
    metrics: dict[str, Any] = {}
    if offers.codes.size == 0 or _too_little(known):
        choice = PolicyChoice(UNIFORM, {}, "Nothing is learned yet.", None)
        shares = offer_shares.uniform(today.allowed)
    else:
        scale = offer_posterior.scale_of(known.log.values, segments)
        choice = offer_rivals.choose(known, scale, offers, floor)
        posterior = offer_posterior.fit(known.log, scale, offers.campaign)
        design = scale.design(today.values, today.segment)
        gains, spread = posterior.gains(design)
        metrics = {"offer_width": posterior.width, "segment_width": posterior.segment_width, "noise": posterior.noise}
        if choice.network is None:
            shares = offer_shares.thompson(posterior, design, today.allowed)
        else:
            nowhere = np.full(len(design), -1)
            worth = choice.network.of_all(today.values, today.segment, nowhere, offers.campaign)
            shares = offer_shares.greedy(worth[:, 1:], today.allowed)
        shares = offer_shares.with_floor(shares, today.allowed, floor)
    kept = 1.0
    wanted = 1 - shares[:, 0]
    if contacts is not None:
        expected = np.nan_to_num(gains)
        shares, kept = offer_shares.within_contacts(shares, today.allowed, expected, today.codes, contacts, floor)
    taken = offer_shares.drawn(shares, today.draw, today.place, today.codes, contacts)
    metrics |= {"contacts_expected": float((1 - shares[:, 0]).sum()), "contacts": int((taken > 0).sum())}
    is_cut = (1 - shares[:, 0]) < wanted - 1e-9
    is_new = np.bincount(known.log.offer + 1, minlength=offers.codes.size + 1) == 0
    table = _table(offers, today, choice.policy, (gains, spread), taken, shares, is_cut, is_new)
    return table, choice, metrics | {"floor_kept": kept}


def _table(
    offers: Offers,
    today: OfferCustomers,
    policy: str,
    gains: tuple[Floats, Floats],
    taken: Ints,
    shares: Floats,
    is_cut: Any,
    is_new: Any,
) -> pa.Table:
    rows = np.arange(len(taken))
    mean, spread = (np.column_stack([np.where(np.isnan(each).all(axis=1), np.nan, 0.0), each]) for each in gains)
    gain, half = mean[rows, taken], float(norm.ppf(0.975)) * spread[rows, taken]
    shown = np.where(today.allowed, np.nan_to_num(mean[:, 1:], nan=-np.inf), -np.inf)
    best = shown.argmax(axis=1) if offers.codes.size else np.zeros(len(taken), dtype=np.int64)
    best_gain = shown[rows, best] if offers.codes.size else np.full(len(taken), np.nan)
    has_best = np.isfinite(best_gain)
    is_best = has_best & (taken == best + 1)
    is_alone, is_open = taken == 0, today.allowed.any(axis=1)
    reasons = {
        "written to enough": ~is_open & today.is_full,
        "nothing allowed": ~is_open,
        UNIFORM: np.full(len(taken), policy == UNIFORM),
        "contacts used up": is_alone & is_cut,
        "nothing gains": is_alone & (best_gain <= 0),
        "left alone by lot": is_alone,
        "new": is_new[taken],
        "best": is_best & (best_gain > 0),
        "least bad": is_best,
    }
    reason = np.select(list(reasons.values()), list(reasons), default="tried")
    codes = np.concatenate([[0], offers.codes])
    return pa.table(
        {
            "customer_code": arrays.arrow(today.codes),
            "offer_code": arrays.arrow(codes[taken], taken == 0),
            "propensity": arrays.arrow(shares[rows, taken]),
            "gain": arrays.nullable(gain),
            "gain_low": arrays.nullable(gain - half),
            "gain_high": arrays.nullable(gain + half),
            "best_offer_code": arrays.arrow(codes[best + 1] if offers.codes.size else codes[best], ~has_best),
            "best_gain": arrays.nullable(best_gain),
            "reason": pa.array(reason.astype(str).tolist(), pa.string()),
            "policy": pa.array([policy] * len(taken), pa.string()),
        }
    )
