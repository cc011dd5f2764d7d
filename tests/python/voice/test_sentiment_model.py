"""The model of sentiment beside its peers: scikit-learn's weights of terms, scipy's optimiser of the curve."""

import itertools

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.texts import text_keys
from customer_insight.texts.terms import tokens
from customer_insight.voice import sentiment_model, term_weights
from customer_insight.voice.sentiment_model import FOLDS, RatedTexts
from made_reviews import reviews
from scipy.optimize import minimize
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score


def rated(count=400, seed=0, lexicon=None):
    table = reviews(count, seed=seed).drop_null()
    distinct = text_keys.distinct_texts(
        *(table[name].combine_chunks().cast(pa.large_string()) for name in ("title", "review_text"))
    )
    stars = np.asarray(table["rating"], dtype=float)
    number = np.bincount(distinct.place).astype(float)
    positive = np.bincount(distinct.place, weights=stars >= 4)
    score = np.zeros(distinct.count) if lexicon is None else lexicon(distinct.count)
    return RatedTexts(term_weights.said(*distinct.fields), distinct.keys, number, positive, score)


def test_weights_of_terms_are_those_of_scikit_learn():
    texts = reviews(60).drop_null()["review_text"].unique()
    empty = pa.array([""] * len(texts), pa.large_string())
    _, matrix = term_weights.fit(term_weights.said(empty, texts.cast(pa.large_string())))
    peer = TfidfVectorizer(
        analyzer=lambda text: [
            word
            for said in [tokens(pa.array([text], pa.large_string())).words.to_pylist()]
            for word in [*said, *(f"{one} {two}" for one, two in itertools.pairwise(said))]
        ],
        sublinear_tf=True,
        min_df=2,
    ).fit_transform(texts.to_pylist())
    assert matrix.shape == peer.shape
    np.testing.assert_allclose((matrix @ matrix.T).toarray(), (peer @ peer.T).toarray(), atol=1e-6)


@pytest.mark.parametrize("lexicon", [None, lambda count: np.random.default_rng(1).normal(size=count)])
def test_the_curve_has_the_greatest_likelihood_of_all_that_do_not_fall(lexicon):
    texts = rated(lexicon=lexicon)
    log_odds = np.random.default_rng(0).normal(size=texts.keys.size) + 3 * (texts.positive - texts.reviews / 2)
    columns = sentiment_model._columns(log_odds, texts.lexicon)
    found = sentiment_model._curve(columns, texts)
    start = np.array([1.0, 1.0, 0.0, 0.0])

    def loss(curve):
        odds = columns @ curve
        bound = 0.5 * sentiment_model._RIDGE * ((curve - start) ** 2).sum()
        return (texts.reviews * np.logaddexp(0, odds) - texts.positive * odds).sum() + bound

    bounds = [(0, None), (0, None), (0, None) if lexicon else (0, 0), (None, None)]
    best = minimize(loss, start, bounds=bounds, method="L-BFGS-B", options={"ftol": 1e-14, "gtol": 1e-9})
    assert loss(found) <= best.fun + 0.05
    assert (found[:3] >= 0).all()


def test_no_text_is_judged_by_a_model_that_has_seen_its_stars():
    texts = rated()
    fold = text_keys.folds(texts.keys, FOLDS)
    other = np.where(fold == 1, texts.reviews - texts.positive, texts.positive)
    turned = RatedTexts(texts.said, texts.keys, texts.reviews, other, texts.lexicon)
    before, after = (sentiment_model.fit(each).weights for each in (texts, turned))
    assert np.array_equal(before[:, 1], after[:, 1])
    assert not np.allclose(before[:, 0], after[:, 0])


def test_the_limit_is_where_f1_of_the_negatives_is_best():
    texts = rated()
    model = sentiment_model.fit(texts)
    is_one = texts.reviews == 1
    truth = texts.positive[is_one] == 0

    def f1(limit):
        return f1_score(truth, model.kept_back[is_one] < limit)

    assert f1(model.limit) >= max(f1(limit) for limit in np.linspace(0.05, 0.95, 19)) - 0.05
    assert 0.5 < model.limit < 1
    assert f1(model.limit) > 0.7
