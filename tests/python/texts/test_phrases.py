"""Phrases written as one: they match what a list of them does, the longest first."""

import re

from customer_insight.texts.phrases import one_of
from hypothesis import given
from hypothesis import strategies as st

PHRASES = st.lists(
    st.text(alphabet="ab. '", min_size=1, max_size=4).map(str.strip).filter(bool), min_size=1, max_size=8
)


@given(PHRASES, st.text(alphabet="ab. '", max_size=12))
def test_the_same_is_found_as_by_a_list_with_the_longest_first(phrases, text):
    plain = "|".join(re.escape(phrase) for phrase in sorted(set(phrases), key=len, reverse=True))
    # what follows may make a shorter one fit
    for end in ("", "a", r"\b"):
        expected = [found.span() for found in re.finditer(f"(?:{plain}){end}", text)]
        assert [found.span() for found in re.finditer(one_of(",".join(phrases)) + end, text)] == expected
