"""Messages to the shop, and which of them say what they are about; each text once, whatever order rows come in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.texts.text_keys import DistinctTexts, distinct_texts

# Learned from at most so many texts, those with the lowest hashes.
MOST_TEXTS = 200_000
# An intent with fewer texts is not learned: nobody could judge it.
LEAST_TEXTS = 5
NO_LABEL = -1


@dataclass(frozen=True)
class Messages:
    """Rows by rising code; label: place in `intents`, or NO_LABEL; day: NaN where not known."""

    codes: Ints
    day: Floats
    label: Ints
    intents: list[str]
    distinct: DistinctTexts
    texts: list[str]

    def examples(self, rows: Bools) -> tuple[list[str], Ints, list[str]]:
        """What can be learned from the labels of some rows: texts, each once, their labels, and the intents' names.

        A text with several labels has the one that it got most often. Empty where fewer than two intents have enough.
        """
        used = np.flatnonzero(rows & (self.label != NO_LABEL))
        pairs, counts = np.unique(np.stack([self.distinct.place[used], self.label[used]]), axis=1, return_counts=True)
        order = np.lexsort((pairs[1], -counts, pairs[0]))
        place, label = pairs[:, order]
        is_first = np.append(True, place[1:] != place[:-1]) if place.size else np.zeros(0, dtype=np.bool_)
        place, label = place[is_first][:MOST_TEXTS], label[is_first][:MOST_TEXTS]
        enough = np.flatnonzero(np.bincount(label, minlength=len(self.intents)) >= LEAST_TEXTS)
        if enough.size < 2:
            return [], np.zeros(0, dtype=np.int64), []
        kept = np.isin(label, enough)
        return (
            [self.texts[number] for number in place[kept]],
            np.searchsorted(enough, label[kept]),
            [self.intents[number] for number in enough],
        )


def read_messages(messages: pa.Table) -> Messages:
    """From message_code, written_day (null: not known), message_text and intent (null: not labelled)."""
    order = np.argsort(arrays.codes(messages, "message_code"), kind="stable")
    rows = messages.take(arrays.arrow(order))
    labels = [str(label) for label in arrays.texts(rows, "intent").to_pylist()]  # '': not labelled
    intents = sorted(set(labels) - {""})
    place = {intent: number for number, intent in enumerate(intents)}
    distinct = distinct_texts(arrays.texts(rows, "message_text"))
    return Messages(
        codes=arrays.codes(rows, "message_code"),
        day=arrays.doubles(rows, "written_day"),
        label=np.array([place.get(label, NO_LABEL) for label in labels], dtype=np.int64),
        intents=intents,
        distinct=distinct,
        texts=[str(text) for text in distinct.fields[0].to_pylist()],
    )
