import numpy as np
import pyarrow as pa
import pytest
from customer_insight.recommendations.sessions import next_clicks, session_strategies
from customer_insight.recommendations.sessions.clicks import read_clicks
from customer_insight.recommendations.sessions.next_clicks import FIGURES
from scipy import sparse


def table(rows):
    """Rows of session, product, number, age."""
    return pa.table(
        dict(zip(("session_code", "product_code", "click_number", "age_days"), zip(*rows, strict=True), strict=True))
    )


def shop(sessions=1000, seed=0, products=20):
    """Sessions, one a quarter of an hour, that walk around a ring of products, three steps in four forwards."""
    random = np.random.default_rng(seed)
    rows = []
    for session in range(sessions):
        product = int(random.integers(products))
        for number in range(int(random.integers(1, 7))):
            rows.append((session, product, number, (sessions - session) / 96 - number / 10_000))
            product = (product + (1 if random.random() < 0.75 else int(random.integers(products)))) % products
    return rows


class Fixed:
    """Always the products 0, 1, 2, ... in this order."""

    def __init__(self, count):
        self.row = np.linspace(1, 0.1, count)

    def scores(self, prefixes):
        return sparse.csr_array(np.tile(self.row, (prefixes.length.size, 1)))


def test_figures_are_those_of_a_case_by_hand():
    # learned from: session 0; asked: after 5 comes 2 (place 3), after 5, 2 comes 5 again (place 6)
    clicks = read_clicks(table([(0, p, p, 9.0) for p in range(6)] + [(1, 5, 1, 1.0), (1, 2, 2, 1.0), (1, 5, 3, 0.9)]))
    window = next_clicks.window(clicks, 2.0)
    assert list(window.target) == [2, 5]
    assert list(window.is_repeat) == [False, True]
    values = next_clicks.figures(Fixed(6), window, with_current=True)
    found = dict(zip(FIGURES, values.T.tolist(), strict=True))
    assert found["mrr", 5] == pytest.approx([1 / 3, 0])
    assert found["mrr", 20] == pytest.approx([1 / 3, 1 / 6])
    assert found["hit_rate", 5] == [1, 0]
    assert found["recall", 10] == [1, 1]
    assert found["precision", 10] == pytest.approx([0.1, 0.1])
    assert found["ndcg", 10] == pytest.approx([1 / np.log2(4), 1 / np.log2(7)])
    # the product of the last click takes no place: 5 in the first list, 2 in the second
    hidden = next_clicks.figures(Fixed(6), window, with_current=False)
    assert hidden[:, FIGURES.index(("mrr", 20))] == pytest.approx([1 / 3, 1 / 5])


def test_windows_follow_one_another_and_nothing_learned_is_later():
    clicks = read_clicks(table(shop()))
    windows = next_clicks.windows(clicks)
    assert len(windows) == 4
    for window, following in zip(windows, [*windows[1:], None], strict=True):
        assert window.past.age.min() > window.cut_age
        if following:
            assert window.cut_age > following.cut_age


def test_later_sessions_change_nothing_of_an_earlier_window():
    rows = shop(300)
    early = read_clicks(table(rows))
    late = read_clicks(table([*rows, *((1000 + s, p, n, 0.001) for s in range(50) for n, p in enumerate([1, 19, 3]))]))
    cut, end = 1.0, 0.2
    for name in session_strategies.NAMES:
        values = []
        for clicks in (early, late):
            window = next_clicks.window(clicks, cut, end)
            model = session_strategies.fit(name, window.past, session_strategies.defaults(name))
            values.append(next_clicks.figures(model, window, with_current=True))
        assert values[0].shape[0] > 50
        assert (values[0] == values[1]).all()


def test_a_ring_is_learned_and_popularity_is_beaten():
    found = next_clicks.evaluate(read_clicks(table(shop())), 1)
    assert found.champion != "session_popular"
    best = {r.method: r for r in found.rows if (r.scope, r.metric, r.k) == ("all", "hit_rate", 5)}
    assert best["sequential_rules"].value > 0.7
    for row in found.rows:
        assert row.ci_low <= row.value + 1e-9
        assert row.value <= row.ci_high + 1e-9
        assert row.customers > 0


def test_too_few_sessions_are_not_compared():
    assert next_clicks.evaluate(read_clicks(table(shop(100))), 1) is None


def test_trials_are_the_same_each_time_and_begin_with_the_usual_set():
    for name in session_strategies.NAMES:
        sets = session_strategies.trials(name, 4)
        assert sets[0] == session_strategies.defaults(name)
        assert sets == session_strategies.trials(name, 4)
        assert len({str(each) for each in sets}) == len(sets) <= 5
        assert session_strategies.trials(name, 0) == sets[:1]
