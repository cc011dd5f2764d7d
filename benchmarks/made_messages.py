"""Messages of a made shop as large as is asked for, with what its tables would say of them; no two texts are alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet
from customer_insight.demo import catalogue, made_messages, message_facts, orders, people
from customer_insight.demo.catalogue import DemoCatalogue
from customer_insight.demo.dates import BLOCK_CUSTOMERS, DAY

SEED = 7


def write(count: int, path: Path) -> None:
    """`count` messages of as many different texts, by block of customers; beside them its order ids and products.

    Columns: those that `suggested_replies.run` reads, with the planted intent; written_day; label (the intent where the
    shop has said it); answer_key (which answer is right).
    """
    products = catalogue.make_catalogue(SEED, count)
    seen: set[str] = set()
    blocks, order_ids = [], []
    while len(seen) < count:
        said, ids = _block(len(blocks), products)
        texts = said["message_text"].to_pylist()
        new = []
        for text in texts:
            new.append(text is not None and text not in seen and len(seen) < count)
            if new[-1]:
                seen.add(text)
        blocks.append(said.filter(pa.array(new)))
        order_ids.append(ids)
    table = pa.concat_tables(blocks)
    table = table.add_column(0, "message_code", pa.array(np.arange(table.num_rows, dtype=np.int32)))
    pyarrow.parquet.write_table(pa.table({"order_id": pa.chunked_array(order_ids)}), path.with_suffix(".orders"))
    pyarrow.parquet.write_table(
        pa.table({"product_name": products.names, "brand": products.brands}), path.with_suffix(".products")
    )
    pyarrow.parquet.write_table(table, path)  # last: where it is, all are


def _block(number: int, products: DemoCatalogue) -> tuple[pa.Table, pa.Array]:
    who = people.make_people(SEED, number, BLOCK_CUSTOMERS)
    made = orders.make_orders(SEED, number, who)
    lines = orders.make_lines(SEED, number, who, made, products)
    customers = people.customers_table(SEED, number, who)
    tongues = people.write_german(SEED, number, customers["country"].combine_chunks())
    asked = message_facts.make_asked(SEED, number, made, lines, products)
    told, planted, _ = made_messages.make_messages(SEED, number, who, made, lines, products, customers, tongues)
    line, order = asked.line, lines.order[asked.line]
    customer = made.customer[order]
    is_known = np.asarray(told["customer_id"].is_valid())
    returned_at = lines.returned_at[line]
    is_back = is_known & (returned_at > 0) & (returned_at <= asked.sent_at)
    categories = np.array([name.split("/")[0].strip() for name in products.categories])
    email = customers["email"].combine_chunks().take(pa.array(customer))
    facts = {
        "customer_code": pa.array((number * BLOCK_CUSTOMERS + customer).astype(np.int32), mask=~is_known),
        "message_text": told["message_text"],
        "reply_text": told["reply_text"],
        "intent": planted["intent"],
        "order_id": _where(is_known, orders.order_ids(number, order)),
        "product_name": _where(is_known, pa.array(np.array(products.names)[lines.product[line]])),
        "ordered_on": _days(made.at[order], is_known),
        "returned_on": _days(returned_at, is_back),
        "order_days": pa.array((asked.sent_at - made.at[order]) / DAY, mask=~is_known),
        "return_days": pa.array((asked.sent_at - returned_at) / DAY, mask=~is_back),
        "category": _where(is_known, pa.array(categories[lines.product[line]])),
        "language": planted["language"],
        "mailbox": _where(is_known, pc.replace_substring_regex(email, "@.*", "")),
        "label": told["intent"],
        "answer_key": planted["answer_key"],
        "written_day": pa.array((asked.sent_at // DAY).astype(np.float64)),
    }
    return pa.table(facts), orders.order_ids(number, np.arange(made.size))


def _where(is_there: np.ndarray, values: pa.Array) -> pa.Array:
    return pc.if_else(pa.array(is_there), values, pa.scalar(None, values.type))


def _days(seconds: np.ndarray, is_there: np.ndarray) -> pa.Array:
    return pa.array((seconds // DAY).astype(np.int32), pa.int32(), mask=~is_there).cast(pa.date32())
