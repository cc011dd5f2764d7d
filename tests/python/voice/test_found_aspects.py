"""What reviews talk about besides: things that are used alike, and neither products nor words without meaning."""

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.texts.terms import tokens
from customer_insight.voice import aspect_terms, found_aspects
from customer_insight.voice.found_aspects import LEAST_SENTENCES


def made(count=1_200, seed=0):
    """Sentences on zippers, seams (one thing) and colours in all categories, and on lamps in one alone."""
    rng = np.random.default_rng(seed)
    kinds = [
        (["zipper", "zip"], ["broke", "sticks", "opened"]),
        (["color", "colors"], ["faded", "shines", "pleases"]),
        (["lamp"], ["works", "arrived", "shines"]),
    ]
    category = rng.integers(4, size=count)
    said = []
    for place in range(count):
        kind = 2 if category[place] == 0 and rng.random() < 0.8 else int(rng.integers(2))
        things, deeds = kinds[kind]
        thing = things[int(rng.integers(len(things)))]
        end = ["", " and it is", " of it was"][int(rng.integers(3))]
        filler = rng.choice([f"w{n}" for n in range(200)], 6)
        said.append(
            f"{' '.join(filler)} the {thing}{end} {rng.choice(deeds)}" if rng.random() < 0.3 else " ".join(filler)
        )
    return tokens(pa.array(said, pa.large_string())), category


def test_things_are_found_and_those_used_alike_are_one():
    found = found_aspects.find(*made(), "en", set())
    words = {word for named in found.values() for word in named}
    assert {"color", "colors", "zipper", "zip"} <= words
    assert not {"lamp", "the", "is", "broke", "w1"} & words
    assert all(name.startswith(named[0]) for name, named in found.items())


def test_words_of_other_aspects_are_left_to_them_and_few_sentences_show_nothing():
    assert "zipper" not in str(found_aspects.find(*made(), "en", {"zipper"}))
    assert found_aspects.find(*made(LEAST_SENTENCES - 1), "en", set()) == {}
    assert found_aspects.find(*made(), "xx", set()) == {}


def test_the_same_is_found_whatever_order_sentences_come_in():
    said, category = made()
    texts = [
        " ".join(said.words[start:end].to_pylist())
        for start, end in zip(said.starts[:-1], said.starts[1:], strict=True)
    ]
    turned = tokens(pa.array(texts[::-1], pa.large_string()))
    assert found_aspects.find(turned, category[::-1].copy(), "en", set()) == found_aspects.find(
        said, category, "en", set()
    )


def test_aspects_are_named_by_words_and_pairs_each_once():
    terms = {"size": ["fit", "too small"], "price": ["small price"]}
    looked_for = aspect_terms.of_language(["price", "size"], terms)
    texts = ["it is too small and does not fit", "a small price", "small, too.", ""]
    sentence, aspect = aspect_terms.named(tokens(pa.array(texts, pa.large_string())), looked_for)
    assert list(zip(sentence.tolist(), aspect.tolist(), strict=True)) == [(0, 1), (1, 0)]


@pytest.mark.parametrize("term", ["", "three words here"])
def test_terms_have_one_word_or_two(term):
    with pytest.raises(ValueError, match="expected one or two"):
        aspect_terms.read(pa.table({"aspect": ["size"], "language": ["en"], "term": [term]}))
