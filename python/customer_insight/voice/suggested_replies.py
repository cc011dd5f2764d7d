"""Answers suggested for messages that nobody has answered: what the shop answered to messages like them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from scipy import sparse

from customer_insight.numerics import arrays, collector, memory
from customer_insight.steps import fitted
from customer_insight.steps.step_result import OK, StepResult
from customer_insight.texts import word_and_character_weights
from customer_insight.texts.masking import details_of
from customer_insight.voice import name_finder, reply_index, reply_templates
from customer_insight.voice.name_finder import Name
from customer_insight.voice.reply_index import ReplyIndex, Source, State, Suggestion, WaitingMessage
from customer_insight.voice.reply_templates import Facts

NAME = "suggested_replies"
# Messages read at most to learn what may be said to anybody, and answers learned from: the latest by their codes.
MOST_READ, MOST_SOURCES = 100_000, 10_000
# Messages that wait, the latest, that get suggestions at most: more than anybody reads.
MOST_WAITING = 50_000
# A word is nobody's own where so many customers said or heard it.
LEAST_PEOPLE = 3
_NAME_WORD = re.compile(r"[^\W\d_]{2,}")
Row = dict[str, Any]


def run(messages: pa.Table, people: pa.Table, products: pa.Table, templates: pa.Table) -> StepResult:
    """Up to three answers for each message without one whose intent is known; of very many that wait, the latest.

    messages: message_code, customer_code (null: not known), message_text, reply_text, intent (null where not answered),
    order_id, product_name, ordered_on, returned_on (facts of the customer's own order, as of the message), order_days,
    return_days, category, language (null: not known), mailbox (before the @ of the customer's address).
    people: mailbox of every customer. products: product_name. templates: template_id, intent, language, reply_text.

    Table suggestions: message_code, reply_rank, reply_text, source_message_code, template_id, score, likeness.
    A suggestion shows facts of the customer's own order alone; its other words were said to or by three customers and
    are nobody's name.
    """
    order = np.argsort(arrays.codes(messages, "message_code"), kind="stable")
    ordered = messages.take(arrays.arrow(order))
    rows: list[Row] = ordered.to_pylist()
    seeds = sorted(templates.to_pylist(), key=lambda row: str(row["template_id"]))
    names = [str(row["mailbox"]) for row in people.to_pylist() if row["mailbox"]]
    sold = sorted({str(row["product_name"]) for row in products.to_pylist() if row["product_name"]})
    asked = [row for row in rows if not row["reply_text"] and row["intent"]]
    with collector.paused():
        index = _index(rows[-MOST_READ:], names, sold, seeds)
        shown = asked[-MOST_WAITING:]
        found = index.suggestions([_question(row) for row in shown])
    answered = sum(not source.is_seed for source in index.sources)
    result = StepResult(
        tables={"suggestions": _table(shown, found, [str(row["template_id"]) for row in seeds])},
        status=_status(rows, asked, answered),
        parameters={"least_people": LEAST_PEOPLE, "most_read": MOST_READ, "most_sources": MOST_SOURCES},
        metrics={"messages": len(rows), "without_answer": len(asked), "answers_that_can_be_said": answered},
        input_fingerprint=arrays.fingerprint(
            {
                **{name: arrays.texts(ordered, name) for name in ordered.column_names},
                **{f"{name} is known": np.asarray(ordered[name].is_valid()) for name in ordered.column_names},
                "people": pa.array(sorted(names), pa.large_string()),
                "products": pa.array(sold, pa.large_string()),
                "seeds": pa.array([repr(sorted(row.items())) for row in seeds], pa.large_string()),
            }
        ),
    )
    fitted.keep(NAME, result.run_id(NAME), index)
    memory.give_back()
    return result


def person_of(mailbox: str | None) -> str | None:
    """The name that a mailbox shows: 'anna.smith81' gives 'Anna Smith'; None where it is not two words."""
    found = _NAME_WORD.findall(mailbox or "")
    return " ".join(word.capitalize() for word in found) if len(found) in (2, 3) else None


def _index(rows: list[Row], names: list[str], sold: list[str], seeds: list[Row]) -> ReplyIndex:
    answers = [(row, _template(row)) for row in rows if row["reply_text"] and row["customer_code"] is not None]
    texts = [str(row["message_text"] or "") for row in rows]
    known = reply_templates.heard(_said(rows, answers), _names(texts, names), LEAST_PEOPLE)
    finder = name_finder.finder([Name(name_finder.PRODUCT, code, name) for code, name in enumerate(sold)], texts)
    told = sorted({template for _, template in answers})
    can_say = {
        template: may_say and not any(True for _ in finder.mentions(template))
        for template, may_say in zip(told, known.may_say(told), strict=True)
    }
    used = [(row, text) for row, text in answers if row["intent"] and can_say[text]][-MOST_SOURCES:]
    own = reply_templates.own_words(((str(row["message_text"] or ""), text) for row, text in answers), LEAST_PEOPLE)
    sources = [_source(row, template, own) for row, template in used]
    sources += [
        Source(
            place, str(row["intent"]), str(row["reply_text"]), State(language=str(row["language"] or "")), is_seed=True
        )
        for place, row in enumerate(seeds)
    ]
    try:
        terms, weights = word_and_character_weights.fit([str(row["message_text"] or "") for row, _ in used])
    except ValueError:  # no answered message has words
        return reply_index.index(sources, None, sparse.csr_matrix((len(sources), 0)))
    blank = sparse.csr_matrix((len(seeds), weights.shape[1]))
    return reply_index.index(sources, terms, sparse.vstack([weights, blank], format="csr"))


def _source(row: Row, template: str, own: frozenset[str]) -> Source:
    echo = reply_templates.echo(str(row["message_text"] or ""), template, own)
    return Source(row["message_code"], row["intent"], template, _state(row), echo=echo)


def _said(rows: list[Row], answers: list[tuple[Row, str]]) -> Iterator[tuple[str, int]]:
    for row in rows:
        if row["customer_code"] is not None:
            yield str(row["message_text"] or ""), row["customer_code"]
    for row, template in answers:
        yield template, row["customer_code"]


def _names(texts: list[str], mailboxes: list[str]) -> Iterator[str]:
    """Words of people's names: of mailboxes, and where a letter has its names."""
    for mailbox in mailboxes:
        yield " ".join(_NAME_WORD.findall(mailbox))
    for text, details in zip(texts, details_of(texts), strict=True):
        yield from (text[detail.start : detail.end] for detail in details if detail.kind == "name")


def _template(row: Row) -> str:
    return reply_templates.template_of(str(row["reply_text"]), _facts(row))


def _facts(row: Row) -> Facts:
    ordered_on: date | None = row["ordered_on"]
    returned_on: date | None = row["returned_on"]
    return Facts(row["order_id"], row["product_name"], ordered_on, returned_on, person_of(row["mailbox"]))


def _state(row: Row) -> State:
    order_days, return_days = (
        np.nan if row[name] is None else float(row[name]) for name in ("order_days", "return_days")
    )
    return State(order_days, return_days, row["category"] or "")


def _question(row: Row) -> WaitingMessage:
    return WaitingMessage(str(row["message_text"] or ""), str(row["intent"]), _state(row), _facts(row))


def _table(asked: list[Row], found: list[list[Suggestion]], template_ids: list[str]) -> pa.Table:
    every = [
        (row["message_code"], rank, each)
        for row, best in zip(asked, found, strict=True)
        for rank, each in enumerate(best, 1)
    ]
    sources = [each.source for _, _, each in every]
    return pa.table(
        {
            "message_code": pa.array([code for code, _, _ in every], pa.int32()),
            "reply_rank": pa.array([rank for _, rank, _ in every], pa.int32()),
            "reply_text": pa.array([each.text for _, _, each in every], pa.string()),
            "source_message_code": pa.array([None if each.is_seed else each.code for each in sources], pa.int32()),
            "template_id": pa.array(
                [template_ids[each.code] if each.is_seed else None for each in sources], pa.string()
            ),
            "score": pa.array([each.score for _, _, each in every], pa.float64()),
            "likeness": pa.array([each.likeness for _, _, each in every], pa.float64()),
        }
    )


def _status(rows: list[Row], asked: list[Row], answered: int) -> str:
    if not rows:
        return "There are no messages."
    if not asked:
        return "No message without an answer has a known intent."
    if not answered:
        return "No earlier answer can be shown to others: only templates are suggested."
    if len(asked) > MOST_WAITING:
        return f"Of {len(asked):,} messages that wait the latest {MOST_WAITING:,} have suggestions."
    return OK
