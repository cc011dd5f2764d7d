"""Facts are found in answers as the expression of each would find them."""

import re

from customer_insight.voice.spoken_facts import with_places
from hypothesis import example, given
from hypothesis import strategies as st

LEAD = r"(?:(?:pack|set)s? of )?"
PIECES = [
    "anna",
    "Smith",
    "O7",
    "pack of ",
    "sets of ",
    "teacup",
    "Straße",
    "\u0131",
    "İ",
    "\u004b",
    "\u017f",
    "ẞ",
    "_",
    "-",
    ".",
    " ",
    "\n",
    "x",
    "7",
    "é",
]
texts = st.lists(st.sampled_from(PIECES), max_size=10).map("".join)
words = st.lists(
    st.sampled_from(["anna", "SMITH", "o7", "teacup", "straße", "is", "k", "é", "_", "7"]), min_size=1, max_size=2
)


def by_expression(text, said, place, lead):
    name = r"[\s._-]+".join(re.escape(word) for word in said)
    return re.sub(rf"(?<!\w){lead}{name}(?!\w)", place, text, flags=re.IGNORECASE)


@given(texts, words, st.sampled_from(["", LEAD]))
@example("pack of\nteacup", ["teacup"], LEAD)
@example("teacup pack of teacup", ["teacup"], LEAD)
@example("set of pack of teacup", ["teacup"], LEAD)
@example("anna anna smith", ["anna", "smith"], "")
def test_places_are_where_an_expression_finds_the_words(text, said, lead):
    assert with_places(text, said, "{x}", lead) == by_expression(text, said, "{x}", lead)
