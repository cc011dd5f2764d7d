"""What many reviews say in the same words is judged by the stars of the others; a review's own are left out."""

from collections import defaultdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest
from customer_insight.demo.shop import make_shop
from customer_insight.voice import review_voice, same_words
from hypothesis import given
from hypothesis import strategies as st
from made_reviews import MESSAGES, TERMS, reviews
from scipy.optimize import minimize_scalar
from scipy.special import betaln

SAID = {"as the size, so the fit": 5.0, "about that fit": 1.0}


def run(table):
    return review_voice.run(table, MESSAGES, TERMS, evaluate=False)


def with_sentence(table, sentence, stars, title=None, first=0):
    """The rows from `first` on get the sentence, alone or after what they say, and the stars."""
    texts, titles, rating = (table[name].to_pylist() for name in ("review_text", "title", "rating"))
    for place, star in enumerate(stars, first):
        texts[place] = f"{sentence}." if title is not None else f"{texts[place] or 'this.'} {sentence}."
        titles[place] = title
        rating[place] = star
    for name, values in (("review_text", texts), ("title", titles), ("rating", rating)):
        table = table.set_column(table.column_names.index(name), name, pa.array(values, table[name].type))
    return table


@pytest.fixture(scope="module")
def shared():
    """Sentences of thirty reviews each, whose stars nothing else tells: 60 of 2,300 reviews."""
    table = reviews(2_300, seed=3)
    for place, (sentence, star) in enumerate(SAID.items()):
        table = with_sentence(table, sentence, [star] * 30, first=100 + 30 * place)
    return table, run(table)


def found(result, table, name="review_aspects"):
    return result.tables[name].to_pandas().merge(table.to_pandas()[["review_code", "review_text", "rating"]])


def test_a_sentence_of_thirty_reviews_is_praise_with_five_stars_and_blame_with_one(shared):
    table, result = shared
    rows = found(result, table)
    for sentence, star in SAID.items():
        said = rows[rows.review_text.fillna("").str.contains(sentence) & (rows.aspect == "size")]
        assert len(said) == 30
        assert set(said.sentiment) == {"positive" if star == 5 else "negative"}


@pytest.mark.parametrize(("star", "sentiment"), [(5.0, "positive"), (1.0, "negative")])
def test_a_text_that_thirty_wrote_has_their_stars_and_never_its_own(star, sentiment):
    table = with_sentence(reviews(2_300, seed=4), "as the fit", [star] * 30, title="")
    rows = found(run(table), table, "review_sentiment")
    said = rows[rows.review_text == "as the fit."]
    assert set(said.sentiment) == {sentiment}
    other = with_sentence(table, "as the fit", [6 - star], title="")
    turned = found(run(other), other, "review_sentiment")
    mine = turned[turned.review_text == "as the fit."].set_index("rating").probability
    assert mine[6 - star] == pytest.approx(said.probability.iloc[0], abs=0.02)
    contradicted = turned[turned.rating == 6 - star].merge(turned[turned.review_text == "as the fit."])
    assert contradicted.is_rating_contradicted.tolist() == [True]


counts = st.tuples(st.floats(0.01, 0.99), st.integers(1, 40), st.floats(0, 1))


@given(st.lists(counts, min_size=1, max_size=20), st.sampled_from(same_words.WEIGHTS))
def test_all_but_one_by_brute_force(rows, weight):
    model = np.array([row[0] for row in rows])
    number = np.array([float(row[1]) for row in rows])
    positive = np.round(number * [row[2] for row in rows])
    chance, reviews_of, good = same_words.kept_back(model, number, positive, weight)
    expected = []
    for share, count, praised in zip(model, number, positive, strict=True):
        stars = [1.0] * int(praised) + [0.0] * int(count - praised)
        for place, own in enumerate(stars):
            others = stars[:place] + stars[place + 1 :]
            expected.append(((weight * share + sum(others)) / (weight + len(others)), own))
    told = np.repeat(np.column_stack([chance, good > 0]), reviews_of.astype(int), axis=0)
    np.testing.assert_allclose(sorted(map(tuple, told)), sorted(expected))
    alone = same_words.combined(model, number - number, positive - positive, weight)
    assert np.array_equal(alone, model)


@pytest.mark.parametrize("true", [2.0, 8.0, 32.0])
def test_the_weight_is_near_that_of_a_beta_and_a_binomial(true):
    rng = np.random.default_rng(0)
    model = rng.uniform(0.1, 0.9, 2_000)
    number = rng.integers(2, 40, 2_000).astype(float)
    positive = rng.binomial(number.astype(int), rng.beta(true * model, true * (1 - model))).astype(float)

    def loss(log_weight):
        a, b = np.exp(log_weight) * model, np.exp(log_weight) * (1 - model)
        return -(betaln(a + positive, b + number - positive) - betaln(a, b)).sum()

    peer = np.exp(minimize_scalar(loss, bounds=(-1, 5), method="bounded").x)
    assert same_words.weight(model, number, positive) == true
    assert peer == pytest.approx(true, rel=0.2)
    assert same_words.weight(model[:1], number[:1], positive[:1]) == same_words.WEIGHT_OF_FEW


def test_the_made_shop_praises_and_blames_what_its_sentences_were_planted_to():
    block = next(iter(make_shop(7, 2_000, is_clean=True)))
    rows = block.tables["reviews"].table
    planted = defaultdict(set)
    for sentence in block.planted["review_sentences"].to_pylist():
        planted[sentence["review_id"], sentence["aspect"]].add(sentence["sentiment"])
    table = pa.table(
        {
            "review_code": np.arange(rows.num_rows),
            "product_code": np.zeros(rows.num_rows, dtype=np.int64),
            "category_code": np.zeros(rows.num_rows, dtype=np.int64),
            "written_day": pa.nulls(rows.num_rows, pa.float64()),
            "rating": [float(stars) if stars else None for stars in rows["rating"].to_pylist()],
            "title": rows["title"],
            "review_text": rows["review_text"],
        }
    )
    seed = Path(__file__).parents[3] / "seeds" / "reference" / "aspect_terms.csv"
    result = review_voice.run(table, MESSAGES, pyarrow.csv.read_csv(seed), evaluate=False)
    names = rows["review_id"].to_pylist()
    told = [
        feelings == {row["sentiment"]}
        for row in result.tables["review_aspects"].to_pylist()
        if row["sentiment"] and len(feelings := planted[names[row["review_code"]], row["aspect"]]) == 1
    ]
    assert len(told) > 1_000
    # .65 by the model alone, for which the words of a sentence are new
    assert np.mean(told) > 0.85
