"""Names and sentences for segments, from what sets their customers apart: true, readable, never two alike."""

from __future__ import annotations

import numpy as np

from customer_insight.segments.segment_profiles import Profiles

# Standard deviations from the average customer from which a word is said, and from which it is said without need.
SAYABLE, STRIKING = 0.35, 0.8
# Share of a segment's customers of whom an absolute word ("one-time") must be true.
NEARLY_ALL = 0.75

ADJECTIVES = {
    "recency_days": ("lapsed", "recent"),
    "tenure_days": ("long-standing", "new"),
    "orders": ("frequent", "occasional"),
}
NOUNS = {"gross_revenue": ("big spenders", "small spenders")}
SUFFIXES = {
    "average_order_value": ("with large orders", "with small orders"),
    "average_days_between_orders": ("with long pauses", "who soon come again"),
    "discount_share": ("who buy at a discount", "who pay the full price"),
    "distinct_categories": ("of many categories", "of few categories"),
    "evening_share": ("in the evening", "in the daytime"),
    "products_per_order": ("with full baskets", "with small baskets"),
    "order_to_visit_share": ("who visit to buy", "who visit without buying"),
    "return_share": ("who often send back", "who seldom send back"),
    "sessions": ("who visit often", "who seldom visit"),
    "views_per_order": ("who look long before they buy", "who buy without looking around"),
    "variety_share": ("who always try something else", "who stay with their products"),
    "views_per_session": ("who look at much", "who look at little"),
    "weekend_share": ("at the weekend", "on weekdays"),
}


def name_all(profiles: Profiles) -> tuple[list[str], list[str]]:
    """A distinct name and a description for each segment, in order."""
    count = len(profiles.sizes)
    if count == 1:
        return ["All customers"], [describe(profiles, 0)]
    names = [_first_name(profiles, number) for number in range(count)]
    for group in _alike(names):
        _tell_apart(profiles, names, group)
    while groups := _alike(names):  # the profiles themselves are alike: the size is what is left to say
        for group in groups:
            for place, number in enumerate(group[1:], start=2):
                names[number] = f"{names[number]} (group {place} of {len(group)}, {profiles.sizes[number]} customers)"
    return [name[0].upper() + name[1:] for name in names], [describe(profiles, number) for number in range(count)]


def _alike(names: list[str]) -> list[list[int]]:
    groups: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        groups.setdefault(name.casefold(), []).append(number)
    return [group for group in groups.values() if len(group) > 1]


def _deviation(profiles: Profiles, number: int, feature: str) -> float:
    """The z-score, or 0 where the mean in original units does not lie on the same side of the overall mean."""
    if feature not in profiles.names:
        return 0.0
    at = profiles.names.index(feature)
    z_score = float(np.nan_to_num(profiles.z_scores[number, at]))
    gap = float(np.nan_to_num(profiles.means[number, at] - profiles.overall[at]))
    return z_score if z_score * gap > 0 else 0.0


def _word(profiles: Profiles, number: int, feature: str, words: tuple[str, str], threshold: float = SAYABLE) -> str:
    z_score = _deviation(profiles, number, feature)
    return "" if abs(z_score) < threshold else words[0] if z_score > 0 else words[1]


def _first_name(profiles: Profiles, number: int) -> str:
    if profiles.never[number] >= NEARLY_ALL:
        age = _word(profiles, number, "tenure_days", ADJECTIVES["tenure_days"])
        visits = _word(profiles, number, "sessions", SUFFIXES["sessions"])
        return " ".join(part for part in [age, "browsers who have not bought", visits and f"and {visits[4:]}"] if part)
    time = _word(profiles, number, "recency_days", ADJECTIVES["recency_days"])
    if _deviation(profiles, number, "tenure_days") <= -STRIKING:
        time = ADJECTIVES["tenure_days"][1]
    if profiles.one_time[number] >= NEARLY_ALL:
        often = "one-time"
    else:
        often = _word(profiles, number, "orders", ADJECTIVES["orders"])
    noun = _word(profiles, number, "gross_revenue", NOUNS["gross_revenue"]) or "buyers"
    parts = [time, often, noun]
    if sum(bool(part) for part in parts) < 3 or noun == "buyers":
        parts.append(_suffix(profiles, number, STRIKING))
    name = " ".join(part for part in parts if part)
    return "average buyers" if name == "buyers" else name


def _suffix(profiles: Profiles, number: int, threshold: float) -> str:
    """The phrase of the feature with the strongest deviation, among those that have one; '' where all are weak."""
    features = [name for name in profiles.names if name in SUFFIXES]
    strongest = max(features, key=lambda name: abs(_deviation(profiles, number, name)), default="")
    return _word(profiles, number, strongest, SUFFIXES[strongest], threshold) if strongest else ""


def _label(feature: str) -> str:
    return feature.replace("_", " ")


def _tell_apart(profiles: Profiles, names: list[str], group: list[int]) -> None:
    """Adds to each name of a group what its members differ in most, in original units: most, more or least of it."""
    gaps = np.ptp(np.nan_to_num(profiles.z_scores[group]), axis=0)
    for at in np.argsort(-np.round(gaps, 9), kind="stable")[: len(profiles.names)]:
        means = profiles.means[group, at]
        if gaps[at] <= 0 or np.isnan(means).any() or len(np.unique(np.round(means, 9))) < len(group):
            continue
        feature = profiles.names[at]
        order = np.argsort(-means, kind="stable")
        for place, member in enumerate(order):
            names[group[member]] += f", {_degree(place, len(group))} {_label(feature)}"
        return


def _degree(place: int, count: int) -> str:
    if count == 2:
        return ("higher", "lower")[place]
    ordinals = ("highest", "second highest", "third highest", "fourth highest", "fifth highest")
    return "lowest" if place == count - 1 else ordinals[place] if place < len(ordinals) else f"{place + 1}th highest"


def describe(profiles: Profiles, number: int) -> str:
    """One sentence with the numbers: size, orders, last order, money, and the two features that stand out most."""
    share = profiles.sizes[number] / profiles.sizes.sum()
    facts = _facts(profiles, number)
    standing_out = _standing_out(profiles, number)
    customers = "customer" if profiles.sizes[number] == 1 else "customers"
    text = f"{profiles.sizes[number]} {customers} ({share:.0%})".replace("%", " %")
    text += f": {', '.join(facts)}." if facts else "."
    return f"{text} Stands out: {'; '.join(standing_out)}." if standing_out else text


def _facts(profiles: Profiles, number: int) -> list[str]:
    def mean(feature: str) -> float:
        return float(profiles.means[number, profiles.names.index(feature)]) if feature in profiles.names else np.nan

    has_orders = mean("orders") != 0
    seen = "half of them last bought within {:.0f} days" if has_orders else "half of them last seen within {:.0f} days"
    phrases = [
        (mean("orders"), "{:.1f} orders each" if has_orders else "no orders yet"),
        (float(profiles.median_recency[number]), seen),
        (mean("gross_revenue") if has_orders else np.nan, "{:,.2f} spent each"),
    ]
    return [phrase.format(value) for value, phrase in phrases if not np.isnan(value)]


def _standing_out(profiles: Profiles, number: int) -> list[str]:
    told = {"orders", "recency_days", "gross_revenue"}
    deviations = {name: _deviation(profiles, number, name) for name in profiles.names if name not in told}
    strongest = sorted(deviations, key=lambda name: (-abs(round(deviations[name], 9)), name))[:2]
    texts = []
    for name in strongest:
        if abs(deviations[name]) >= SAYABLE and len(profiles.sizes) > 1:
            at = profiles.names.index(name)
            mean, overall = profiles.means[number, at], profiles.overall[at]
            is_share = name.endswith("_share")
            texts.append(f"{_label(name)} {_number(mean, is_share)} (all customers {_number(overall, is_share)})")
    return texts


def _number(value: float, is_share: bool) -> str:
    if is_share:
        return f"{100 * value:.0f} %"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
