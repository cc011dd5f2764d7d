"""Names of segments that are alike but for one feature: they say what people do, not how a feature is called."""

import numpy as np
import pytest
from customer_insight.segments import segment_names
from customer_insight.segments.segment_profiles import Profiles


def alike(feature: str, *shares: float) -> Profiles:
    """Segments of recent buyers that differ in one share, and by too little of it to get a word of their own."""
    count = len(shares)
    means = np.column_stack([np.full(count, 20.0), shares])
    z_scores = np.column_stack([np.full(count, -0.9), 0.2 * (np.array(shares) - np.mean(shares))])
    sides = np.where(z_scores > 0, 1.0, 0.0), np.where(z_scores < 0, 1.0, 0.0)
    none, short = np.zeros(count), np.zeros((count, 2), dtype=np.bool_)
    return Profiles(
        names=["recency_days", feature],
        sizes=np.full(count, 10),
        means=means,
        z_scores=z_scores,
        above=sides[0],
        below=sides[1],
        overall=np.array([60.0, np.mean(shares)]),
        one_time=none,
        never=none,
        median_recency=np.full(count, 20.0),
        too_short=short,
    )


def named(profiles: Profiles) -> list[str]:
    return segment_names.name_all(profiles, [""] * len(profiles.sizes), [])


def test_who_buys_the_same_again_is_told_from_who_tries_new_things():
    assert named(alike("variety_share", 0.36, 0.79)) == [
        "Recent buyers who more often buy the same again",
        "Recent buyers who more often try new things",
    ]


def test_of_three_each_has_its_place():
    assert named(alike("variety_share", 0.5, 0.9, 0.1)) == [
        "Recent buyers who second most often try new things",
        "Recent buyers who most often try new things",
        "Recent buyers who least often try new things",
    ]


def test_other_features_keep_their_labels():
    assert named(alike("discount_share", 0.1, 0.3)) == [
        "Recent buyers, lower share of discount",
        "Recent buyers, higher share of discount",
    ]


@pytest.mark.parametrize("shares", [(0.36, 0.79), (0.5, 0.9, 0.1)])
@pytest.mark.parametrize("feature", ["variety_share", "weekend_share"])
def test_a_comparison_with_twins_stays_true_and_the_rest_of_the_name_is_judged(feature, shares):
    profiles = alike(feature, *shares)
    names = named(profiles)
    assert all(segment_names.is_true(name, profiles, number) for number, name in enumerate(names))
    assert not any(
        segment_names.is_true(name.replace("Recent", "Lapsed"), profiles, number) for number, name in enumerate(names)
    )


def test_a_name_with_a_who_in_it_gets_another_after_a_comma():
    said = segment_names._beside_twins("Buyers who visit often", "variety_share", 1, 2)
    assert said == ", who more often buy the same again"
