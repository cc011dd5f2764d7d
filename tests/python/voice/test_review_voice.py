"""What is said of reviews and messages, and when nothing is."""

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.voice import known_sentiment, review_voice, voice_texts
from made_reviews import MESSAGES, TERMS, reviews
from sklearn.metrics import roc_auc_score


def run(table, messages=MESSAGES, terms=TERMS, **settings):
    return review_voice.run(table, messages, terms, **settings)


def sentiment(result, table="review_sentiment"):
    return result.tables[table].to_pandas()


@pytest.fixture(scope="module")
def english():
    table = reviews(700)
    return table, run(table)


def test_sentiment_orders_reviews_and_messages_by_how_they_feel(english):
    table, result = english
    assert result.status == "ok"
    found = sentiment(result).merge(table.to_pandas(), on="review_code")
    told = found.dropna(subset=["probability", "rating"])
    assert len(told) > 600
    assert roc_auc_score(told.rating >= 4, told.probability) > 0.85
    assert ((told.sentiment == "positive") == (told.probability >= result.metrics["negative_below"])).all()
    message = sentiment(result, "message_sentiment")
    assert message.sentiment.tolist()[0] == "negative"
    assert np.isnan(message.probability[1])


def test_contradicted_are_stars_whose_text_says_the_opposite(english):
    table, result = english
    found = sentiment(result).merge(table.to_pandas(), on="review_code")
    wrong = found[found.is_rating_contradicted == True]  # noqa: E712 -- null is neither
    assert len(wrong) > 0
    assert (((wrong.rating >= 4) & (wrong.probability < 0.1)) | ((wrong.rating <= 2) & (wrong.probability > 0.9))).all()
    assert found[found.rating.isna() | found.probability.isna()].is_rating_contradicted.isna().all()


def test_rows_in_any_order_give_the_same_bytes(english):
    table, result = english
    turned = run(table.take(pa.array(np.random.default_rng(1).permutation(table.num_rows))))
    assert turned.run_id("review_voice") == result.run_id("review_voice")
    for name, rows in result.tables.items():
        assert turned.tables[name].equals(rows), name


def test_what_was_known_at_a_time_does_not_change_with_what_came_later(english):
    table, result = english
    days = np.asarray(table["written_day"])
    early = sentiment(run(table.filter(pa.array(days < 700))))
    late = sentiment(result).set_index("review_code").loc[early.review_code]
    assert early.known_probability.notna().sum() > 100
    np.testing.assert_array_equal(early.known_probability, late.known_probability)
    assert sentiment(result).known_probability.isna().sum() > 100


def known_then(table):
    texts = voice_texts.read(table, MESSAGES)
    return dict(zip(texts.reviews.codes.tolist(), known_sentiment.known_probabilities(texts)[0].tolist(), strict=True))


def in_days(table, days, code):
    codes = pa.array(np.arange(table.num_rows) + code)
    table = table.set_column(table.schema.get_field_index("review_code"), "review_code", codes)
    return table.set_column(table.schema.get_field_index("written_day"), "written_day", pa.array(days))


def test_a_language_that_comes_later_changes_nothing_of_what_was_known():
    german = reviews(400, ("de",), seed=2)
    first = in_days(german.slice(0, 8), np.arange(800, 808), 10_000)  # too few to be a language of the shop
    later = in_days(german.slice(8), np.arange(2_000, 2_392), 20_000)
    table = pa.concat_tables([reviews(700), first, later])
    days = np.asarray(table["written_day"])
    late = known_then(table)
    for cut in (810, 1_000, 2_100):
        early = known_then(table.filter(pa.array(days < cut)))
        assert len(early) == (days < cut).sum()
        np.testing.assert_array_equal(list(early.values()), [late[code] for code in early])
    assert set(voice_texts.read(table, MESSAGES).names) == {"de", "en"}  # now it is one
    known = [value for code, value in late.items() if code < 10_000]
    assert np.isfinite(known).sum() > 200


def test_it_is_judged_out_of_time_beside_a_list_of_words_and_the_share(english):
    figures = english[1].tables["evaluation"].to_pandas()
    assert set(figures.model) == {"learned", "lexicon", "share of positives"}
    assert figures[figures.is_champion].model.unique().tolist() == ["learned"]
    value = figures.set_index(["model", "metric"]).value
    assert value["learned", "auc"] > value["lexicon", "auc"] > value["share of positives", "auc"] == 0.5
    inside = (figures.ci_low <= figures.value) & (figures.value <= figures.ci_high)
    assert inside[figures.metric != "calibration_error"].all()
    assert run(english[0], evaluate=False).tables["evaluation"].num_rows == 0


def test_few_reviews_of_another_language_say_nothing_and_why():
    result = run(reviews(700, ("de",)))
    assert "700" not in result.status
    assert result.status.startswith("Nothing is said of how customers feel: ")
    assert "learning needs 2,000, or 100 in English" in result.status
    found = sentiment(result)
    assert found.probability.isna().all()
    assert found.sentiment.isna().all()
    assert set(found.language.dropna()) == {"de"}
    aspects = result.tables["review_aspects"].to_pandas()
    assert len(aspects) > 200
    assert aspects.sentiment.isna().all()
    assert result.tables["product_voice"].num_rows == 0


def test_below_two_thousand_the_list_of_words_helps_english_texts_alone():
    result = run(reviews(900, ("en", "de")), evaluate=False)
    found = sentiment(result)
    assert result.metrics["is_lexicon_used"]
    assert result.status == (
        "Nothing is said of how customers feel in texts in de: below 2,000 rated reviews a list of words helps, and"
        " only in English."
    )
    assert found[found.language == "de"].probability.isna().all()
    assert found[found.language == "en"].probability.notna().all()


def test_from_two_thousand_on_each_language_with_enough_is_judged():
    table = reviews(2_500, ("en", "de"))
    result = run(table, evaluate=False)
    assert (result.status, result.metrics["is_lexicon_used"]) == ("ok", False)
    found = sentiment(result).merge(table.to_pandas(), on="review_code").dropna(subset=["probability", "rating"])
    for language in ("en", "de"):
        some = found[found.language == language]
        assert roc_auc_score(some.rating >= 4, some.probability) > 0.85


@pytest.mark.parametrize("count", [0, 3])
def test_hardly_any_reviews(count):
    result = run(reviews(max(count, 1)).slice(0, count), MESSAGES.slice(0, 0))
    assert result.status != "ok"
    assert result.tables["review_sentiment"].num_rows == count
    assert result.tables["message_sentiment"].num_rows == 0
    full = run(reviews(300), evaluate=False).tables
    assert {name: table.schema for name, table in result.tables.items()} == {n: t.schema for n, t in full.items()}


def test_odd_texts_are_no_trouble():
    table = reviews(400)
    odd = ["", "!", "👍", "<b></b>", "x" * 100_000, "a " * 50_000, "\x00", "1", "  \n"]
    texts = odd + table["review_text"].to_pylist()[len(odd) :]
    result = run(table.set_column(6, "review_text", pa.array(texts)), evaluate=False)
    assert result.status == "ok"
    assert result.tables["review_sentiment"].num_rows == 400


def test_repeated_codes_and_long_terms_are_refused_in_a_sentence():
    table = reviews(5)
    with pytest.raises(ValueError, match="5 rows have a review_code that is there already"):
        run(pa.concat_tables([table, table]))
    with pytest.raises(ValueError, match="'much too long' of 'size' has 3 words; expected one or two"):
        run(table, terms=pa.table({"aspect": ["size"], "language": ["en"], "term": ["much too long"]}))


def test_stars_of_suspects_say_nothing_of_any_text_nor_of_their_own():
    table = reviews(700)
    is_suspect = np.arange(table.num_rows) % 10 == 0
    days = pa.array(np.where(is_suspect, 400.0, np.nan), from_pandas=True)
    turned = np.asarray(table["rating"], dtype=np.float64)
    turned = pa.array(np.where(is_suspect, 6 - turned, turned), from_pandas=True)
    one = table.append_column("suspected_day", days)
    other = one.set_column(one.column_names.index("rating"), "rating", turned.cast(one["rating"].type))
    assert not one.equals(other)
    found = [run(each, evaluate=False) for each in (one, other)]
    for name in ("review_aspects", "product_voice"):
        assert found[0].tables[name].equals(found[1].tables[name]), name
    first, second = (np.asarray(each.tables["review_sentiment"]["probability"], dtype=float) for each in found)
    np.testing.assert_array_equal(first, second)
    assert ((first > 0) & (first < 1))[np.isfinite(first)].all()
    assert np.isfinite(first[is_suspect]).sum() > 40
