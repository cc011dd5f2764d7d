"""What messages are about, name and get as answers: quality on banking77 and the made shop, cost of a million."""

from __future__ import annotations

import csv
import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
from customer_insight.texts import text_keys
from customer_insight.voice import intent_model, message_intents
from customer_insight.voice.labelled_messages import LEAST_TEXTS
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from benchmarks.measure import run

ROOT = Path(__file__).parents[1]
EXAMPLES, DRAWS = 10, 3
MESSAGES = 1_000_000
# What is answered of what, and how much of it shall be right.
COVERAGE = 0.85
# Texts learned from and judged beside scikit-learn's own pipeline.
LEARNED, JUDGED = 50_000, 50_000
Texts = list[str]


def banking() -> tuple[Texts, np.ndarray, Texts, np.ndarray, Texts]:
    """Texts and intents of the official split, and the intents' names."""
    split = {}
    for name in ("train", "test"):
        path = Path(os.environ["CUSTOMER_INSIGHT_TEST_DATA"], "banking77", f"{name}.csv")
        with path.open(encoding="utf-8", newline="") as file:
            split[name] = [(row["text"], row["category"]) for row in csv.DictReader(file)]
    return prepared(split["train"], split["test"])


def prepared(
    train: list[tuple[str, str]], test: list[tuple[str, str]]
) -> tuple[Texts, np.ndarray, Texts, np.ndarray, Texts]:
    names = sorted({label for _, label in train})
    labels = [np.array([names.index(label) for _, label in rows]) for rows in (train, test)]
    return [text for text, _ in train], labels[0], [text for text, _ in test], labels[1], names


def pipeline(
    texts: Texts, labels: np.ndarray, asked: Texts, classifier: Callable[[], object], *, words_only: bool = False
) -> np.ndarray:
    """scikit-learn's own: the same terms and a classifier; scores of each intent."""
    kinds = [TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b")]
    if not words_only:
        kinds.append(TfidfVectorizer(sublinear_tf=True, ngram_range=(2, 5), analyzer="char_wb"))
    known = sparse.hstack([kind.fit_transform(texts) for kind in kinds]).tocsr()
    model = classifier().fit(known, labels)
    return model.decision_function(sparse.hstack([kind.transform(asked) for kind in kinds]).tocsr())


def one_against_all() -> OneVsRestClassifier:
    return OneVsRestClassifier(LogisticRegression(C=30, tol=0.1, solver="liblinear"))


def quality(name: str, split: tuple[Texts, np.ndarray, Texts, np.ndarray, Texts]) -> None:
    texts, labels, asked, truth, names = split
    print(f"{name}: {len(texts)} texts of {len(names)} intents, judged on {len(asked)}")
    print(f"{'':38}{'accuracy':>10}{'macro-F1':>10}{'seconds':>9}")
    rivals = {
        "words, linear SVM": lambda: pipeline(texts, labels, asked, LinearSVC, words_only=True),
        "words and characters, linear SVM": lambda: pipeline(texts, labels, asked, LinearSVC),
        "words and characters, logistic": lambda: pipeline(texts, labels, asked, one_against_all),
    }
    for rival, scores in rivals.items():
        began = time.process_time()
        best = scores().argmax(axis=1)
        told(rival, best, truth, time.process_time() - began)
    began = time.process_time()
    model = intent_model.fit(texts, labels, names)
    guesses = model.best_two(asked)
    probability = model.probabilities(asked)
    told("ours, with its threshold", probability.argmax(axis=1), truth, time.process_time() - began)
    right = probability.argmax(axis=1) == truth
    best = probability.max(axis=1)
    sure = model.is_sure(guesses)
    first = np.argsort(-best, kind="stable")[: int(COVERAGE * truth.size)]
    print(f"  answered by the threshold {sure.mean():.3f} of the messages, right {right[sure].mean():.4f}")
    print(f"  of the surest {COVERAGE:.0%}, right {right[first].mean():.4f}")
    accuracies: dict[str, list[float]] = {}
    for seed in range(DRAWS):
        rng = np.random.default_rng(seed)
        drawn = np.concatenate(
            [rng.permutation(np.flatnonzero(labels == each))[:EXAMPLES] for each in range(len(names))]
        )
        few = [texts[place] for place in drawn]
        svm = pipeline(few, labels[drawn], asked, LinearSVC).argmax(axis=1)
        own = intent_model.fit(few, labels[drawn], names).probabilities(asked).argmax(axis=1)
        accuracies.setdefault("linear SVM", []).append(float(np.mean(svm == truth)))
        accuracies.setdefault("ours", []).append(float(np.mean(own == truth)))
    for rival, found in accuracies.items():
        print(f"  {EXAMPLES} examples an intent, {rival}: {np.mean(found):.4f}")


def told(name: str, best: np.ndarray, truth: np.ndarray, seconds: float) -> None:
    f1 = f1_score(truth, best, average="macro")
    print(f"{name:38}{np.mean(best == truth):>10.4f}{f1:>10.4f}{seconds:>9.1f}")


def strangers(path: Path) -> None:
    """CLINC150 (Larson and others 2019), where its data_full.json is: ten examples an intent, and messages of none."""
    told_of = json.loads(path.read_text())
    split = prepared([tuple(row) for row in told_of["train"]], [tuple(row) for row in told_of["test"]])
    quality("CLINC150", split)
    strange = [text for text, _ in told_of["oos_test"]]
    for name, rows, kinds, each in (
        ("CLINC150", split, 25, 100),
        ("CLINC150", split, 25, 20),
        *(("banking77", banking(), kinds, each) for kinds, each in ((8, 25), (8, 100), (20, 30))),
    ):
        drawn = [asked_of_few(rows, kinds, each, strange, seed) for seed in range(DRAWS)]
        told_answered(f"{name}, {kinds} intents of {each} texts", np.mean(drawn, axis=0))
    told_answered("made shop, wordings that came later", of_made_shop(strange))


def asked_of_few(
    split: tuple[Texts, np.ndarray, Texts, np.ndarray, Texts], kinds: int, each: int, strange: Texts, seed: int
) -> list[float]:
    """Learned from some texts of some intents: see `answered`."""
    texts, labels, asked, truth, names = split
    rng = np.random.default_rng(seed)
    chosen = np.sort(rng.permutation(len(names))[:kinds])
    drawn = np.concatenate([rng.permutation(np.flatnonzero(labels == kind))[:each] for kind in chosen])
    place = np.searchsorted(chosen, labels[drawn])
    model = intent_model.fit([texts[row] for row in drawn], place, [names[kind] for kind in chosen])
    own, others = (np.flatnonzero(np.isin(truth, chosen) == is_own) for is_own in (True, False))
    return answered(
        model,
        [asked[row] for row in own],
        np.searchsorted(chosen, truth[own]),
        [strange, [asked[row] for row in others]],
    )


def of_made_shop(strange: Texts) -> list[float]:
    """The demo's messages: the last fifth is asked, most of it in wordings that nobody used before."""
    with (ROOT / "seeds" / "demo" / "demo_support_messages.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (row["sent_at"], row["message_id"]))
    rows = [row for row in rows if row["message_text"] and row["intent"].strip()]
    count = Counter(row["intent"].strip() for row in rows)
    names = sorted(name for name in count if count[name] >= LEAST_TEXTS)
    rows = [row for row in rows if row["intent"].strip() in names]
    cut = int(0.8 * len(rows))
    known = {row["message_text"]: names.index(row["intent"].strip()) for row in rows[:cut][::-1]}
    model = intent_model.fit(list(known), np.array(list(known.values())), names)
    truth = np.array([names.index(row["intent"].strip()) for row in rows[cut:]])
    return answered(model, [row["message_text"] for row in rows[cut:]], truth, [strange])


def answered(model: intent_model.IntentModel, own: Texts, truth: np.ndarray, others: list[Texts]) -> list[float]:
    """Shares: of own messages answered, of these right, and of others answered."""
    guesses = model.best_two(own)
    sure = model.is_sure(guesses)
    right = (guesses.places[:, 0] == truth)[sure].mean()
    return [sure.mean(), right, *(model.is_sure(model.best_two(texts)).mean() for texts in others)]


def told_answered(title: str, shares: list[float] | np.ndarray) -> None:
    names = ("own", "right", "strangers", "of other intents")
    print(
        f"  {title}: " + ", ".join(f"{name} {share:.3f}" for name, share in zip(names, shares, strict=False)),
        flush=True,
    )


def made_messages(texts: Texts, labels: np.ndarray, names: Texts, count: int) -> pa.Table:
    """Messages of words of banking77, each about one of its intents; one in ten repeats another."""
    rng = np.random.default_rng(1)
    source = rng.integers(len(texts), size=count)
    other = rng.integers(len(texts), size=count)
    number = np.where(rng.random(count) < 0.1, 0, rng.integers(10_000_000, size=count))
    written = [f"{texts[a]} {texts[b].split()[0]} {n}" for a, b, n in zip(source, other, number, strict=True)]
    is_labelled = rng.random(count) < 0.3
    return pa.table(
        {
            "message_code": pa.array(np.arange(count, dtype=np.int32)),
            "written_day": pa.array(rng.integers(1000, size=count).astype(np.float64)),
            "message_text": pa.array(written, pa.large_string()),
            "intent": pa.array([names[labels[place]] if known else None
                                for place, known in zip(source, is_labelled, strict=True)], pa.string()),
        }
    )  # fmt: skip


def million() -> None:
    """One process: a million messages, twenty intents, learned from at most 200,000 of them."""
    texts, labels, _, _, names = banking()
    kept = np.flatnonzero(labels < 20)
    messages = made_messages([texts[place] for place in kept], labels[kept], names, MESSAGES)
    nothing = pa.schema(
        [("intent_code", pa.int32()), ("intent_name", pa.string()), ("term", pa.string()), ("weight", pa.float64()),
         ("next_intent_code", pa.int32())]
    ).empty_table()  # fmt: skip
    wall, cpu = time.perf_counter(), time.process_time()
    result = message_intents.run(messages, nothing, evaluate=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{MESSAGES} messages, {result.metrics['learned_from']} learned from: {time.perf_counter() - wall:.0f} s,"
        f" {time.process_time() - cpu:.0f} s of processor, {peak:.1f} GB"
    )


def beside_scikit_learn() -> None:
    """Learning from and predicting the same distinct texts: ours with threshold and temperature, and the pipeline."""
    texts, labels, _, _, names = banking()
    kept = np.flatnonzero(labels < 20)
    messages = made_messages([texts[place] for place in kept], labels[kept], names, 3 * (LEARNED + JUDGED))
    known = messages.filter(pa.compute.is_valid(messages["intent"]))
    distinct = text_keys.distinct_texts(known["message_text"].combine_chunks())
    first = np.unique(distinct.place, return_index=True)[1][: LEARNED + JUDGED]
    every = [str(known["message_text"][int(place)].as_py()) for place in first]
    about = np.array([names.index(known["intent"][int(place)].as_py()) for place in first])
    learned, asked = every[:LEARNED], every[LEARNED:]
    costs = {}
    for name, work in {
        "scikit-learn": lambda: pipeline(learned, about[:LEARNED], asked, one_against_all).argmax(axis=1),
        "ours": lambda: intent_model.fit(learned, about[:LEARNED], names[:20]).best_two(asked).places[:, 0],
    }.items():
        began = time.process_time()
        best = work()
        costs[name] = time.process_time() - began
        right = np.mean(best == about[LEARNED:])
        print(
            f"  {name}: {costs[name]:.1f} s of processor for {len(learned)} and {len(asked)} texts, right {right:.3f}"
        )
    print(f"  ratio {costs['ours'] / costs['scikit-learn']:.2f}")


def main(folder: Path) -> None:
    """All of it; CLINC150 where data_full.json lies in the folder."""
    with threadpool_limits(1):
        quality("banking77", banking())
        if (folder / "data_full.json").is_file():
            strangers(folder / "data_full.json")
        beside_scikit_learn()
    log = folder / "intents.log"
    cost = run([sys.executable, "-m", "benchmarks.intents"], log, folder=ROOT)
    print(log.read_text().strip())
    print(f"  the process as a whole: {cost.wall:.0f} s, {cost.peak_gb:.1f} GB")


if __name__ == "__main__":
    million()
