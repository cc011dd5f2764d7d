"""Weights of words and characters beside scikit-learn's, and how much of a text is known."""

import random

import numpy as np
from customer_insight.texts import word_and_character_weights as weights
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

TEXTS = st.lists(st.text(alphabet="abÄ1 .,\n-'", max_size=14), min_size=2, max_size=8)


@given(TEXTS, TEXTS, st.integers(1, 2))
@settings(max_examples=60, deadline=None)
def test_terms_and_weights_are_those_of_scikit_learn(texts, asked, least):
    texts = [*texts, "ab a ab", "ab a b"]  # so that there are words at all
    peers = [
        TfidfVectorizer(sublinear_tf=True, min_df=least, ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b"),
        TfidfVectorizer(sublinear_tf=True, min_df=least, ngram_range=(2, 5), analyzer="char_wb"),
    ]
    learned = sparse.hstack([peer.fit_transform(texts) for peer in peers]).tocsr()
    expected = [learned, sparse.hstack([peer.transform(asked) for peer in peers]).tocsr()]
    known, rows = weights.fit(texts, least)
    words, pairs, runs = known.terms()
    offset = len(peers[0].vocabulary_)
    assert {*words, *pairs} == set(peers[0].vocabulary_)
    order = [peers[0].vocabulary_[term] for term in [*words, *pairs]]
    order += [offset + peers[1].vocabulary_[term] for term in runs]
    assert len(order) == learned.shape[1]
    for found, peer in zip((rows, known.rows(asked)), expected, strict=True):
        np.testing.assert_allclose(found.toarray(), peer[:, order].toarray(), atol=1e-12)
    again = weights.of_terms(known.terms(), known.idf)
    assert np.array_equal(again.rows(asked).toarray(), known.rows(asked).toarray())


def test_a_blank_at_the_end_of_a_text_is_never_a_character_of_its_last_word():
    known, _ = weights.fit(["no, no, no,", "no, nö,"])
    plain = known.rows(["no, no,"]).toarray()
    draw = random.Random(1)
    # many, since what was seen came and went with what lay behind the text in memory: about once in a hundred
    for _ in range(400):
        others = [
            "".join(draw.choice("nÖ1, \n") for _ in range(draw.randint(0, 12))) for _ in range(draw.randint(1, 5))
        ]
        assert np.array_equal(known.rows([*others, "no, no,\n"]).toarray()[-1:], plain)


def test_a_text_is_known_as_far_as_its_words_are_weighed_by_how_rare_they_are():
    known, _ = weights.fit(["red cup", "red bowl", "red lid"])
    rows, share = known.rows_and_known(["red cup", "red zebra", "zebra", "", "red"])
    rarity = dict(zip(known.words, known.idf, strict=False))
    rarest = max(rarity[word] for word in known.words)
    assert share.tolist() == [1.0, rarity["red"] / (rarity["red"] + rarest), 0.0, 0.0, 1.0]
    assert np.array_equal(rows.toarray(), known.rows(["red cup", "red zebra", "zebra", "", "red"]).toarray())
