"""Answers without the facts of those they were given to, and with those of somebody else in their places.

Nothing of another customer may be shown, so what remains of an answer has to be what the shop says to everybody: each
of its words was said to several customers, and nothing in it has the form of a personal detail.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from customer_insight.texts.masking import details_of
from customer_insight.voice.spoken_facts import with_places

_WORD = re.compile(r"\w+")
# What a product may come in: it goes with the product.
_MEASURE = r"(?:(?:pack|pair|set|box|bottle|jar|bag|tin|bunch)s? of )?"
_PLACE = re.compile(r"\{(order_id|product|ordered_on|returned_on|person)(?::(\d+))?\}")
_NO_PERSON = re.compile(r",? ?\{person\}")
# Months as languages name them; a day is written with a name or with numbers.
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}


@dataclass(frozen=True)
class Facts:
    """Of a customer's order: what can stand in a place; None: not known. person: the customer's name."""

    order_id: str | None = None
    product: str | None = None
    ordered_on: date | None = None
    returned_on: date | None = None
    person: str | None = None

    def known(self) -> set[str]:
        """The names of those that are known, the customer's name aside."""
        names = ("order_id", "product", "ordered_on", "returned_on")
        return {name for name in names if getattr(self, name) is not None}


def template_of(answer: str, facts: Facts) -> str:
    """The answer with places where it says these facts: 'Order O7 is late.' gives 'Order {order_id} is late.'."""
    text = answer.replace("{", "(").replace("}", ")")
    if facts.order_id:
        text = with_places(text, [facts.order_id], "{order_id}")
    for name, day in (("returned_on", facts.returned_on), ("ordered_on", facts.ordered_on)):
        for number, written in enumerate(_written(day) if day and f"{day.year:04}" in text else ()):
            if written in text:
                text = _whole_date(written).sub(f"{{{name}:{number}}}", text)
    for spoken in _spoken(facts.product) if facts.product else ():
        found = with_places(text, [spoken], "{product}", _MEASURE)
        if found != text:
            text = found
            break
    words = _WORD.findall(facts.person or "")
    return with_places(text, words, "{person}") if words else text


def filled(template: str, facts: Facts) -> str | None:
    """The template with these facts in its places; None where one is not known. A name may be left out."""
    text = template if facts.person else _NO_PERSON.sub("", template)
    values = {"order_id": facts.order_id, "product": facts.product, "person": facts.person}
    known = (("ordered_on", facts.ordered_on), ("returned_on", facts.returned_on))
    days = {name: _written(day) for name, day in known if day}
    missing = False

    def value(match: re.Match[str]) -> str:
        nonlocal missing
        found = days[match[1]][int(match[2] or 0)] if match[1] in days else values.get(match[1])
        missing |= found is None
        return found or ""

    text = _PLACE.sub(value, text)
    return None if missing else text


@dataclass(frozen=True)
class Heard:
    """Words that may be said to anybody: heard from or said to so many people, and nobody's name."""

    words: frozenset[str]

    def may_say(self, templates: list[str]) -> list[bool]:
        """Of each template, whether nothing in it can be somebody's."""
        known = [self.words.issuperset(_words(template)) for template in templates]
        told = (template for template, is_known in zip(templates, known, strict=True) if is_known)
        details = iter(details_of([_PLACE.sub("x", template) for template in told]))
        return [is_known and not next(details) for is_known in known]


def heard(texts: Iterable[tuple[str, int]], names: Iterable[str], least: int) -> Heard:
    """From (text, person) of messages and templates, and names of people; least: how many people a word needs."""
    people: dict[str, set[int]] = defaultdict(set)
    often: set[str] = set()
    for text, person in texts:
        for word in set(_words(text)) - often:
            of = people[word]
            of.add(person)
            if len(of) >= least:
                often.add(word)
    taken = {word for name in names for word in _words(name)}
    return Heard(frozenset(often - taken))


def own_words(answers: Iterable[tuple[str, str]], least: int) -> frozenset[str]:
    """The shop's own words, from (question, template): so many templates have them though their question has not."""
    counts: dict[str, int] = defaultdict(int)
    own: set[str] = set()
    for question, template in answers:
        words = set(_words(template)) - own
        for word in words - set(_words(question)) if words else ():
            counts[word] += 1
            if counts[word] >= least:
                own.add(word)
    return frozenset(own)


def echo(question: str, template: str, own: frozenset[str]) -> frozenset[str]:
    """What a template says again of its question alone: 'a label for the mug' fits who asked about a mug."""
    return frozenset(set(_words(template)) & set(_words(question)) - own)


def words_of(text: str) -> set[str]:
    """The words of a text, in small letters."""
    return set(_words(text))


@lru_cache(100_000)
def needs(template: str) -> frozenset[str]:
    """The facts that a template cannot be filled without."""
    return frozenset(match[1] for match in _PLACE.finditer(template)) - {"person"}


def _words(template: str) -> list[str]:
    text = _PLACE.sub(" ", template) if "{" in template else template
    return _WORD.findall(text.lower()) if text.isascii() else [word.casefold() for word in _WORD.findall(text)]


@cache
def _written(day: date) -> list[str]:
    """A day as people write it, always in the same order."""
    return list(_ways_to_write(day))


@lru_cache(50_000)
def _whole_date(written: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w./-]){re.escape(written)}(?!\w)")


def _ways_to_write(day: date) -> Iterator[str]:
    yield day.isoformat()
    yield f"{day:%d/%m/%Y}"
    yield f"{day:%d.%m.%Y}"
    yield f"{day.day}.{day.month}.{day.year}"
    for language, names in _MONTHS.items():
        month = names.split()[day.month - 1]
        yield f"{day.day}. {month} {day.year}" if language == "de" else f"{day.day} {month} {day.year}"
    yield f"{day:%m/%d/%Y}"


@lru_cache(100_000)
def _spoken(name: str) -> list[str]:
    """A product's name, its parts without what stands after a comma, and without its first words; the longest first."""
    words = re.sub(r"[,;(].*$", "", name).split()
    return [name, *(" ".join(words[start:]) for start in range(len(words)))]
