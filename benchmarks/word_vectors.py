"""Vectors of words and products beside word2vec, and as a rival among the strategies: see README.md."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from customer_insight.recommendations.history.history import History
from customer_insight.recommendations.history.recommendation_inputs import read_inputs
from customer_insight.recommendations.judging import champion_choice
from customer_insight.recommendations.proposing.strategy_registry import STRATEGIES
from customer_insight.scoring.intervals import mean_intervals
from customer_insight.similarity import co_occurrence
from customer_insight.texts import vectors
from customer_insight.voice import similar_words

from benchmarks import choice_shops

HELD_OUT, FEWEST_SALES, DIMENSIONS = 2000, 5, 100
RIVALS = ["popular", "content", "item_based", "basket_vectors", "ease"]
LINES = """
    select Invoice as basket, StockCode as product, min(InvoiceDate) as sold_at from '{file}'
    where Invoice not like 'C%' and Quantity > 0 and Price > 0 and regexp_matches(StockCode, '^[0-9]{{5}}')
        and not (sheet = '2009-2010' and InvoiceDate >= '2010-12-01')
    group by all order by sold_at, basket, product
"""


def main(folder: Path) -> None:
    """Prints hidden products found, questions told apart, lists of strategies, and what a million texts cost."""
    if data := os.environ.get("CUSTOMER_INSIGHT_TEST_DATA"):
        hidden_products(folder, Path(data, "online_retail_ii.parquet"))
        questions(folder, Path(data, "banking77"))
    strategies()
    large()


def word2vec(
    folder: Path, texts: list[list[str]], window: int, epochs: int, sample: float
) -> tuple[dict[str, Any], float] | None:
    """gensim's vectors (skip-gram, 5 negative samples, one worker) and its seconds; None where it is not installed.

    By the Python that CUSTOMER_INSIGHT_GENSIM_PYTHON names, else this one: gensim need not be in the project's own.
    """
    program = (
        "import json,sys,time\nfrom gensim.models import Word2Vec\n"
        "texts=json.load(open(sys.argv[1]))\nbegan=time.time()\n"
        f"m=Word2Vec(texts,vector_size={DIMENSIONS},window={window},epochs={epochs},sg=1,negative=5,min_count=5,"
        f"workers=1,seed=1,sample={sample})\nspent=time.time()-began\n"
        "json.dump([{w:m.wv[w].tolist() for w in m.wv.index_to_key},spent],open(sys.argv[2],'w'))"
    )
    given, answer = folder / "word2vec_texts.json", folder / "word2vec.json"
    given.write_text(json.dumps(texts))
    python = os.environ.get("CUSTOMER_INSIGHT_GENSIM_PYTHON", sys.executable)
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"PYTHONHASHSEED": "0"}
    ran = subprocess.run([python, "-c", program, given, answer], env=clean, capture_output=True, text=True)
    if ran.returncode:
        print(f"  word2vec left out: {(ran.stderr.strip().splitlines() or ['failed'])[-1]}")
        return None
    found, seconds = json.loads(answer.read_text())
    return found, seconds


def hidden_products(folder: Path, file: Path) -> None:
    """One product of each of 2,000 later baskets is hidden: at which place do the others bring it?"""
    lines = duckdb.sql(LINES.format(file=file)).df()
    later = lines["sold_at"] >= lines["sold_at"].quantile(0.9)
    _, basket = np.unique(lines["basket"], return_inverse=True)
    _, product = np.unique(lines["product"], return_inverse=True)
    sold = np.bincount(product[~later], minlength=product.max() + 1) >= FEWEST_SALES
    number = np.where(sold, np.cumsum(sold) - 1, -1)[product]
    train = (~later & (number >= 0)).to_numpy()
    pairs = np.unique(np.column_stack([np.unique(basket[train], return_inverse=True)[1], number[train]]), axis=0)
    tested: dict[int, list[int]] = {}
    for of, item in zip(basket[later & (number >= 0)], number[later & (number >= 0)], strict=True):
        tested.setdefault(int(of), []).append(int(item))
    rng = np.random.default_rng(0)
    baskets = [items for items in tested.values() if 3 <= len(items) <= 100]
    baskets = [baskets[place] for place in rng.permutation(len(baskets))[:HELD_OUT]]
    hidden = [items[rng.integers(len(items))] for items in baskets]
    known = [[item for item in items if item != out] for items, out in zip(baskets, hidden, strict=True)]
    count = int(sold.sum())
    print(f"\n{len(known):,} hidden products of {count:,}; {len(pairs):,} lines learned from")
    _told("the most sold", known, hidden, lambda _: np.bincount(pairs[:, 1], minlength=count).astype(float), 0.0)
    began = time.perf_counter()
    near = co_occurrence.count_pairs(pairs[:, 0], pairs[:, 1], np.ones(count, bool), 200, 2, 5.0)
    alike = np.zeros((count, count), dtype=np.float32)
    alike[near.product, near.other] = near.score
    _told("bought together", known, hidden, lambda items: alike[items].sum(axis=0), time.perf_counter() - began)
    began = time.perf_counter()
    found = vectors.embed(vectors.shifted_ppmi(vectors.basket_counts(pairs[:, 0], pairs[:, 1], count)), DIMENSIONS)
    seconds = time.perf_counter() - began
    _told("shifted PPMI, SVD", known, hidden, lambda items: found[items].sum(axis=0) @ found.T, seconds)
    starts = np.flatnonzero(np.diff(pairs[:, 0], prepend=-1))[1:]
    texts = [[str(item) for item in items] for items in np.split(pairs[:, 1], starts)]
    if peer := word2vec(folder, texts, 50, 5, 1e-4):
        other = np.zeros((count, DIMENSIONS))
        for word, vector in peer[0].items():
            other[int(word)] = vector
        other = vectors.unit(other)
        _told("word2vec (gensim)", known, hidden, lambda items: other[items].sum(axis=0) @ other.T, peer[1])


def _told(
    name: str, known: list[list[int]], hidden: list[int], scores: Callable[[list[int]], np.ndarray], seconds: float
) -> None:
    places = []
    for items, out in zip(known, hidden, strict=True):
        score = np.array(scores(items), dtype=np.float64)
        score[items] = -np.inf
        places.append(int((score > score[out]).sum()) + 1 + int((score == score[out]).sum() - 1) // 2)
    place = np.array(places)
    values = np.column_stack([place <= 10, place <= 50, 1 / place]).astype(np.float64)
    low, high = mean_intervals(values)
    figures = [f"{m:.3f} ({a:.3f} to {b:.3f})" for m, a, b in zip(values.mean(axis=0), low, high, strict=True)]
    print(
        f"  {name:20} first 10 {figures[0]}, first 50 {figures[1]}, 1/place {figures[2]}, {seconds:.1f} s", flush=True
    )


def questions(folder: Path, data: Path) -> None:
    """Words of banking77's training questions, without labels; then the nearest mean of an intent."""
    train, test = (duckdb.sql(f"select * from '{data / name}.csv'").fetchall() for name in ("train", "test"))
    texts = pa.table(
        {
            "text": [text for text, *_ in train],
            "writer_code": pa.array(range(len(train)), pa.int64()),
            "is_of_the_shop": [False] * len(train),
        }
    )
    began = time.perf_counter()
    learned = similar_words.learn(similar_words.read_texts(texts))
    seconds = time.perf_counter() - began
    weight = dict(zip(learned.words, learned.weights(), strict=True))
    ours = dict(zip(learned.words, learned.vectors, strict=True))
    print(f"\nbanking77: {len(train):,} questions, {len(learned.words):,} words")
    _accuracy("shifted PPMI, SVD", ours, weight, train, test, seconds)
    if peer := word2vec(folder, [similar_words.words_of(text) for text, *_ in train], similar_words.WINDOW, 60, 1e-3):
        size = {word: np.array(vector) for word, vector in peer[0].items()}
        _accuracy("word2vec (gensim)", size, weight, train, test, peer[1])


def _accuracy(
    name: str, words: dict[str, Any], weight: dict[str, float], train: list[Any], test: list[Any], seconds: float
) -> None:
    known = sorted(words.keys() & weight.keys())
    place = {word: number for number, word in enumerate(known)}
    matrix = vectors.unit(np.array([words[word] for word in known]))
    weights = np.array([weight[word] for word in known])

    def embedded(rows: list[Any]) -> np.ndarray:
        members = [[place[word] for word in similar_words.words_of(row[0]) if word in place] for row in rows]
        return vectors.mean_of(matrix, members, weights)

    intents = sorted({row[1] for row in train})
    label = np.array([intents.index(row[1]) for row in train])
    there = embedded(train)
    centre = vectors.unit(np.stack([there[label == number].mean(axis=0) for number in range(len(intents))]))
    right = (embedded(test) @ centre.T).argmax(axis=1) == np.array([intents.index(row[1]) for row in test])
    low, high = mean_intervals(right[:, None].astype(float))
    print(f"  {name:20} nearest intent {right.mean():.3f} ({low[0]:.3f} to {high[0]:.3f}), {seconds:.1f} s", flush=True)


def fit_vectors(history: History, **_: float) -> Any:
    """Customers' products added up in the space of basket vectors, a basket being a customer: as a strategy."""
    profile = history.matrix(half_life_days=60)
    seen = history.matrix()
    customer = np.repeat(np.arange(seen.shape[0]), np.diff(seen.indptr))
    counts = vectors.basket_counts(customer, seen.indices.astype(np.int64), seen.shape[1])
    found = vectors.embed(vectors.shifted_ppmi(counts), DIMENSIONS)
    return SimpleNamespace(scores=lambda customers: np.maximum(vectors.unit(profile[customers] @ found) @ found.T, 0))


def strategies() -> None:
    """nDCG@10 in the window that reports, as `recommendations/judging` has it; untuned, the blend left out."""
    strategy: Any = SimpleNamespace(PARAMETERS={}, fit=fit_vectors)
    STRATEGIES["basket_vectors"] = strategy
    print(f"\n{'nDCG@10':28}" + "".join(f"{name:>16}" for name in RIVALS))
    for shop, reads in choice_shops.lists().items():
        if len(reads) > 1:
            continue
        interactions = reads[0]()
        products = int(np.max(interactions["product_code"].to_numpy())) + 1
        catalogue = pa.table(
            {
                "product_code": np.arange(products, dtype=np.int32),
                "is_available": np.ones(products, dtype=np.bool_),
                "category_code": pa.nulls(products, pa.int32()),
                "price": pa.nulls(products, pa.float64()),
            }
        )
        for scope in ("all", "discovery"):
            found = champion_choice.evaluate(
                read_inputs(interactions, catalogue).history,
                names=RIVALS,
                horizon_days=30,
                tuning_trials=0,
                scope=scope,
                default="popular",
            )
            for window in found.windows[:1]:
                mean = {
                    name: np.nanmean(champion_choice.ndcg_at_10(each, scope)) for name, each in window.figures.items()
                }
                figures = "".join(f"{mean.get(name, np.nan):>16.4f}" for name in RIVALS)
                print(f"{f'{shop} {scope}':28}{figures}", flush=True)
    del STRATEGIES["basket_vectors"]


def large(count: int = 1_000_000) -> None:
    """Similar words of a million texts, of which 200,000 are learned from."""
    rng = np.random.default_rng(0)
    popular = 1 / np.arange(1, 30_001) ** 1.05
    bounds = np.cumsum(popular / popular.sum())
    length = rng.integers(5, 45, count)
    word = np.searchsorted(bounds, rng.random(int(length.sum())))
    names = np.array(
        [
            f"w{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676 % 26)}{'x' * (n // 17576)}"
            for n in range(30_001)
        ]
    )
    spoken = np.split(names[word], np.cumsum(length)[:-1])
    texts = pa.table(
        {
            "text": [" ".join(words) for words in spoken],
            "writer_code": pa.array(rng.integers(0, 300_000, count), pa.int64()),
            "is_of_the_shop": pa.array(np.zeros(count, dtype=bool)),
        }
    )
    began, busy = time.perf_counter(), time.process_time()
    written = similar_words.read_texts(texts)
    read = time.process_time() - busy
    found = similar_words.similar(similar_words.learn(written), 5)
    seconds = (
        f"{time.perf_counter() - began:.0f} s, {time.process_time() - busy:.0f} s cpu ({read:.0f} to read and mask)"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"\n{count:,} texts: {found.num_rows:,} pairs in {seconds}, {peak:.1f} GB", flush=True)
