"""Figures of quality on real reviews: women's clothing, and sentences of it that were labelled by hand."""

import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
import pytest
from customer_insight.scoring.probability_scores import auc, brier, calibration_error
from customer_insight.texts import text_keys
from customer_insight.texts.sentences import sentences
from customer_insight.texts.terms import tokens
from customer_insight.voice import aspect_terms, sentiment_model, term_weights
from customer_insight.voice.sentiment_model import RatedTexts
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def clothing(public_data):
    table = pyarrow.parquet.read_table(public_data / "womens_clothing" / "reviews.parquet")
    return table.filter(pc.is_valid(table["Review Text"]))


def test_who_recommends_is_told_from_title_and_text(clothing):
    titles = pc.fill_null(clothing["Title"], "").cast(pa.large_string()).combine_chunks()
    texts = clothing["Review Text"].cast(pa.large_string()).combine_chunks()
    truth = np.asarray(clothing["Recommended IND"]) == 1
    probability, said = np.zeros(truth.size), np.zeros(truth.size, dtype=bool)
    for learned, judged in StratifiedKFold(3, shuffle=True, random_state=0).split(truth, truth):
        distinct = text_keys.distinct_texts(titles.take(pa.array(learned)), texts.take(pa.array(learned)))
        counts = np.bincount(distinct.place).astype(float)
        positive = np.bincount(distinct.place, weights=truth[learned])
        model = sentiment_model.fit(
            RatedTexts(term_weights.said(*distinct.fields), distinct.keys, counts, positive, 0 * counts)
        )
        asked = (titles.take(pa.array(judged)), texts.take(pa.array(judged)))
        probability[judged] = model.probabilities(term_weights.said(*asked), np.zeros(judged.size))
        said[judged] = probability[judged] < model.limit
    assert auc(probability, truth)[0] >= 0.960
    assert brier(probability, truth).mean() <= 0.062
    assert f1_score(~truth, said) >= 0.73
    assert calibration_error(probability, truth) <= 0.015


def test_aspects_of_sentences_that_nothing_was_tried_on(clothing):
    of_text, number, said = sentences(clothing["Review Text"].combine_chunks())
    codes = np.asarray(clothing["column00"])[of_text]
    place = {key: at for at, key in enumerate(zip(codes.tolist(), number.tolist(), strict=True))}
    with (ROOT / "benchmarks" / "aspect_labels.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["part"] == "judged"]
    assert len(rows) == 300
    terms = aspect_terms.read(pyarrow.csv.read_csv(ROOT / "seeds" / "reference" / "aspect_terms.csv"))["en"]
    looked_for = aspect_terms.of_language(sorted(terms), terms)
    own = said.take(pa.array([place[int(row["review_id"]), int(row["sentence"])] for row in rows]))
    sentence, aspect = aspect_terms.named(tokens(own), looked_for)
    found = {(int(s), looked_for.names[int(a)]) for s, a in zip(sentence, aspect, strict=True)}
    wanted = {(s, each.split(":")[0]) for s, row in enumerate(rows) for each in row["aspects"].split()}
    assert 2 * len(found & wanted) / (len(found) + len(wanted)) >= 0.75
