from decimal import Decimal

import pytest
from customer_insight.report.money import SIGNS, WITHOUT_CENTS, Money
from customer_insight.report.wording import UNKNOWN
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("currency", "value", "said"),
    [
        ("GBP", Decimal("1034995.34"), "£1,034,995"),
        ("EUR", 61.3, "€61.30"),
        ("USD", -1500, "-$1,500"),
        ("CHF", 1034995, "1,034,995 CHF"),
        ("CAD", -61.3, "-61.30 CAD"),
        ("JPY", 61, "¥61"),
        ("KRW", 900, "900 KRW"),
        (None, 8911407.9, "8,911,408"),
        (None, 61.3, "61.30"),
        (None, 0, "0.00"),
    ],
)
def test_an_amount_has_the_sign_or_the_code_of_its_currency(currency, value, said):
    assert Money(currency).amount(value) == said


@pytest.mark.parametrize(
    ("currency", "value", "said"),
    [
        ("GBP", 8911407.9, "£8.91 million"),
        ("GBP", 412345, "£412,345"),
        ("SEK", 2.5e9, "2.5 billion SEK"),
        (None, 999_500_000, "1 billion"),
        (None, 412_345_678, "412 million"),
        ("EUR", 1.5e12, "€1.5 trillion"),
        ("EUR", 1.5, "€1.50"),
    ],
)
def test_a_large_amount_takes_little_room(currency, value, said):
    assert Money(currency).short(value) == said


def test_what_is_not_known_is_a_dash_and_no_amount():
    assert Money("GBP").amount(None) == Money("GBP").short(None) == UNKNOWN


@given(st.sampled_from([*SIGNS, *WITHOUT_CENTS, "SEK", "DKK", "AUD", "MXN"]), st.floats(-1e9, 1e9))
def test_every_amount_names_its_currency(currency, value):
    assert SIGNS.get(currency, currency) in Money(currency).amount(value)
