"""The three models against brute force: sums over a grid of what cannot be seen, and customers made by the process."""

import numpy as np
import pytest
from customer_insight.predictions.value import (
    bg_nbd,
    dropout_after_purchase,
    mbg_nbd,
    pareto_nbd,
    purchase_histories,
)
from customer_insight.predictions.value.dropout_after_purchase import DropoutAfterPurchase
from customer_insight.predictions.value.pareto_nbd import ParetoNbd
from customer_insight.predictions.value.purchase_histories import Histories
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, special, stats

MODULES = {module.NAME: module for module in (bg_nbd, mbg_nbd, pareto_nbd)}
names = pytest.mark.parametrize("name", MODULES)
shapes = st.floats(np.log(0.4), np.log(8)).map(np.exp)
times = st.floats(0.05, 3)


def model(name, values):
    if name == "pareto_nbd":
        return ParetoNbd(name, dict(zip(pareto_nbd.NAMES, values, strict=True)), 0.0)
    return DropoutAfterPurchase(name, dict(zip(dropout_after_purchase.NAMES, values, strict=True)), 0.0)


def history(repeats, last, age):
    return Histories(np.array([float(repeats)]), np.array([last if repeats else 0.0]), np.array([age]))


def by_brute_force(name, values, repeats, last, age, days):
    """log-likelihood, P(alive), expected purchases and P(at least one), summed over rates and chances of loss."""
    r, alpha, first, second = values
    rate = np.exp(np.linspace(-45, 8, 600))[:, None] / alpha
    prior = stats.gamma.pdf(rate, r, scale=1 / alpha) * rate
    if name == "pareto_nbd":
        loss = np.exp(np.linspace(-45, 8, 600))[None, :] / second
        prior = prior * (stats.gamma.pdf(loss, first, scale=1 / second) * loss)
        both = rate + loss
        alive = rate**repeats * np.exp(-both * age)
        lost = rate**repeats * loss / both * (np.exp(-both * last) - np.exp(-both * age))
        expected, at_least_one = -rate / loss * np.expm1(-loss * days), -rate / both * np.expm1(-both * days)
    else:
        logit = np.linspace(-60, 60, 800)[None, :]
        p, kept = special.expit(logit), special.expit(-logit)
        prior = prior * np.exp(first * np.log(p) + second * np.log(kept) - special.betaln(first, second))
        chances = repeats + (name == "mbg_nbd")
        alive = kept**chances * rate**repeats * np.exp(-rate * age)
        lost = p * kept ** (chances - 1) * rate**repeats * np.exp(-rate * last) if chances else 0.0
        expected, at_least_one = -np.expm1(-rate * p * days) / p, -np.expm1(-rate * days)
    steps = 53 / 599 * (53 / 599 if name == "pareto_nbd" else 120 / 799)
    total = np.sum(prior * (alive + lost))
    parts = (np.sum(prior * alive * each) / total for each in (1.0, expected, at_least_one))
    return np.log(total * steps), *parts


@names
@given(
    values=st.tuples(shapes, shapes, shapes, shapes),
    repeats=st.integers(0, 6),
    share=st.floats(0, 1),
    age=times,
    days=times,
)
@settings(max_examples=12)
def test_formulas_agree_with_brute_force(name, values, repeats, share, age, days):
    of = history(repeats, share * age, age)
    found, truth = model(name, values), by_brute_force(name, values, repeats, of.last[0], age, days)
    if name == "pareto_nbd":
        rows, _ = pareto_nbd.log_likelihood(np.array(values), of)
    else:
        rows, _ = dropout_after_purchase.log_likelihood(np.array(values), of, dropout_after_purchase.chances(name, of))
    said = rows[0], found.p_alive(of)[0], found.expected_purchases(of, days)[0], found.purchase_probability(of, days)[0]
    assert said == pytest.approx(truth, rel=1e-4, abs=1e-6)


@names
@given(values=st.tuples(shapes, shapes, shapes, shapes), repeats=st.integers(0, 40), share=st.floats(0, 1), age=times)
@settings(max_examples=30)
def test_gradients_are_those_of_the_likelihood(name, values, repeats, share, age):
    of, values = history(repeats, share * age, age), np.array(values)

    def likelihood(values):
        if name == "pareto_nbd":
            return pareto_nbd.log_likelihood(values, of)
        return dropout_after_purchase.log_likelihood(values, of, dropout_after_purchase.chances(name, of))

    numeric = optimize.approx_fprime(values, lambda at: likelihood(at)[0][0], 1e-6 * values)
    assert likelihood(values)[1][:, 0] == pytest.approx(numeric, rel=2e-3, abs=2e-4)


@names
@given(
    values=st.tuples(shapes, shapes, shapes, shapes),
    repeats=st.integers(0, 300),
    share=st.floats(0, 1),
    age=times,
    days=times,
)
@settings(max_examples=40)
def test_probabilities_and_expectations_make_sense(name, values, repeats, share, age, days):
    of, longer = history(repeats, share * age, age), history(repeats, share * age, age + 0.5)
    found, slack = model(name, values), 1e-9
    p_alive, chance, expected = (
        found.p_alive(of)[0],
        found.purchase_probability(of, days)[0],
        found.expected_purchases(of, days)[0],
    )
    assert 0 <= chance <= p_alive + slack <= 1 + 2 * slack
    assert chance <= expected * (1 + 1e-6) + slack
    assert found.p_alive(longer)[0] <= p_alive + slack  # silence never speaks for life
    assert found.purchase_probability(of, 2 * days)[0] >= chance - slack
    assert found.expected_purchases(of, 2 * days)[0] >= expected * (1 - 1e-6)
    assert found.expected_purchases(of, 0.0)[0] == found.purchase_probability(of, 0.0)[0] == 0


def made_customers(name, values, count, horizon, seed):
    """Histories, and purchases and whether one came in the horizon, of customers who live by the model."""
    random = np.random.default_rng(seed)
    r, alpha, first, second = values
    rate, start = random.gamma(r, 1 / alpha, count), random.uniform(0, 1, count)
    end = np.full(count, np.inf)
    chance = np.zeros(count)
    if name == "pareto_nbd":
        end = random.exponential(1 / random.gamma(first, 1 / second, count))
    else:
        chance = random.beta(first, second, count)
        end[(name == "mbg_nbd") & (random.random(count) < chance)] = 0.0
    age = 2 - start
    at, repeats, last, later = np.zeros(count), np.zeros(count), np.zeros(count), np.zeros(count)
    running = np.ones(count, dtype=bool)
    while running.any():
        at = at + random.exponential(1, count) / rate
        running &= (at < age + horizon) & (at < end)
        seen = running & (at <= age)
        repeats[seen] += 1
        last[seen] = at[seen]
        later[running & (at > age)] += 1
        end[running & (random.random(count) < chance)] = 0.0
    return Histories(repeats, last, age), later


@names
def test_customers_made_by_the_process_are_predicted(name):
    values = (0.8, 0.2, 0.7, 0.9) if name == "pareto_nbd" else (0.8, 0.2, 0.6, 2.5)
    of, later = made_customers(name, values, 20_000, 0.7, seed=1)
    truth, fitted = model(name, values), MODULES[name].fit(of)
    for each in (truth, fitted):
        expected, chance = each.expected_purchases(of, 0.7), each.purchase_probability(of, 0.7)
        for group in (of.repeats == 0, of.repeats == 1, of.repeats > 4, of.age - of.last > 1):
            error = (later - expected)[group]
            assert abs(error.mean()) < 4 * error.std() / np.sqrt(error.size)
            error = ((later > 0) - chance)[group]
            assert abs(error.mean()) < 4 * error.std() / np.sqrt(error.size)
    assert list(fitted.parameters.values()) == pytest.approx(values, rel=0.25)


def odd(case):
    random = np.random.default_rng(0)
    ages = random.integers(0, 400, 200).astype(float)
    zeros = np.zeros(200)
    return {
        "nobody": Histories(np.zeros(0), np.zeros(0), np.zeros(0)),
        "one customer": Histories(np.array([3.0]), np.array([20.0]), np.array([50.0])),
        "one customer of today": Histories(np.zeros(1), np.zeros(1), np.zeros(1)),
        "nobody repeats": Histories(zeros, zeros, ages),
        "everybody is new": Histories(zeros, zeros, zeros),
        "everybody buys each day": Histories(ages, ages, ages),
        "all are equal": Histories(zeros + 2, zeros + 30, zeros + 60),
        "all bought twice at once": Histories(np.minimum(ages, 1), np.minimum(ages, 1), ages),
        "one of ten thousand days": Histories(
            np.append(zeros, 9999.0), np.append(zeros, 10_000.0), np.append(ages, 10_000.0)
        ),
    }[case]


CASES = (
    "nobody", "one customer", "one customer of today", "nobody repeats", "everybody is new", "everybody buys each day",
    "all are equal", "all bought twice at once", "one of ten thousand days",
)  # fmt: skip


@names
@pytest.mark.parametrize("case", CASES)
def test_odd_shops_get_a_finite_model(name, case):
    of = odd(case)
    found = MODULES[name].fit(of)
    assert np.isfinite([found.log_likelihood, *found.parameters.values()]).all()
    assert min(found.parameters.values()) > 0
    for days in (1, 90, 365):
        p_alive, expected = found.p_alive(of), found.expected_purchases(of, days)
        chance = found.purchase_probability(of, days)
        assert p_alive.shape == expected.shape == chance.shape == (of.size,)
        assert np.isfinite(np.concatenate([p_alive, expected, chance])).all()
        assert ((chance >= 0) & (chance <= p_alive + 1e-9) & (p_alive <= 1 + 1e-9) & (expected >= 0)).all()


@names
def test_where_everybody_buys_each_day_they_go_on(name):
    of = odd("everybody buys each day").take(slice(0, 50))
    expected = MODULES[name].fit(of).expected_purchases(of, 30)
    assert expected[of.age > 60] == pytest.approx(30, rel=0.1)


@names
def test_where_nobody_repeats_next_to_nobody_is_expected(name):
    of = odd("nobody repeats")
    assert MODULES[name].fit(of).expected_purchases(of, 90).max() < 0.05


@names
def test_copies_of_customers_change_only_the_likelihood(name):
    of, _ = made_customers(name, (0.8, 0.2, 0.7, 0.9), 300, 0.5, seed=3)
    twice = Histories(*(np.concatenate([each, each]) for each in (of.repeats, of.last, of.age)))
    once, both = MODULES[name].fit(of), MODULES[name].fit(twice)
    assert both.p_alive(of) == pytest.approx(once.p_alive(of), abs=1e-4)
    assert both.log_likelihood == pytest.approx(2 * once.log_likelihood, rel=1e-6)


def test_bg_nbd_never_gives_up_buyers_of_one_day_and_the_others_do():
    silent = history(0, 0.0, 700.0)
    alive = {name: model(name, (0.6, 10.0, 0.7, 2.0)).p_alive(silent)[0] for name in MODULES}
    assert alive["bg_nbd"] == 1
    assert alive["mbg_nbd"] < 0.5 > alive["pareto_nbd"]


@pytest.mark.parametrize("horizon", [0.01, 1.0, 30.0, 3000.0])
@pytest.mark.parametrize("a", [1e-3, 0.5, 1.0, 1.0 + 1e-7, 40.0, 1e3])
@pytest.mark.parametrize("kept", [1e-3, 0.5, 1.0, 40.0, 1e3])
def test_expected_purchases_keep_their_digits_in_every_corner(horizon, a, kept):
    shape = np.array([1e-3, 0.7, 30.0, 1e3, 1.1e4])
    found = dropout_after_purchase._while_alive(shape, np.full(5, horizon), a, np.full(5, kept))
    logit = np.linspace(-60, 60, 60_001)[:, None]
    p = special.expit(logit)
    density = np.exp(a * special.log_expit(logit) + kept * special.log_expit(-logit) - special.betaln(a, kept))
    ends = shape * horizon, -np.expm1(-shape * np.log1p(horizon))
    curve = -np.expm1(-shape * np.log1p(p * horizon)) / p - ends[0] - (ends[1] - ends[0]) * p
    truth = ends[0] + (ends[1] - ends[0]) * a / (a + kept) + np.trapezoid(density * curve, logit, axis=0)
    assert found == pytest.approx(truth, rel=1e-4)


def test_histories_count_days_and_not_rows():
    customer, day = np.array([1, 0, 0, 1, 0, 0, 1]), np.array([4, 2, 9, 4, 2, 5, 30])
    found = purchase_histories.histories(customer, day, 10, 2)
    assert found.repeats.tolist() == [2, 0]
    assert found.last.tolist() == [7, 0]
    assert found.age.tolist() == [8, 6]
    with pytest.raises(ValueError, match="must have bought by the cut"):
        purchase_histories.histories(customer, day, 3, 2)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-3, 30)), min_size=1, max_size=60))
@settings(max_examples=50)
def test_histories_agree_with_sets_of_days(rows):
    days = {}
    for customer, day in rows:
        if day <= 20:
            days.setdefault(customer, set()).add(day)
    number = {customer: at for at, customer in enumerate(sorted(days))}
    kept = [(number[customer], day) for customer, day in rows if customer in number]
    columns = np.array(kept, dtype=np.int64).reshape(-1, 2)
    found = purchase_histories.histories(columns[:, 0], columns[:, 1], 20, len(number))
    sets = [days[customer] for customer in sorted(days)]
    assert found.repeats.tolist() == [len(each) - 1 for each in sets]
    assert found.last.tolist() == [max(each) - min(each) for each in sets]
    assert found.age.tolist() == [20 - min(each) for each in sets]
    distinct, counts, place = found.distinct
    assert counts.sum() == found.size
    assert np.array_equal(distinct.take(place).age, found.age)
