from datetime import date, timedelta

import pytest
from customer_insight.report.axes import FEWEST, MOST, ticks, whole_ticks
from hypothesis import given
from hypothesis import strategies as st

days = st.dates(date(1990, 1, 1), date(2040, 1, 1))


@given(days, st.integers(1, 52 * 30), st.integers(2, 12))
def test_no_two_labels_say_the_same_and_all_have_room(first, weeks, most):
    shown, written = ticks(first, first + timedelta(days=7 * weeks), most)
    said = [day.strftime(written) for day in shown]
    assert len(set(said)) == len(said)
    assert len(said) <= most
    assert all(first <= day <= first + timedelta(days=7 * weeks) for day in shown)


def test_a_month_is_labelled_once_and_weeks_where_there_are_few_months():
    assert ticks(date(2023, 5, 1), date(2023, 5, 29), 8) == (
        [date(2023, 5, day) for day in (1, 8, 15, 22, 29)],
        "%-d %b",
    )
    months, written = ticks(date(2023, 4, 3), date(2023, 9, 25), 8)
    assert [month.strftime(written) for month in months] == ["May 2023", "Jun 2023", "Jul 2023", "Aug 2023", "Sep 2023"]
    assert ticks(date(2009, 12, 7), date(2011, 12, 5), 4)[0] == [
        date(2010, 1, 1),
        date(2010, 7, 1),
        date(2011, 1, 1),
        date(2011, 7, 1),
    ]


def test_years_are_labelled_as_years():
    assert ticks(date(2000, 1, 3), date(2012, 1, 2), 8) == ([date(year, 1, 1) for year in range(2002, 2013, 2)], "%Y")


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (7, 16, [8, 10, 12, 14, 16]),
        (5, 3000, [10, 100, 1000]),
        (5, 60, [5, 10, 20, 50]),
        (6, 6, [6]),
        (199, 312, [200, 220, 240, 260, 280, 300]),
    ],
)
def test_counts_have_labels_however_near_they_are(low, high, shown):
    assert whole_ticks(low, high) == shown


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_labels_of_counts_are_whole_and_few(low, more):
    shown = whole_ticks(low, low + more)
    assert 1 <= len(shown) <= MOST
    assert all(low <= value <= low + more for value in shown)
    if more >= 2:
        assert len(shown) >= FEWEST - 1
