"""What messages name, and where: products, brands, categories and orders of the shop, dates, amounts, people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute

from customer_insight.numerics import arrays, collector
from customer_insight.numerics.arrays import Ints
from customer_insight.steps import fitted
from customer_insight.steps.step_result import OK, StepResult
from customer_insight.texts import form_signs
from customer_insight.texts.masking import Detail, details_of, personal_details
from customer_insight.texts.text_keys import distinct_texts
from customer_insight.voice import name_finder
from customer_insight.voice.name_finder import Name, NameFinder

pc: Any = pyarrow.compute

NAME = "message_entities"
ORDER, PERSON, DATE, AMOUNT = "order_id", "person", "date", "amount"
# What the parts of a long text after this many characters name is not looked for.
LONGEST = 5_000
_MONTH = (
    r"(?:jan(?:uary|uar|vier|uari|eiro)?|gennaio|enero|feb(?:ruary|ruar|rero|braio|ruari)?|févr(?:ier)?|fevereiro|m(?:ar(?:ch|s|zo|ço|et)?"
    r"|ärz|aart)|a(?:pr(?:il|ile)?|vr(?:il)?|bril)|ma[iy]o?|maggio|mei|jun[ei]?o?|juin|giugno|juni|jul[iy]?o?|juillet|luglio|juli"
    r"|aug(?:ust|ustus)?|ao[uû]t|agosto|sep(?:t(?:ember|iembre|embre)?|ember)?|settembre|setembro|o[ck]t(?:ober|ubre|obre)?|ottobre|outubro"
    r"|nov(?:ember|iembre|embre|embro)?|de[cz](?:ember)?|dic(?:iembre|embre)?|déc(?:embre)?|dezembro)\b\.?"
)
_DATES = re.compile(
    rf"(?<![\w./-])(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s|de\s)?{_MONTH}(?:,?\s(?:de\s)?\d{{4}})?"
    rf"|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?)(?![\w/-]|[.,]\d)",
    re.IGNORECASE,
)
_NUMBER = r"\d{1,3}(?:[.,' ]\d{3}){1,6}(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_CURRENCY = r"(?:£|€|\$|¥|zł|kr\b|CHF\b|EUR\b|GBP\b|USD\b|PLN\b|SEK\b|euros?\b|pounds?\b|dollars?\b|quid\b)"
_AMOUNTS = re.compile(
    rf"(?<![\w.,])(?:{_CURRENCY}\s?(?:{_NUMBER})(?![\w]|[.,]\d)|(?:{_NUMBER})\s?{_CURRENCY}(?!\w))", re.IGNORECASE
)
_CODE = re.compile(r"[#]?(?=[\w/-]{0,60}\d)\w+(?:[-/]\w+)*")
# A code begins at most so many characters before its first digit.
_BEFORE_DIGIT = 61
_DIGIT = re.compile(r"\d")
# Texts whose finds are in memory at a time.
BLOCK = 100_000
Matches = Iterable[re.Match[str]]
_PERSONAL = {"name": PERSON, "order_number": ORDER}


class Entity(NamedTuple):
    """text[start:end] is of a kind; value: None for personal kinds; name: of the shop, where it is one."""

    start: int
    end: int
    kind: str
    value: str | None = None
    name: Name | None = None


@dataclass(frozen=True)
class EntityFinder:
    """What is looked for: names, the ids of orders, and what looks like one (see `shape_of`)."""

    names: NameFinder
    order_ids: frozenset[str]
    order_shapes: frozenset[str] = frozenset()

    def entities(self, text: str) -> list[Entity]:
        """What a text names, in its order; no two share a character."""
        cut = text[:LONGEST]
        return self._apart(cut, personal_details(cut), _DATES.finditer(cut), _AMOUNTS.finditer(cut))

    def entities_of(self, texts: list[str]) -> Iterator[list[Entity]]:
        """The same of each text."""
        for start in range(0, len(texts), BLOCK):
            cut = [text[:LONGEST] for text in texts[start : start + BLOCK]]
            finds = (details_of(cut), form_signs.matches(_DATES, cut), form_signs.matches(_AMOUNTS, cut))
            yield from (self._apart(*found) for found in zip(cut, *finds, strict=True))

    def _apart(self, text: str, details: list[Detail], dates: Matches, amounts: Matches) -> list[Entity]:
        found: list[Entity] = []
        taken = bytearray(len(text))
        for entity in self._all(text, details, dates, amounts):
            start, end, *_ = entity
            if 1 not in taken[start:end]:
                taken[start:end] = b"\x01" * (end - start)
                found.append(entity)
        found.sort(key=itemgetter(0))
        return found

    def _all(self, text: str, details: list[Detail], dates: Matches, amounts: Matches) -> Iterator[Entity]:
        """What is surest first."""
        yield from self._orders(text)
        mentions = list(self.names.mentions(text))
        # a greeting to a brand is no person's name
        named = {(mention.start, mention.end) for mention in mentions}
        for start, end, kind in details:
            if (start, end) not in named and not (kind in ("number", "phone") and _DATES.fullmatch(text, start, end)):
                yield Entity(start, end, _PERSONAL.get(kind, kind))
        for kind, matches in ((DATE, dates), (AMOUNT, amounts)):
            for match in matches:
                yield Entity(match.start(), match.end(), kind, match[0])
        for mention in mentions:
            said = mention.name.text if mention.name else text[mention.start : mention.end]
            yield Entity(mention.start, mention.end, mention.kind, said, mention.name)

    def _orders(self, text: str) -> Iterator[Entity]:
        """Ids of orders. A code has a digit and no blank, so only what stands around digits is read."""
        end = 0
        while digit := _DIGIT.search(text, end):
            start = max(text.rfind(" ", end, digit.start()) + 1, end, digit.start() - _BEFORE_DIGIT)
            blank = text.find(" ", digit.end())
            end = len(text) if blank < 0 else blank
            for match in _CODE.finditer(text, start, end):
                code = match[0].removeprefix("#")
                known = code if code in self.order_ids else code.upper()
                if known in self.order_ids:
                    yield Entity(match.end() - len(code), match.end(), ORDER, known)
                elif self.order_shapes and shape_of(code) in self.order_shapes:
                    yield Entity(match.end() - len(code), match.end(), ORDER)


def shape_of(code: str) -> str:
    """What a code looks like: 'O000123' and 'o000456' are 'O999999'."""
    return re.sub(r"\d", "9", code.upper())


def run(messages: pa.Table, names: pa.Table, order_ids: pa.Table) -> StepResult:
    """What every message names.

    messages: message_code, message_text. names: entity_type (product, brand, category), name_code, name. order_ids:
    order_id. Table entities: message_code, entity_type, start_position (from 0), end_position (the one after it), value
    (null for personal kinds), name_code (null where it is none of `names`, or several may be meant).
    """
    order = np.argsort(arrays.codes(messages, "message_code"), kind="stable")
    rows = messages.take(arrays.arrow(order))
    distinct = distinct_texts(arrays.texts(rows, "message_text"))
    texts = [str(text) for text in distinct.fields[0].to_pylist()]
    known = sorted(_names(names), key=lambda name: (name.kind != name_finder.PRODUCT, name))
    ids = pc.unique(arrays.texts(order_ids, "order_id"))
    with collector.paused():
        finder = EntityFinder(name_finder.finder(known, texts), frozenset(ids.to_pylist()))
        found = [_columns(finder.entities_of(texts[start : start + BLOCK])) for start in range(0, len(texts), BLOCK)]
    result = StepResult(
        tables={"entities": _table(arrays.codes(rows, "message_code"), distinct.place, found)},
        status=OK if texts else "There are no messages.",
        parameters={"longest": LONGEST},
        metrics={"messages": rows.num_rows, "distinct_texts": len(texts), "names": len(known), "orders": len(ids)},
        input_fingerprint=arrays.fingerprint(
            {
                "codes": arrays.codes(rows, "message_code"),
                "keys": distinct.keys,
                "place": distinct.place,
                "names": pa.array([f"{name.kind}\x1f{name.code}\x1f{name.text}" for name in known], pa.large_string()),
                "orders": ids.take(pc.sort_indices(ids)).cast(pa.large_string()),
            }
        ),
    )
    fitted.keep(NAME, result.run_id(NAME), finder.names)
    return result


def _names(names: pa.Table) -> Iterator[Name]:
    columns = (names[name].to_pylist() for name in ("entity_type", "name_code", "name"))
    return (Name(kind, code, text) for kind, code, text in zip(*columns, strict=True) if text)


def _columns(found: Iterable[list[Entity]]) -> tuple[list[int], pa.Table]:
    """How many each text names, and these one after another: as columns, for millions of objects cost time to keep."""
    of_text = list(found)
    every = [entity for entities in of_text for entity in entities]
    return [len(entities) for entities in of_text], pa.table(
        {
            "entity_type": pa.array([entity.kind for entity in every], pa.string()),
            "start_position": pa.array([entity.start for entity in every], pa.int32()),
            "end_position": pa.array([entity.end for entity in every], pa.int32()),
            "value": pa.array([entity.value for entity in every], pa.string()),
            "name_code": pa.array([entity.name.code if entity.name else None for entity in every], pa.int32()),
        }
    )


def _table(codes: Ints, place: Ints, found: list[tuple[list[int], pa.Table]]) -> pa.Table:
    counts = np.array([count for each, _ in found for count in each], dtype=np.int64)
    of_message = counts[place]
    first = np.cumsum(counts) - counts
    at = np.repeat(first[place] - np.cumsum(of_message) + of_message, of_message) + np.arange(int(of_message.sum()))
    every = pa.concat_tables([table for _, table in found] or [_columns([])[1]]).take(arrays.arrow(at))
    return every.add_column(0, "message_code", arrays.arrow(np.repeat(codes, of_message).astype(np.int32)))
