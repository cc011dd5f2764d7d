"""Terms of texts in columns beside an oracle in plain Python."""

import itertools
import re
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.texts import terms
from hypothesis import given, settings
from hypothesis import strategies as st


def column(texts):
    return pa.array(texts, pa.large_string())


def spoken(text):
    found = terms.tokens(column([text]))
    return found.words.to_pylist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't LIKE it!!", ["don", "t", "like", "it", "!", "!"]),
        ("<b>Sehr</b> schön &amp; günstig", ["sehr", "schön", "günstig"]),
        ("see https://example.com/a?b=1 now", ["see", "now"]),
        ("茶杯好", ["茶", "杯", "好"]),
        ("ผู้หญิง", ["ผู้", "ห", "ญิ", "ง"]),
        ("great 😍😍", ["great", "😍", "😍"]),
        ("soft\u00adware", ["software"]),
        ("ﬁne", ["fine"]),
        ("5.5 inches", ["5", "5", "inches"]),
        ("", []),
        ("...", []),
        ("x" * (terms.MOST_CHARACTERS + 5), ["x" * terms.MOST_CHARACTERS]),
    ],
)
def test_words_of_texts(text, expected):
    assert spoken(text) == expected


def oracle(texts, least):
    """Terms that enough texts have, and how often each text has them."""
    said = [re.findall(r"[a-zäöüß]+|[!?]", text.lower()) for text in texts]
    words = Counter(word for text in said for word in set(text))
    pairs = Counter(pair for text in said for pair in {*itertools.pairwise(text)})
    known = {word for word, count in words.items() if count >= least}
    kept = {" ".join(pair) for pair, count in pairs.items() if count >= least}
    counts = [
        Counter(word for word in text if word in known)
        + Counter(" ".join(pair) for pair in itertools.pairwise(text) if " ".join(pair) in kept)
        for text in said
    ]
    return known | kept, counts


LETTERS = st.text(alphabet="abÄ !?.,", max_size=12)


@given(st.lists(LETTERS, max_size=8), st.integers(1, 2), st.randoms())
@settings(max_examples=50)
def test_terms_and_counts_are_those_of_the_oracle_in_any_order(texts, least, random):
    shuffled = random.sample(texts, len(texts))
    known = terms.fit(terms.tokens(column(shuffled)), least)
    names = [known.name(number) for number in range(known.count)]
    expected, counts = oracle(texts, least)
    assert set(names) == expected
    assert len(names) == len(expected)
    found = known.counts(column(texts)).toarray()
    assert [{name: count for name, count in zip(names, row, strict=True) if count} for row in found] == counts


def test_blocks_change_nothing(monkeypatch):
    texts = column(["a b", "", "b a b", "c"] * 3)
    known = terms.fit(terms.tokens(texts))
    whole = known.counts(texts).toarray()
    monkeypatch.setattr(terms, "BLOCK", 5)
    assert np.array_equal(known.counts(texts).toarray(), whole)


@given(st.text(max_size=40))
@settings(max_examples=50)
def test_no_word_of_any_text_is_empty_or_has_a_blank(text):
    readable = text.encode("utf-8", "replace").decode()
    assert [word for word in spoken(readable) if not word or re.search(r"\s", word)] == []
