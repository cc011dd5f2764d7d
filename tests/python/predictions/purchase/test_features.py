import numpy as np
import pytest
from customer_day_shops import COLUMNS, days, lively_shop, order, table
from customer_insight.predictions.purchase import customer_days, features
from hypothesis import given
from hypothesis import strategies as st

RHYTHM = lambda order_days, since_last, since_first: order_days + since_last / 100 + since_first / 10_000  # noqa: E731


def plain(rows, cut, horizon):
    """Each customer's features, one by one."""
    found = {}
    for customer in sorted({row[0] for row in rows}):
        known = [(age - cut, done) for who, age, done in rows if who == customer and age >= cut]
        # who only wrote is no visitor
        if not any(done.get("orders", 0) + done.get("sessions", 0) > 0 for _, done in known):
            continue

        def total(name, within=10**9, known=known):
            return sum(done.get(name, 0) for age, done in known if age < within)

        ordered = sorted(age for age, done in known if done.get("orders", 0) > 0)
        visited = [age for age, done in known if done.get("sessions", 0) > 0]
        nan = float("nan")
        last, first = (ordered[0], ordered[-1]) if ordered else (nan, nan)
        gap = (first - last) / (len(ordered) - 1) if len(ordered) > 1 else nan
        orders = total("orders")
        found[customer] = {
            "has_ordered": float(bool(ordered)),
            "days_since_last_order": last,
            "days_since_first_order": first,
            "order_days": len(ordered),
            "orders_last_30_days": total("orders", 30),
            "orders_last_90_days": total("orders", 90),
            "orders_last_365_days": total("orders", 365),
            "orders_same_days_last_year": total("orders", 365) - total("orders", 365 - horizon),
            "average_days_between_orders": gap,
            "pause_in_own_rhythm": last / gap if gap > 0 else nan,
            "gross_revenue": total("gross_revenue"),
            "gross_revenue_last_90_days": total("gross_revenue", 90),
            "average_order_value": total("gross_revenue") / orders if orders else nan,
            "products_per_order": total("products") / orders if orders else nan,
            "discount_share": total("discount_amount") / total("list_revenue") if total("list_revenue") else nan,
            "days_since_last_visit": min(visited, default=nan),
            "visits": total("sessions"),
            "visits_last_7_days": total("sessions", 7),
            "visits_last_30_days": total("sessions", 30),
            "views_last_7_days": total("views", 7),
            "views_last_30_days": total("views", 30),
            "add_to_carts_last_7_days": total("add_to_carts", 7),
            "add_to_carts_last_30_days": total("add_to_carts", 30),
            "messages_last_30_days": total("messages", 30),
            "messages_last_90_days": total("messages", 90),
            "reviews_last_90_days": total("reviews", 90),
            "unhappy_texts_last_30_days": total("unhappy_texts", 30),
            "unhappy_texts_last_90_days": total("unhappy_texts", 90),
            "unhappy_texts_last_365_days": total("unhappy_texts", 365),
            "rhythm_log_odds": RHYTHM(len(ordered), last, first) if ordered else nan,
        }
    return found


ROWS = st.dictionaries(
    st.tuples(st.integers(1, 5), st.integers(0, 500)),
    st.fixed_dictionaries({name: st.integers(0, 3).map(float) for name in COLUMNS}),
    min_size=1,
    max_size=30,
).map(lambda rows: [(customer, age, done) for (customer, age), done in rows.items()])


@given(rows=ROWS, cut=st.integers(0, 200), horizon=st.sampled_from([7, 30, 90]))
def test_features_are_what_a_plain_loop_makes_of_the_rows_before_the_cut(rows, cut, horizon):
    shop = days(rows)
    known = features.known_at(shop.before(cut), horizon, RHYTHM)
    expected = plain(rows, cut, horizon)
    assert [shop.customer_codes[at] for at in known.customers] == sorted(expected)
    for customer, values in zip(sorted(expected), known.values, strict=True):
        for name, value in zip(known.names, values, strict=True):
            assert value == pytest.approx(expected[customer][name], nan_ok=True), name


def test_scaled_features_have_mean_0_and_deviation_1_and_constant_ones_are_left_out():
    known = features.known_at(days(lively_shop()).before(60), 30, RHYTHM)
    scaling = features.scaling(known)
    scaled = scaling.apply(known)
    assert np.isfinite(scaled).all()
    assert "discount_share" not in [known.names[at] for at in scaling.used]
    is_whole = np.isfinite(known.values[:, scaling.used]).all(axis=0) & (np.abs(scaled).max(axis=0) < 5)
    np.testing.assert_allclose(scaled[:, is_whole].mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(scaled[:, is_whole].std(axis=0), 1, atol=1e-5)


def test_a_day_after_as_of_and_a_second_row_for_a_day_are_refused():
    with pytest.raises(ValueError, match="must not be negative"):
        days([(1, -1, order())])
    with pytest.raises(ValueError, match="must be distinct"):
        days([(1, 4, order()), (1, 4, order())])


def test_some_customers_alone_are_what_they_are_among_all():
    shop = days(lively_shop())
    chosen = np.arange(0, shop.customer_codes.size, 3)
    alone = features.known_at(shop.take(chosen), 30, RHYTHM)
    among = features.known_at(shop, 30, RHYTHM)
    np.testing.assert_array_equal(alone.values, among.rows(np.isin(among.customers, chosen)).values)


def test_the_order_of_the_rows_does_not_matter():
    rows = lively_shop(customers=50)
    own, other = customer_days.read_customer_days(table(rows)), customer_days.read_customer_days(table(rows[::-1]))
    for name, values in own.arrays().items():
        np.testing.assert_array_equal(values, other.arrays()[name])
