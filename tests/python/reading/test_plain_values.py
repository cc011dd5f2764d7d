"""Texts that are written as most get their value by one look: the one that cleaning and reading them would find."""

from functools import cache

import pytest
from customer_insight.commands.project_sql import ProjectSql
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_values import ENGINE, ROOT, USUAL

WORDS = "['null', 'nan', 'n/a', '-', '0000-00-00']"
READERS = {"time": "read_time", "number": "read_number", "whole": "read_whole", "flag": "read_flag"}
TEXTS = st.one_of(
    st.text("0123456789.,-+eE_ $\t\u00a0:T", max_size=9),
    st.from_regex(r"\s?[1-3][0-9]{3}-[01][0-9]-[0-3][0-9][ T][0-2][0-9]:[0-5][0-9]:[0-5][0-9](Z| )?", fullmatch=True),
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
    st.sampled_from(["true", "FALSE", "1", "0", "yes", "1.0", "t", "null", "N/A", "-", ""]),
)


@cache
def expressions(kind):
    """The value at one look, and the one that the macros find without it."""
    sql = ProjectSql(ROOT, {})
    reader = sql.call(READERS[kind], "clean", *([USUAL] if kind in ("time", "number") else []))
    return sql.call("plain_value", "x", kind), reader, sql.call("clean_text", "x", WORDS)


def values(kind, texts):
    plain, reader, clean = expressions(kind)
    query = f"select {plain}, {reader} from (select x, {clean} as clean from unnest(?::string[]) as texts (x))"
    return ENGINE.execute(query, [texts]).fetchall()


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=50))
@example(texts=["7.5", "1e3", "1_000", " 7", "7 ", "007", "+7", "2147483648", "1234567890123456789"])
@example(texts=["2024-13-45 10:00:00", "20240-1-01 10:00:00", "2024-01-01T10:00:00", "infinity", "NaN", "1e400"])
def test_the_quick_value_is_the_one_that_is_read(kind, texts):
    for text, (plain, read) in zip(texts, values(kind, texts), strict=True):
        assert plain is None or plain == read, text


@pytest.mark.parametrize(
    ("kind", "text"), [("time", "2024-01-31 10:00:00"), ("number", "12.50"), ("whole", "7"), ("flag", "true")]
)
def test_usual_texts_have_a_quick_value(kind, text):
    assert values(kind, [text])[0][0] is not None
