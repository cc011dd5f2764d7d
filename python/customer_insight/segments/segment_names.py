"""Names and sentences for segments, from what sets their customers apart: true, readable, never two alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

import numpy as np

from customer_insight.segments.segment_profiles import Profiles
from customer_insight.segments.segment_words import (
    ADJECTIVES,
    ALL,
    AVERAGE,
    LABELS,
    NEVER_BOUGHT,
    NOUNS,
    OF_MOST_ORDERS,
    ONE_TIME,
    SUFFIXES,
    TWINS,
)

# What a name says beside its twins, which is about them and not about the average.
_DONE = "|".join(phrase for pair in TWINS.values() for phrase in pair)
_COMPARED = re.compile(
    rf", (?:higher|lower|lowest|(?:\w+ )?highest) .*|,? who (?:more|least|(?:\w+ )?most) often (?:{_DONE})"
)
# Standard deviations from the average customer from which a word is said.
SAYABLE = 0.35
# Standard deviations from which a phrase is added.
NOTABLE = 0.5
# Standard deviations from which "new" is the word.
STRIKING = 0.8
# Share of a segment's customers of whom an absolute word ("one-time") must be true.
NEARLY_ALL = 0.75
# Share of a segment's customers who must lie on the side of the average that a word speaks of: eight of ten at random.
MOST = 0.8
# What a kept name may fall short of, so that it does not come and go: half the deviation, and this much of a share.
LEEWAY = 0.1


def name_all(profiles: Profiles, kept: list[str], earlier: list[str]) -> list[str]:
    """A distinct name for each segment, in order: the kept one, or where that is '' a new one, unlike any earlier."""
    if len(kept) == 1:
        return [kept[0] or ALL]
    names = [name or _first_name(profiles, number) for number, name in enumerate(kept)]
    for group in _alike(names):
        new = [number for number in group if not kept[number]]
        if len(new) > 1:
            _tell_apart(profiles, names, new)
    taken = {name.casefold() for name in [*kept, *earlier] if name}
    for number, name in enumerate(names):
        if not kept[number]:
            names[number] = next(text for text in _variants(profiles, number, name) if text.casefold() not in taken)
            taken.add(names[number].casefold())
    return [name[0].upper() + name[1:] for name in names]


def _variants(profiles: Profiles, number: int, name: str) -> Iterator[str]:
    """The name, then with one more true phrase, then with a number."""
    yield name
    features = [feature for feature in profiles.names if feature in SUFFIXES]
    for feature in sorted(features, key=lambda each: (-abs(_deviation(profiles, number, each)), each)):
        phrase = _word(profiles, number, feature, SUFFIXES[feature])
        if phrase and phrase not in name:
            yield f"{name}, {phrase}" if phrase.startswith("who") and "who" in name else f"{name} {phrase}"
    # the profiles themselves are alike: a number is what is left to say
    for place in count(2):
        yield f"{name} (group {place})"


def is_true(name: str, profiles: Profiles, number: int) -> bool:
    """Whether a name given earlier is still true of a segment, with some leeway; comparisons with twins pass."""
    text = name.casefold()
    if (text == ALL.casefold()) != (len(profiles.sizes) == 1):
        return False
    is_never = profiles.never[number] >= NEARLY_ALL - (LEEWAY if NEVER_BOUGHT in text else 0.0)
    if is_never != (NEVER_BOUGHT in text) and text != ALL.casefold():
        return False
    if ONE_TIME in text and not profiles.one_time[number] >= NEARLY_ALL - LEEWAY:
        return False
    if text.startswith(AVERAGE):
        return all(abs(_deviation(profiles, number, feature)) < STRIKING for feature in [*ADJECTIVES, *NOUNS])
    return all(
        sign * _deviation(profiles, number, feature, MOST - LEEWAY) >= SAYABLE / 2
        for feature, words in {**ADJECTIVES, **NOUNS, **SUFFIXES}.items()
        for word, sign in zip(words, (1, -1), strict=True)
        if re.search(rf"\b{re.escape(word.removeprefix('who '))}\b", _COMPARED.sub("", text))
    )


def _alike(names: list[str]) -> list[list[int]]:
    groups: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        groups.setdefault(name.casefold(), []).append(number)
    return [group for group in groups.values() if len(group) > 1]


def _deviation(profiles: Profiles, number: int, feature: str, most: float = MOST) -> float:
    """The z-score, or 0 where it is not true of most customers, where the mean in original units disagrees, or where
    its word would speak of a longer time than has passed for half of them.
    """
    if feature not in profiles.names:
        return 0.0
    at = profiles.names.index(feature)
    z_score = float(np.nan_to_num(profiles.z_scores[number, at]))
    mean = float(np.nan_to_num(profiles.means[number, at]))
    side = profiles.above if z_score > 0 else profiles.below
    is_said = side[number, at] >= most and z_score * float(mean - np.nan_to_num(profiles.overall[at])) > 0
    if z_score > 0 and profiles.too_short[number, at]:
        return 0.0
    if feature in OF_MOST_ORDERS:
        is_said = is_said and (mean >= 0.5) == (z_score > 0)
    return z_score if is_said else 0.0


def _word(profiles: Profiles, number: int, feature: str, words: tuple[str, str], threshold: float = SAYABLE) -> str:
    z_score = _deviation(profiles, number, feature)
    return "" if abs(z_score) < threshold else words[0] if z_score > 0 else words[1]


def _first_name(profiles: Profiles, number: int) -> str:
    if profiles.never[number] >= NEARLY_ALL:
        age = _word(profiles, number, "tenure_days", ADJECTIVES["tenure_days"])
        visits = _word(profiles, number, "sessions", SUFFIXES["sessions"])
        return " ".join(part for part in [age, NEVER_BOUGHT, visits and f"and {visits[4:]}"] if part)
    time = _word(profiles, number, "recency_days", ADJECTIVES["recency_days"])
    if _deviation(profiles, number, "tenure_days") <= -STRIKING:
        time = ADJECTIVES["tenure_days"][1]
    if profiles.one_time[number] >= NEARLY_ALL:
        often = ONE_TIME
    else:
        often = _word(profiles, number, "orders", ADJECTIVES["orders"])
    noun = _word(profiles, number, "gross_revenue", NOUNS["gross_revenue"]) or "buyers"
    parts = [time, often, noun]
    if sum(bool(part) for part in parts) < 3 or noun == "buyers":
        parts.append(_suffix(profiles, number, NOTABLE))
    name = " ".join(part for part in parts if part)
    return AVERAGE if name == "buyers" else name


def _suffix(profiles: Profiles, number: int, threshold: float) -> str:
    """The phrase of the feature with the strongest deviation, among those that have one; '' where all are weak."""
    features = [name for name in profiles.names if name in SUFFIXES]
    strongest = max(features, key=lambda name: abs(_deviation(profiles, number, name)), default="")
    return _word(profiles, number, strongest, SUFFIXES[strongest], threshold) if strongest else ""


def _label(feature: str) -> str:
    return LABELS.get(feature) or feature.replace("_", " ")


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
            names[group[member]] += _beside_twins(names[group[member]], feature, place, len(group))
        return


def _beside_twins(name: str, feature: str, place: int, count: int) -> str:
    """What follows the name: `, higher revenue`, or ` who more often try new things`."""
    degree = _degree(place, count)
    if feature not in TWINS:
        return f", {degree} {_label(feature)}"
    more, less = TWINS[feature]
    often = degree.replace("highest", "most").replace("lowest", "least")
    said = f"who more often {(more, less)[place]}" if count == 2 else f"who {often} often {more}"
    return f", {said}" if "who" in name else f" {said}"


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
    has_prices = "gross_revenue" in profiles.names and profiles.overall[profiles.names.index("gross_revenue")] != 0
    seen = "half of them last bought within {:.0f} days" if has_orders else "half of them last seen within {:.0f} days"
    recency = float(profiles.median_recency[number])
    if recency < 1:
        seen = seen.replace("{:.0f} days", "a day")
    phrases = [
        (mean("orders"), "{:.1f} orders each" if has_orders else "no orders yet"),
        (recency, seen),
        (mean("gross_revenue") if has_orders and has_prices else np.nan, "{:,.2f} spent each"),
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
