from datetime import date

import pytest
from customer_insight.report import wording
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("say", "value", "said"),
    [
        (wording.whole, 12485, "12,485"),
        (wording.plain, 168_500.4, "168,500"),
        (wording.plain, 5.25, "5.25"),
        (wording.plain, -0.5098, "-0.51"),
        (wording.plain, 7, "7"),
        (wording.percent, 0.57, "57 %"),
        (wording.percent, 0.043, "4.3 %"),
        (wording.percent, 0.996, "99.6 %"),
        (wording.percent, 0.99999, "over 99.9 %"),
        (wording.percent, 1, "100 %"),
        (wording.percent, 0.0004, "under 0.1 %"),
        (wording.percent, 0, "0 %"),
        (wording.of_hundred, 0.57, "57 of 100"),
        (wording.of_hundred, 0.0042, "4.2 of 1,000"),
        (wording.of_hundred, 0.00001, "under 0.1 of 1,000"),
        (wording.of_hundred, 0, "0 of 100"),
        (wording.day, date(2011, 12, 9), "9 December 2011"),
        (wording.short_day, date(2011, 12, 9), "9 Dec 2011"),
        (wording.month, date(2011, 5, 1), "May 2011"),
        (wording.times, 51.44, "51.4 times"),
        (wording.times, 1234.5, "1,234 times"),
    ],
)
def test_numbers_are_said_as_people_say_them(say, value, said):
    assert say(value) == said


@pytest.mark.parametrize("say", [wording.whole, wording.plain, wording.percent, wording.day])
def test_what_is_not_known_is_a_dash_and_not_zero(say):
    assert say(None) == wording.UNKNOWN


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (112, 100, "12 % more"),
        (93, 100, "7.0 % less"),
        (100, 100, "the same"),
        (350, 100, "3.5 times as much"),
        (5, 0, ""),
    ],
)
def test_a_change_is_said_against_what_was_before(now, before, said):
    assert wording.change(now, before) == said


@pytest.mark.parametrize(
    ("share", "among", "said"),
    [(1.0, 8, "8 of 8"), (2 / 3, 99, "66 of 99"), (0.57, 100, "57 of 100"), (0.0, 5, "0 of 5"), (0.004, 50, "0 of 50")],
)
def test_of_fewer_than_a_hundred_a_share_is_said_as_the_counts_themselves(share, among, said):
    assert wording.of_hundred(share, among) == said


@given(st.integers(1, 99), st.data())
def test_a_share_of_few_gives_back_the_count_that_it_was_made_of(among, data):
    count = data.draw(st.integers(0, among))
    assert wording.of_hundred(count / among, among) == f"{count} of {among}"


def test_one_is_not_many():
    assert wording.counted(1, "rule", "rules") == "1 rule"
    assert wording.counted(1146, "rule", "rules") == "1,146 rules"


def test_shares_move_by_points():
    assert wording.points(0.042, 0.030) == "1.2 percentage points more"
    assert wording.points(0.5, None) == ""


@given(st.floats(0, 1))
def test_a_share_is_never_said_to_be_none_or_all_when_it_is_not(share):
    assert (wording.percent(share) == "0 %") == (share == 0)
    assert (wording.percent(share) == "100 %") == (share == 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bought once, on 2024-12-02", "Bought once, on 2 Dec 2024"),
        ("Put into the cart, last on 2025-01-31", "Put into the cart, last on 31 Jan 2025"),
        ("Because of SKU-2024-12-01 on 2024-02-31", "Because of SKU-2024-12-01 on 2024-02-31"),
    ],
)
def test_days_in_sentences_are_said(text, said):
    assert wording.with_days(text) == said


@given(st.text(), st.integers(1, 40))
def test_a_clipped_text_has_at_most_its_length(text, length):
    assert len(wording.clipped(text, length)) <= length
