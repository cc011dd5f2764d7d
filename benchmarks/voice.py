"""What the whole of `voice` costs for a million messages and a million reviews: each step alone, then all of them."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from customer_insight.steps.step_result import StepResult
from customer_insight.voice import message_entities, message_intents, review_voice, suggested_replies, word_vectors

from benchmarks import made_messages, sentiment
from benchmarks.measure import run

ROOT = Path(__file__).parents[1]
MESSAGES = 1_000_000
# Two at a time, as dbt runs them: those that wait for another stand after it.
STEPS = ["sentiment_and_aspects", "intents", "entities", "replies", "words"]


def step(name: str, folder: Path) -> StepResult:
    """One step, on what dbt would give it."""
    messages = pyarrow.parquet.read_table(folder / "made_messages.parquet")
    products = pyarrow.parquet.read_table(folder / "made_messages.products")
    steps: dict[str, Callable[[], StepResult]] = {
        "sentiment_and_aspects": lambda: _sentiment(messages, folder),
        "intents": lambda: _intents(messages),
        "entities": lambda: _entities(messages, products, pyarrow.parquet.read_table(folder / "made_messages.orders")),
        "replies": lambda: _replies(messages, products),
        "words": lambda: _words(messages, products),
    }
    return steps[name]()


def _sentiment(messages: pa.Table, folder: Path) -> StepResult:
    terms = pyarrow.csv.read_csv(ROOT / "seeds" / "reference" / "aspect_terms.csv")
    said = messages.select(["message_code", "written_day", "message_text"])
    return review_voice.run(pyarrow.parquet.read_table(folder / "made_reviews.parquet"), said, terms)


def _intents(messages: pa.Table) -> StepResult:
    nothing = pa.schema(
        [("intent_code", pa.int32()), ("intent_name", pa.string()), ("term", pa.string()), ("weight", pa.float64()),
         ("next_intent_code", pa.int32())]
    ).empty_table()  # fmt: skip
    columns = messages.select(["message_code", "written_day", "message_text", "label"])
    return message_intents.run(columns.rename_columns([*columns.column_names[:3], "intent"]), nothing, evaluate=False)


def _entities(messages: pa.Table, products: pa.Table, order_ids: pa.Table) -> StepResult:
    brands = sorted(set(products["brand"].to_pylist()))
    names = pa.table(
        {
            "entity_type": ["product"] * products.num_rows + ["brand"] * len(brands),
            "name_code": pa.array([*range(products.num_rows), *range(len(brands))], pa.int32()),
            "name": [*products["product_name"].to_pylist(), *brands],
        }
    )
    return message_entities.run(messages.select(["message_code", "message_text"]), names, order_ids)


def _replies(messages: pa.Table, products: pa.Table) -> StepResult:
    templates = pyarrow.csv.read_csv(ROOT / "seeds" / "reference" / "reply_templates.csv")
    people = pa.table({"mailbox": messages["mailbox"].unique()})
    rows = messages.select(
        [name for name in messages.column_names if name not in ("label", "answer_key", "written_day")]
    )
    return suggested_replies.run(rows, people, products.select(["product_name"]), templates)


def _words(messages: pa.Table, products: pa.Table) -> StepResult:
    of_shop = products["product_name"].to_pylist()
    texts = pa.table(
        {
            "text": [*messages["message_text"].to_pylist(), *of_shop],
            "writer_code": pa.array([*messages["customer_code"].to_pylist(), *(None for _ in of_shop)], pa.int32()),
            "is_of_the_shop": np.repeat([False, True], [messages.num_rows, len(of_shop)]),
        }
    )
    shown = pa.table(
        {
            "product_code": pa.array(range(len(of_shop)), pa.int32()),
            "product_name": of_shop,
            "buyers": pa.array([0] * len(of_shop), pa.int64()),
            "is_available": [True] * len(of_shop),
        }
    )
    terms = pa.schema([("term_code", pa.int32()), ("term", pa.string())]).empty_table()
    followed = pa.schema(
        [("term_code", pa.int32()), ("product_code", pa.int32()), ("clicks", pa.int64()), ("buyers", pa.int64())]
    ).empty_table()
    return word_vectors.run(texts, terms, followed, shown)


def told(name: str, folder: Path) -> None:
    """A step in this process, and what it took; `all`: all of them, two at a time."""
    wall, cpu = time.perf_counter(), time.process_time()
    if name == "all":
        with ThreadPoolExecutor(2) as pool:
            rows = list(pool.map(lambda each: len(step(each, folder).as_rows(each)), STEPS))
    else:
        result = step(name, folder)
        rows = {table: found.num_rows for table, found in result.tables.items()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"| {name} | {cpu:.0f} s | {wall:.0f} s | {peak:.1f} GB | {rows}")


def prepare(folder: Path) -> None:
    """The messages and reviews, once."""
    if not (folder / "made_messages.parquet").exists():
        made_messages.write(MESSAGES, folder / "made_messages.parquet")
    if not (folder / "made_reviews.parquet").exists():
        sentiment.made_reviews(sentiment.clothing(), sentiment.REVIEWS, folder / "made_reviews.parquet")


def main(folder: Path) -> None:
    """Reviews are made of those of women's clothing: CUSTOMER_INSIGHT_TEST_DATA."""
    prepare(folder)
    print("\n| step | processor | wall | peak | rows\n|---|---|---|---|---|")
    for name in [*STEPS, "all"]:
        log = folder / f"voice_{name}.log"
        run([sys.executable, "-m", "benchmarks.voice", name, str(folder)], log, folder=ROOT)
        print(log.read_text().strip().splitlines()[-1], flush=True)


if __name__ == "__main__":
    told(sys.argv[1], Path(sys.argv[2]))
