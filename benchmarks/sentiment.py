"""What customers say: quality on women's clothing, a list of labelled sentences, and what a million reviews cost."""

from __future__ import annotations

import csv
import os
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
from customer_insight.scoring.probability_scores import auc, calibration_error
from customer_insight.texts import text_keys
from customer_insight.texts.sentences import sentences
from customer_insight.texts.terms import tokens
from customer_insight.voice import (
    aspect_terms,
    rated_learning,
    review_aspects,
    review_voice,
    sentiment_model,
    term_weights,
    voice_texts,
)
from customer_insight.voice.sentiment_model import RatedTexts
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, f1_score
from sklearn.model_selection import StratifiedKFold
from threadpoolctl import threadpool_limits

from benchmarks.measure import run

ROOT = Path(__file__).parents[1]
REVIEWS, PRODUCTS = 1_000_000, 5_000
# Of them in one run beside scikit-learn: texts learned from and judged.
LEARNED, JUDGED = 50_000, 50_000


def clothing() -> pa.Table:
    """Reviews with a text; titles that are missing are ''."""
    path = Path(os.environ["CUSTOMER_INSIGHT_TEST_DATA"], "womens_clothing", "reviews.parquet")
    table = pyarrow.parquet.read_table(path)
    table = table.filter(pc.is_valid(table["Review Text"]))
    titles = pc.fill_null(table["Title"], "")
    return pa.table(
        {
            "review_code": table["column00"],
            "product_code": table["Clothing ID"],
            "category": table["Class Name"],
            "title": titles.cast(pa.large_string()).combine_chunks(),
            "review_text": table["Review Text"].cast(pa.large_string()).combine_chunks(),
            "rating": table["Rating"].cast(pa.float64()),
            "is_recommended": pc.equal(table["Recommended IND"], 1),
        }
    )


def ours(learned: pa.Table, positive: np.ndarray, judged: pa.Table) -> tuple[np.ndarray, float]:
    """Probabilities and the limit below which a review is negative."""
    columns = (learned[name].combine_chunks() for name in ("title", "review_text"))
    distinct = text_keys.distinct_texts(*columns)
    counts = np.bincount(distinct.place).astype(float)
    good = np.bincount(distinct.place, weights=positive)
    model = sentiment_model.fit(
        RatedTexts(term_weights.said(*distinct.fields), distinct.keys, counts, good, np.zeros(distinct.count))
    )
    titles, texts = (judged[name].combine_chunks() for name in ("title", "review_text"))
    return model.probabilities(term_weights.said(titles, texts), np.zeros(judged.num_rows)), model.limit


def pipeline(learned: pa.Table, positive: np.ndarray, judged: pa.Table) -> tuple[np.ndarray, float]:
    """scikit-learn's own: words and pairs of title and of text, and a logistic regression."""
    known, asked = [], []
    for name in ("title", "review_text"):
        vectorizer = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2)
        known.append(vectorizer.fit_transform(learned[name].to_pylist()))
        asked.append(vectorizer.transform(judged[name].to_pylist()))
    model = LogisticRegression(C=4.0, solver="liblinear").fit(sparse.hstack(known).tocsr(), positive)
    return model.predict_proba(sparse.hstack(asked).tocsr())[:, 1], 0.5


def folds(table: pa.Table) -> None:
    """Recommended or not, three folds."""
    truth = np.asarray(table["is_recommended"])
    parts = list(StratifiedKFold(3, shuffle=True, random_state=0).split(truth, truth))
    print("\n| recommended, three folds | AUC | Brier | F1 of no | calibration error | s |\n|---|---|---|---|---|---|")
    for name, method in (("customer-insight", ours), ("scikit-learn", pipeline)):
        probability, said, began = np.zeros(truth.size), np.zeros(truth.size, dtype=bool), time.process_time()
        for learned, judged in parts:
            found, limit = method(table.take(learned), truth[learned], table.take(judged))
            probability[judged], said[judged] = found, found < limit
        seconds = time.process_time() - began
        figures = (auc(probability, truth)[0], brier_score_loss(truth, probability), f1_score(~truth, said))
        error = calibration_error(probability, truth)
        print(f"| {name} | {' | '.join(f'{each:.4f}' for each in (*figures, error))} | {seconds:.1f} |", flush=True)


def labelled_sentences(table: pa.Table) -> None:
    """Aspects of the sentences that were labelled by hand before anything was tried on them."""
    of_text, number, said = sentences(table["review_text"].combine_chunks())
    codes = np.asarray(table["review_code"])[of_text]
    review_of = np.searchsorted(np.sort(np.asarray(table["review_code"])), codes)
    place = {key: at for at, key in enumerate(zip(codes.tolist(), number.tolist(), strict=True))}
    terms = aspect_terms.read(pyarrow.csv.read_csv(ROOT / "seeds" / "reference" / "aspect_terms.csv"))["en"]
    looked_for = aspect_terms.of_language(sorted(terms), terms)
    texts = voice_texts.read(
        table.append_column("written_day", pa.nulls(table.num_rows, pa.float64())),
        pa.table(
            {
                "message_code": pa.array([], pa.int64()),
                "written_day": pa.array([], pa.float64()),
                "message_text": pa.array([], pa.string()),
            }
        ),
    )
    learned = rated_learning.learn(texts, texts.reviews.rated())
    assert not isinstance(learned, str)
    spoken = review_aspects.spoken_sentences(texts, np.arange(texts.distinct.count))
    feelings = review_aspects.learn_feelings(texts, spoken, learned)
    assert feelings is not None
    print("\n| labelled sentences | sentences | precision | recall | F1 | sentiment right |\n|---|---|---|---|---|---|")
    with (ROOT / "benchmarks" / "aspect_labels.csv").open(encoding="utf-8") as file:
        labels = list(csv.DictReader(file))
    for part in ("tuning", "judged"):
        rows = [row for row in labels if row["part"] == part]
        at = np.array([place[int(row["review_id"]), int(row["sentence"])] for row in rows])
        own = said.take(pa.array(at))
        sentence, aspect = aspect_terms.named(tokens(own), looked_for)
        found = {(int(s), looked_for.names[int(a)]) for s, a in zip(sentence, aspect, strict=True)}
        wanted = {(s, *each.split(":")) for s, row in enumerate(rows) for each in row["aspects"].split()}
        named = {(s, aspect) for s, aspect, _ in wanted}
        precision, recall = len(found & named) / len(found), len(found & named) / len(named)
        place_of, kind = np.divmod(review_aspects.wordings(texts)[review_of[at]], 3)
        odds = feelings.log_odds(texts, review_aspects.SpokenSentences(place_of, own, tokens(own), kind))
        told = [(odds[s] >= 0) == (feeling == "positive") for s, _, feeling in wanted if feeling != "neutral"]
        f1 = 2 * precision * recall / (precision + recall)
        print(f"| {part} | {len(rows)} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {np.mean(told):.3f} |", flush=True)


def made_reviews(table: pa.Table, count: int, path: Path) -> None:
    """As many new reviews: half of one and half of another of the same stars, with a third one's title."""
    rng = np.random.default_rng(0)
    stars = np.asarray(table["rating"])
    of_stars = {each: np.flatnonzero(stars == each) for each in np.unique(stars)}
    said = [text.split(". ") for text in table["review_text"].to_pylist()]
    titles, chosen = table["title"].to_pylist(), rng.integers(stars.size, size=count)
    others = np.array([rng.choice(of_stars[stars[each]], 2) for each in chosen])
    texts = [
        ". ".join(said[one][: max(1, len(said[one]) // 2)] + said[two][len(said[two]) // 2 :])
        for one, two in zip(chosen, others[:, 0], strict=True)
    ]
    made = {
        "review_code": np.arange(count),
        "product_code": rng.integers(PRODUCTS, size=count),
        "category_code": rng.integers(20, size=count),
        "written_day": rng.integers(2_000, size=count),
        "rating": stars[chosen],
        "title": [titles[each] for each in others[:, 1]],
        "review_text": texts,
    }
    pyarrow.parquet.write_table(pa.table(made), path)


def beside_scikit_learn(path: Path) -> None:
    """Learning and predicting on the same distinct texts, in one run, one thread each."""
    table = pyarrow.parquet.read_table(path, columns=["title", "review_text", "rating"])
    distinct = text_keys.distinct_texts(
        *(pc.fill_null(table[name].cast(pa.large_string()), "").combine_chunks() for name in ("title", "review_text"))
    )
    rating = np.zeros(distinct.count)
    rating[distinct.place] = np.asarray(table["rating"])
    texts = pa.table({"title": distinct.fields[0], "review_text": distinct.fields[1]})
    learned, judged = texts.slice(0, LEARNED), texts.slice(LEARNED, JUDGED)
    print("\n| learning from 50,000 distinct texts, judging 50,000 | AUC | s | times |\n|---|---|---|---|")
    first = None
    with threadpool_limits(1):
        for name, method in (("scikit-learn", pipeline), ("customer-insight", ours)):
            began = time.process_time()
            probability, _ = method(learned, rating[:LEARNED] >= 4, judged)
            seconds = time.process_time() - began
            first = first or seconds
            area = auc(probability, rating[LEARNED : LEARNED + JUDGED] >= 4)[0]
            print(f"| {name} | {area:.4f} | {seconds:.1f} | {seconds / first:.2f} |", flush=True)


def step(path: Path) -> None:
    """The whole learned step on a file of reviews, in this process."""
    reviews = pyarrow.parquet.read_table(path)
    # as many messages: what reviews begin with, at the length of a message
    said = pc.utf8_slice_codeunits(reviews["review_text"], 0, 150)
    messages = pa.table(
        {"message_code": reviews["review_code"], "written_day": reviews["written_day"], "message_text": said}
    )
    terms = pyarrow.csv.read_csv(ROOT / "seeds" / "reference" / "aspect_terms.csv")
    result = review_voice.run(reviews, messages, terms)
    print(result.status, {name: table.num_rows for name, table in result.tables.items()})


def main(folder: Path) -> None:
    if "CUSTOMER_INSIGHT_TEST_DATA" not in os.environ:
        print("sentiment: name the folder with the public data in CUSTOMER_INSIGHT_TEST_DATA")
        return
    table = clothing()
    folds(table)
    labelled_sentences(table)
    path = folder / "made_reviews.parquet"
    if not path.exists():
        made_reviews(table, REVIEWS, path)
    beside_scikit_learn(path)
    cost = run([sys.executable, "-m", "benchmarks.sentiment", str(path)], folder / "sentiment.log", folder=ROOT)
    spent = f"{cost.wall:.0f} s, {cost.cpu:.0f} s of processor, {cost.peak_gb:.1f} GB"
    print(f"\n{REVIEWS:,} reviews and as many messages: {spent}")


if __name__ == "__main__":
    step(Path(sys.argv[1]))
