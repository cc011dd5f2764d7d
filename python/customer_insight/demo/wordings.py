"""Sentences with places, filled column by column, and where in the text each place came to stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from customer_insight.demo import columns
from customer_insight.demo.columns import TextColumn, TextTable
from customer_insight.numerics.arrays import Bools, Ints

PLACE = re.compile(r"\{(\w+)\}")
ENTITIES = ["order_id", "product", "brand", "date", "amount", "email", "phone", "address", "person"]


def lengths(text: TextColumn) -> Ints:
    """Characters of each text; 0 where null."""
    found: Any = pc.fill_null(pc.utf8_length(text), pa.scalar(0, pa.int32()))
    return np.asarray(found, dtype=np.int64)


@dataclass(frozen=True)
class Said:
    """A text for each row, and spans in it: what stands (index into ENTITIES) in which row from `start` on."""

    text: TextColumn
    row: Ints
    kind: Ints
    start: Ints
    size: Ints

    def then(self, other: Said) -> Said:
        """The texts of `self`, those of `other` behind them."""
        behind = lengths(self.text)
        return Said(
            text=columns.join(self.text, other.text),
            row=np.concatenate([self.row, other.row]),
            kind=np.concatenate([self.kind, other.kind]),
            start=np.concatenate([self.start, other.start + behind[other.row]]),
            size=np.concatenate([self.size, other.size]),
        )

    def where(self, keep: Bools) -> Said:
        """`self` where `keep`, else nothing said."""
        kept = keep[self.row]
        text = pc.if_else(pa.array(keep), self.text, pa.scalar("", pa.string()))
        return Said(text, self.row[kept], self.kind[kept], self.start[kept], self.size[kept])

    def either(self, keep: Bools, other: Said) -> Said:
        """`self` where `keep`, else `other`."""
        return self.where(keep).then(other.where(~keep))

    def table(self, key: TextColumn, name: str) -> TextTable:
        """Planted entities: whose text (`name`), entity_type, start_position (from 0), end_position (behind), text."""
        order = np.lexsort((self.start, self.row))
        row, start, size = self.row[order], self.start[order], self.size[order]
        texts = self.text.take(columns.rows(row)).to_pylist()
        values = [text[a : a + n] for text, a, n in zip(texts, start.tolist(), size.tolist(), strict=True)]
        return pa.table(
            {
                name: key.take(columns.rows(row)),
                "entity_type": columns.pick(ENTITIES, self.kind[order]),
                "start_position": columns.whole(start),
                "end_position": columns.whole(start + size),
                "entity_text": pa.array(values, pa.string()),
            }
        )


def plain(text: TextColumn) -> Said:
    """A text in which nothing is marked."""
    none = np.zeros(0, dtype=np.int64)
    return Said(text, none, none, none, none)


class WordingPool:
    """Alternatives by key, to be drawn from. The last third of each is said only in the shop's last months."""

    def __init__(self, alternatives: Sequence[str]) -> None:
        self.every = [text for options in alternatives for text in options.split("|")]
        self.sizes = np.array([len(options.split("|")) for options in alternatives], dtype=np.int64)
        self.starts = np.cumsum(self.sizes) - self.sizes

    def draw(self, rng: np.random.Generator, key: Ints, is_late: Bools | None = None, *, mixes: bool = False) -> Ints:
        """An index into `every` for each element of `key`; late ones from the last third, or all if it `mixes`."""
        size = self.sizes[key]
        new = size // 3 if is_late is not None else np.zeros(len(key), np.int64)
        late = np.zeros(len(key), bool) if is_late is None else is_late
        old = size - new
        first = np.where(late & ~np.bool_(mixes), old, 0)
        count = np.where(late, size if mixes else new, old)
        # an alternative that stands alone is said throughout
        found: Ints = self.starts[key] + first + (rng.random(len(key)) * count).astype(np.int64)
        return np.where(new == 0, self.starts[key] + (rng.random(len(key)) * size).astype(np.int64), found)

    def say(self, index: Ints, places: Mapping[str, TextColumn]) -> Said:
        """The alternatives `index`, with `places` filled; places that are named as entities are marked."""
        cut = [PLACE.split(text) for text in self.every]
        said = plain(columns.pick([parts[0] for parts in cut], index))
        for position in range(1, max(len(parts) for parts in cut), 2):
            names = sorted({parts[position] for parts in cut if len(parts) > position})
            number = np.array([names.index(p[position]) if len(p) > position else -1 for p in cut])[index]
            literal = columns.pick([p[position + 1] if len(p) > position else "" for p in cut], index)
            for place, name in enumerate(names):
                said = said.then(_filled(name, places[name], number == place))
            said = said.then(plain(literal))
        return said


def _filled(name: str, values: TextColumn, here: Bools) -> Said:
    """`values` where `here`, marked if `name` is an entity's."""
    said = plain(pc.if_else(pa.array(here), pc.fill_null(values, ""), pa.scalar("", pa.string())))
    if name not in ENTITIES:
        return said
    size = lengths(said.text)
    row = np.flatnonzero(size > 0)
    return Said(said.text, row, np.full(len(row), ENTITIES.index(name)), np.zeros(len(row), np.int64), size[row])


def synonyms(rng: np.random.Generator, words: Sequence[Mapping[str, str]], language: Ints) -> dict[str, TextColumn]:
    """A synonym drawn for each row and name, from the words of the row's language."""
    drawn = {}
    for name in words[0]:
        pool = WordingPool([of_language[name] for of_language in words])
        drawn[name] = columns.pick(pool.every, pool.draw(rng, language))
    return drawn


def capital(text: TextColumn) -> TextColumn:
    """Texts whose first letter is a capital."""
    first = pc.utf8_upper(pc.utf8_slice_codeunits(text, 0, 1))
    return columns.join(first, pc.utf8_slice_codeunits(text, 1))


def mistyped(rng: np.random.Generator, said: Said, share: float) -> Said:
    """`said`, in a share of its rows with two neighbouring letters swapped; product names too, no other entity."""
    texts = said.text.to_pylist()
    exact = ~np.isin(said.kind, [ENTITIES.index("product"), ENTITIES.index("brand")])
    closed: dict[int, list[tuple[int, int]]] = {}
    for row, start, size in zip(said.row[exact], said.start[exact], said.size[exact], strict=True):
        closed.setdefault(int(row), []).append((int(start), int(start + size)))
    for row in np.flatnonzero(rng.random(len(texts)) < share).tolist():
        text = texts[row]
        open_ = [
            i
            for i in range(1, len(text) - 2)
            if text[i].islower() and text[i + 1].islower() and text[i] != text[i + 1]
            if not any(a - 1 <= i < b for a, b in closed.get(row, ()))
        ]
        if open_:
            i = open_[int(rng.integers(len(open_)))]
            texts[row] = text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    return Said(pa.array(texts, pa.string()), said.row, said.kind, said.start, said.size)
