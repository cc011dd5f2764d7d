from dataclasses import dataclass, replace

import numpy as np
import pytest
from customer_insight.predictions.purchase.customer_days import COUNTS, MONEY, CustomerDays
from customer_insight.predictions.value.purchase_histories import purchase_days
from customer_insight.recommendations.history.history import Catalogue, History, UnnamedDemand
from customer_insight.scoring.time_cuts import TimeCut, earlier_cuts
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

AGES = st.lists(st.integers(0, 40), max_size=30).map(sorted)


def history(ages):
    size = len(ages)
    catalogue = Catalogue(
        np.arange(size), np.ones(size, bool), np.zeros(size, int), np.ones(size), sparse.csr_array((size, 1))
    )
    ones, nothing = np.ones(size), np.zeros(size)
    return History(np.zeros(size, int), np.arange(size), np.array(ages, int), ones, nothing, nothing, 1, catalogue)


def unnamed_demand(ages):
    size = len(ages)
    demand = UnnamedDemand(np.zeros(size, int), np.array(ages, int), np.ones(size), True)
    return replace(history([]), unnamed=demand)


def customer_days(ages):
    size = len(ages)
    figures = {name: np.ones(size) for name in (*COUNTS, *MONEY)}
    return CustomerDays(np.arange(max(1, size)), np.arange(size), np.array(ages, int), figures)


def bought_days(ages):
    size = len(ages)
    return purchase_days(np.arange(size), -np.array(ages, int), np.ones(size), np.ones(size))


@dataclass(frozen=True)
class Kind:
    """A kind of record: made from ages, and read back as them."""

    make: object
    ages: object


KINDS = {
    "history": Kind(history, lambda record: record.age),
    "people without a name": Kind(unnamed_demand, lambda record: record.unnamed.age),
    "customer days": Kind(customer_days, lambda record: record.age),
    "purchase days": Kind(bought_days, lambda record: -record.day),
}


@pytest.mark.parametrize("kind", KINDS)
@given(ages=AGES, window=st.integers(1, 15), later=st.integers(0, 15))
def test_what_is_known_lies_before_the_cut_and_what_came_in_its_window(kind, ages, window, later):
    make, ages_of = KINDS[kind].make, KINDS[kind].ages
    days = window + later
    cut = TimeCut(make(ages), days, window)
    assert sorted(ages_of(cut.known())) == [age - days for age in ages if age >= days]
    assert sorted(ages_of(cut.came())) == [age - later for age in ages if later <= age < days]


@pytest.mark.parametrize("kind", KINDS)
@given(ages=AGES, days=st.integers(1, 20), others=AGES)
def test_nothing_that_happens_after_a_cut_changes_what_is_known_there(kind, ages, days, others):
    make, ages_of = KINDS[kind].make, KINDS[kind].ages
    rewritten = [age for age in others if age < days] + [age for age in ages if age >= days]
    own, other = (TimeCut(make(each), days, days).known() for each in (ages, rewritten))
    assert sorted(ages_of(own)) == sorted(ages_of(other))


@pytest.mark.parametrize(("days", "window"), [(0, 1), (5, 6), (3, 0), (-1, 1)])
def test_a_window_that_is_not_over_yet_judges_nothing(days, window):
    with pytest.raises(ValueError, match=f"A window of {window} days cannot follow a cut {days} days ago"):
        TimeCut(history([1, 2]), days, window)


def test_earlier_cuts_are_those_whose_windows_had_ended_with_a_window_before_them():
    assert earlier_cuts(0, 30, 12, span_days=150) == [30, 60, 90, 120]
    assert earlier_cuts(60, 30, 2, span_days=400) == [90, 120]
    assert earlier_cuts(0, 30, 12, span_days=59) == []
    assert earlier_cuts(10, 5, 3) == [15, 20, 25]
