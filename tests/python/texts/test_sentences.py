"""Where sentences end."""

import pyarrow as pa
import pytest
from customer_insight.texts.sentences import sentences
from hypothesis import given
from hypothesis import strategies as st


def of(text):
    return sentences(pa.array([text], pa.large_string()))[2].to_pylist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Love it! Fits well. Would buy again", ["Love it!", "Fits well.", "Would buy again"]),
        ("i am 5.5 feet (5'5\"). see example.com now", ["i am 5.5 feet (5'5\").", "see example.com now"]),
        ("One...  two?! three", ["One...", "two?!", "three"]),
        ("First\nsecond\r\n\r\nthird", ["First", "second", "third"]),
        ("很好。不错。", ["很好。", "不错。"]),
        ("<p>Well <b>made</b>.</p><br/>Arrived late<BR>but 3 < 5 > 2", ["Well made.", "Arrived late", "but 3 < 5 > 2"]),
        (
            "&nbsp;Schade&nbsp;&euro; zu gro&szlig;.&nbsp;Der Karton&#33; &#x47;ut",
            ["Schade € zu groß.", "Der Karton!", "Gut"],
        ),
        ("Sch&amp;ouml;n &amp; gut&lt;br /&gt;AT&amp;T", ["Schön & gut", "AT&T"]),
        ("Me&you; brand&region; tea&copy &#30;&#0; &#xD800; ok", ["Me&you; brand&region; tea&copy \ufffd \ufffd ok"]),
        ("!!! ... 👍 &nbsp;", []),
        ("", []),
    ],
)
def test_sentences_of_a_text(text, expected):
    assert of(text) == expected


@given(st.lists(st.text(alphabet="ab. !\n", max_size=12), max_size=6))
def test_no_letter_is_lost_and_sentences_are_numbered_from_one(texts):
    text, number, said = sentences(pa.array(texts, pa.large_string()))
    for place, whole in enumerate(texts):
        own = [sentence for at, sentence in zip(text, said.to_pylist(), strict=True) if at == place]
        assert "".join(own).replace(" ", "").replace(".", "").replace("!", "") == "".join(
            letter for letter in whole if letter in "ab"
        )
        assert number[text == place].tolist() == list(range(1, len(own) + 1))
