import numpy as np
import pytest
from customer_insight.predictions.value import gamma_gamma, next_order, purchase_histories
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats


def bought_every(*rhythms):
    """Purchase days of customers with these gaps, each from day 0."""
    customer = np.concatenate([np.full(len(gaps) + 1, at) for at, gaps in enumerate(rhythms)])
    day = np.concatenate([np.cumsum([0, *gaps]) for gaps in rhythms])
    return purchase_histories.purchase_days(customer, day, np.ones(day.size), np.ones(day.size))


def made_rhythms(customers, seed, between=0.8, within=0.5, gaps=6):
    random = np.random.default_rng(seed)
    own = random.normal(np.log(200), np.sqrt(between), customers)
    return [np.ceil(np.exp(random.normal(mean, np.sqrt(within), random.integers(1, gaps)))).astype(int) for mean in own]


def test_the_shops_rhythm_is_found_again():
    rhythms = made_rhythms(4000, 0)
    found = next_order.fit(bought_every(*rhythms), len(rhythms))
    assert found.mean == pytest.approx(np.log(200), abs=0.05)
    assert found.between == pytest.approx(0.8, rel=0.1)
    assert found.within == pytest.approx(0.5, rel=0.1)


def test_the_next_order_is_the_median_gap_of_those_silent_so_long():
    rhythm = next_order.GapRhythm(4.0, 0.6, 0.4)
    one = next_order.Gaps(np.array([3.0]), np.array([3.2]))
    precision = 3 / 0.4 + 1 / 0.6
    middle = (3 * 3.2 / 0.4 + 4.0 / 0.6) / precision
    gap = stats.lognorm(np.sqrt(0.4 + 1 / precision), scale=np.exp(middle))
    for elapsed in (0.0, 5.0, 40.0, 400.0):
        said = rhythm.days_to_next(one, np.array([elapsed]))[0]
        assert said == pytest.approx(gap.isf(gap.sf(elapsed) / 2) - elapsed, rel=1e-6)


@given(st.integers(0, 50), st.integers(0, 4000), st.integers(0, 4000), st.floats(0, 8))
@settings(max_examples=100)
def test_the_next_order_lies_ahead_and_silence_moves_it_out(count, elapsed, more, mean_log):
    rhythm = next_order.GapRhythm(4.0, 0.6, 0.4)
    gaps = next_order.Gaps(np.full(2, float(count)), np.full(2, mean_log if count else 0.0))
    sooner, later = rhythm.days_to_next(gaps, np.array([elapsed, elapsed + more], dtype=float))
    assert np.isfinite(sooner)
    assert sooner >= 0
    assert elapsed + more + later >= elapsed + sooner - 1e-6


def test_the_own_rhythm_wins_with_many_orders():
    rhythms = [*made_rhythms(300, 1), [7] * 60, [7], [365] * 60]
    bought = bought_every(*rhythms)
    said = next_order.fit(bought, 303).days_to_next(next_order.gaps(bought, 303), np.zeros(303))
    weekly, once, yearly = said[-3:]
    assert weekly == pytest.approx(7, rel=0.1)
    assert yearly == pytest.approx(365, rel=0.1)
    assert 7 < once < 200


@pytest.mark.parametrize("rhythms", [[[30]], [[30], [30]], [[30, 30], [30]], [[1] * 500], [[], [9]]], ids=str)
def test_odd_rhythms_have_a_next_order(rhythms):
    bought, count = bought_every(*rhythms), len(rhythms)
    for elapsed in (0.0, 1e5):
        said = next_order.fit(bought, count).days_to_next(next_order.gaps(bought, count), np.full(count, elapsed))
        assert np.isfinite(said).all()
        assert (said >= 0).all()


def test_a_shop_where_nobody_came_twice_has_no_next_order():
    bought = bought_every([], [])
    assert np.isnan(next_order.fit(bought, 2).days_to_next(next_order.gaps(bought, 2), np.zeros(2))).all()


def test_gamma_gamma_finds_its_parameters_again():
    random = np.random.default_rng(0)
    days = random.integers(1, 9, 20_000).astype(float)
    rate = random.gamma(4.0, 1 / 15.0, days.size)
    found = gamma_gamma.fit(days, random.gamma(6.0 * days) / rate / days)
    assert found.parameters == pytest.approx({"p": 6.0, "q": 4.0, "v": 15.0}, rel=0.1)


def test_expected_values_lie_between_the_own_mean_and_everybodys():
    model = gamma_gamma.GammaGamma({"p": 6.0, "q": 4.0, "v": 15.0}, 0.0)
    everybody = model.expected_value(np.zeros(1), np.zeros(1))[0]
    assert everybody == pytest.approx(30)
    few, many = model.expected_value(np.array([1.0, 1e6]), np.array([300.0, 300.0]))
    assert everybody < few < many
    assert many == pytest.approx(300, rel=1e-3)


@pytest.mark.parametrize(
    "values", [[], [0.0], [5.0], [5.0] * 50, [1.0] * 49 + [1e9], [np.nan, 3.0], [1e-2, 1e12], [-4.0, 2.0]], ids=str
)
def test_odd_money_has_finite_values(values):
    means = np.array(values)
    days = np.arange(means.size) % 3 + 1.0
    model = gamma_gamma.fit(days, means)
    said = model.expected_value(np.append(days, 0.0), np.append(np.nan_to_num(means), 0.0))
    assert np.isfinite([model.log_likelihood, *model.parameters.values()]).all()
    assert np.isfinite(said).all()
    assert (said >= 0).all()


def test_money_in_another_currency_is_the_same_money():
    random = np.random.default_rng(1)
    days, means = random.integers(1, 6, 500).astype(float), random.lognormal(3, 1, 500)
    pounds, pence = gamma_gamma.fit(days, means), gamma_gamma.fit(days, 100 * means)
    assert pence.expected_value(days, 100 * means) == pytest.approx(100 * pounds.expected_value(days, means), rel=1e-4)
