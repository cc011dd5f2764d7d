"""Languages of a shop's texts: told where there are words to tell them by, and else not."""

import pyarrow as pa
import pytest
from customer_insight.texts.languages import languages
from customer_insight.texts.text_keys import distinct_texts, folds

ENGLISH = ["The delivery was quick and the quality is great", "I would not buy this dress again, it is too small"]
GERMAN = [
    "Die Lieferung war schnell und die Qualität ist sehr gut",
    "Leider ist die Hose zu klein und kratzt auf der Haut",
]


def told(texts):
    return languages(pa.array(texts, pa.large_string())).to_pylist()


def test_long_texts_and_short_ones_of_a_shop_in_two_languages():
    answers = told([*ENGLISH * 5, *GERMAN * 5, "the quality is great", "sehr gut", "Lieferung schnell"])
    assert answers == ["en"] * 10 + ["de"] * 10 + ["en", "de", "de"]


def test_a_language_that_the_shop_does_not_have_is_none():
    swedish = "Klänningen är väldigt fin och passar mig bra"
    assert told([*ENGLISH * 40, swedish, "zu klein leider"])[-2:] == [None, None]


@pytest.mark.parametrize("texts", [[], ["ok"], ["", "!"]])
def test_nothing_is_told_of_nothing(texts):
    assert told(texts) == [None] * len(texts)


def test_distinct_texts_stand_by_key_whatever_order_they_came_in():
    title, text = pa.array(["a", "", "a", "b"], pa.large_string()), pa.array(["x", "ax", "x", ""], pa.large_string())
    found = distinct_texts(title, text)
    turned = distinct_texts(title.take(pa.array([3, 2, 1, 0])), text.take(pa.array([3, 2, 1, 0])))
    assert found.count == 3
    assert (found.keys.astype("uint64")[:-1] < found.keys.astype("uint64")[1:]).all()
    assert [found.fields[0][int(at)].as_py() for at in found.place] == title.to_pylist()
    assert (turned.keys == found.keys).all()
    assert turned.fields[1].equals(found.fields[1])
    assert set(folds(found.keys, 3).tolist()) <= {0, 1, 2}
