"""Texts, each once, in an order that follows from the texts alone: so are what is drawn of them and folds of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from customer_insight.numerics.arrays import ArrowArray, Ints

pc: Any = pyarrow.compute
# Between the fields of one text: nobody types it.
_FIELDS = "\x1f"


@dataclass(frozen=True)
class DistinctTexts:
    """Texts of one or several fields, each once, by rising key (64 bits of BLAKE2b); `place`: of each row its text."""

    fields: tuple[ArrowArray, ...]
    keys: Ints
    place: Ints

    @property
    def count(self) -> int:
        """How many there are."""
        return self.keys.size


def distinct_texts(*fields: ArrowArray) -> DistinctTexts:
    """The distinct rows of fields of strings without nulls, as long as each other."""
    anything: list[Any] = list(fields)
    joined = pc.binary_join_element_wise(*anything, pa.scalar(_FIELDS, anything[0].type))
    encoded = joined.dictionary_encode()
    texts = encoded.dictionary
    keys = np.array([_key(text) for text in texts.to_pylist()], dtype=np.uint64).view(np.int64)
    order = np.argsort(keys.view(np.uint64), kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(order.size)
    place = rank[np.asarray(encoded.indices, dtype=np.int64)]
    first = np.zeros(order.size, dtype=np.int64)
    first[place[::-1]] = np.arange(place.size)[::-1]
    rows: Any = pa.array(first)
    return DistinctTexts(tuple(field.take(rows) for field in anything), keys[order], place.astype(np.int64))


def folds(keys: Ints, count: int) -> Ints:
    """The fold of each text, 0 to count - 1: from its key alone, and not in the order of keys."""
    return np.asarray((keys.view(np.uint64) & np.uint64(0xFFFFFFFF)) % np.uint64(count), dtype=np.int64)


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
