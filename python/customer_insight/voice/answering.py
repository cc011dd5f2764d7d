"""A message now: what it is about, what it names, and what could be answered, with everything that was said before it.

Nothing is learned here: it asks what the last build has fitted, and facts of this customer's own orders. Where it does
not know it says so and hands over to a person.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from customer_insight.voice.intent_model import IntentModel
from customer_insight.voice.message_entities import ORDER, Entity, EntityFinder, shape_of
from customer_insight.voice.name_finder import PRODUCT, NameFinder
from customer_insight.voice.reply_index import ReplyIndex, State, Suggestion, WaitingMessage
from customer_insight.voice.reply_templates import Facts
from customer_insight.voice.suggested_replies import person_of

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class OwnLine:
    """A line of an order of the customer who writes."""

    order_id: str
    product_id: str
    product_name: str | None
    category: str
    ordered_at: datetime
    returned_at: datetime | None


@dataclass(frozen=True)
class Customer:
    """Who writes: the lines of their orders, and what stands before the @ of their address ('': not known)."""

    lines: list[OwnLine] = field(default_factory=list)
    mailbox: str = ""


@dataclass(frozen=True)
class Answer:
    """What is known of a message. order_id: the order it is about, of the customer's own; products: names it says.

    hands_over: a person has to answer; reason says why. replies: at most three, the best first.
    """

    intent: str | None
    probability: float | None
    second_intent: str | None
    entities: list[Entity]
    order_id: str | None
    products: list[str]
    replies: list[Suggestion]
    hands_over: bool
    reason: str


@dataclass(frozen=True)
class Answerer:
    """What the last build has fitted; intents: None where no intent could be learned."""

    intents: IntentModel | None
    names: NameFinder
    replies: ReplyIndex

    def answer(self, text: str, customer: Customer, earlier: list[str], now: datetime) -> Answer:
        """earlier: what the customer said before in this conversation, in its order. now: when the message comes."""
        ids = frozenset(line.order_id for line in customer.lines)
        finder = EntityFinder(self.names, ids, frozenset(map(shape_of, ids)))
        entities = finder.entities(text)
        said = [finder.entities(turn) for turn in earlier]
        line = _line(customer.lines, [*said, entities], [*earlier, text])
        intent, probability, second, is_sure = self._intent(text, entities, earlier)
        question = WaitingMessage(
            text=" ".join([*earlier[-1:], text]) if _has_little(text, entities) else text,
            intent=intent if intent and is_sure else "",
            state=_state(line, now),
            facts=_facts(line, customer.mailbox),
        )
        replies = self.replies.suggestions([question])[0]
        reason = self._reason(intent, is_sure, replies)
        products = list(dict.fromkeys(entity.value for entity in entities if entity.kind == PRODUCT and entity.value))
        return Answer(
            intent, probability, second, entities, line.order_id if line else None,
            products or ([line.product_name] if line and line.product_name else []), replies, bool(reason), reason,
        )  # fmt: skip

    def _intent(
        self, text: str, entities: list[Entity], earlier: list[str]
    ) -> tuple[str | None, float | None, str | None, bool]:
        """The intent of the text, or of the last thing said before it that has one, where it says little itself."""
        if self.intents is None:
            return None, None, None, False
        before = ["", *(f"{turn} " for turn in reversed(earlier))]
        if earlier and _has_little(text, entities):
            before = before[1:]
        bare = _without(text, entities)
        found: tuple[str | None, float | None, str | None, bool] = (None, None, None, False)
        for said in before:
            guess = self.intents.best_two([said + text, said + bare])
            if not np.isfinite(guess.probabilities[0, 0]):
                continue
            # what the shop sells is no strange word, although nobody may have labelled a message with it
            likeness = guess.likeness.max(keepdims=True)
            is_sure = bool(self.intents.is_sure(guess._replace(likeness=likeness))[0])
            names = [self.intents.intents[place] for place in guess.places[0]]
            if found[0] is None or is_sure:
                found = names[0], float(guess.probabilities[0, 0]), names[1], is_sure
            if is_sure:
                break
        return found

    def _reason(self, intent: str | None, is_sure: bool, replies: list[Suggestion]) -> str:
        if self.intents is None:
            return "No intent could be learned: too few messages are labelled."
        if intent is None:
            return "Nothing in the message says what it is about."
        if not is_sure:
            return f"It may be about {intent}, but that is not sure enough to answer."
        return "" if replies else f"No earlier answer or template for {intent} can be filled with what is known."


def _has_little(text: str, entities: list[Entity]) -> bool:
    """Whether a text says hardly anything but what it names: 'It is O000123, thanks'."""
    words = sum(len(word) > 2 for word in _without(text, entities).split())
    return words < 3 if entities else words == 0


def _without(text: str, entities: list[Entity]) -> str:
    """The text with blanks where it names something."""
    rest = list(text)
    for entity in entities:
        rest[entity.start : entity.end] = " " * (entity.end - entity.start)
    return "".join(rest)


def _line(lines: list[OwnLine], said: list[list[Entity]], texts: list[str]) -> OwnLine | None:
    """The line it is about: of the order named last, else of the product named last, else the latest of all.

    None where an order or a product is named that is none of the customer's own.
    """
    latest_first = sorted(lines, key=lambda line: (line.ordered_at, line.order_id), reverse=True)
    orders = [entity.value for entities in said for entity in entities if entity.kind == ORDER]
    names = [
        (entity.value or texts[turn][entity.start : entity.end]).casefold()
        for turn, entities in enumerate(said)
        for entity in entities
        if entity.kind == PRODUCT
    ]
    own = [line for line in latest_first if not orders or line.order_id == orders[-1]]
    if not names:
        return own[0] if own else None
    named = [line for line in own if names[-1] in (line.product_name or "").casefold()]
    return named[0] if named else (own[0] if orders and own else None)


def _state(line: OwnLine | None, now: datetime) -> State:
    if line is None:
        return State()
    returned = line.returned_at if line.returned_at and line.returned_at <= now else None
    return State(
        (now - line.ordered_at).total_seconds() / _SECONDS_A_DAY,
        (now - returned).total_seconds() / _SECONDS_A_DAY if returned else np.nan,
        line.category,
    )


def _facts(line: OwnLine | None, mailbox: str) -> Facts:
    person = person_of(mailbox)
    if line is None:
        return Facts(person=person)
    returned = line.returned_at.date() if line.returned_at else None
    return Facts(line.order_id, line.product_name, line.ordered_at.date(), returned, person)
