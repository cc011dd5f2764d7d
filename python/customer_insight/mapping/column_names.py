"""What the name of a column means: a set of meanings, whatever the language, and what is not understood."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from customer_insight.mapping.column_words import CURRENCIES, FILLERS, SIGNS, WORDS


def plain(text: str) -> str:
    """Small letters without accents, words divided by a blank: `OrderDate (UTC)` -> `order date utc`."""
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    text = text.lower().replace("ß", "ss").replace("ł", "l").replace("ø", "o").replace("n°", "no ").replace("nº", "no ")
    text = unicodedata.normalize("NFKD", text)
    return " ".join(re.findall(r"[a-z0-9%#]+", "".join(sign for sign in text if not unicodedata.combining(sign))))


# A word may have several meanings (data is a date; title a name, and the title of a review).
MEANINGS: dict[str, set[str]] = {}
for _meaning, _words in WORDS.items():
    for _word in _words:
        MEANINGS.setdefault(plain(_word).replace(" ", ""), set()).add(_meaning)
MEANINGS |= {"#": {"id"}, "%": {"percent"}}
COUNT = re.compile(
    r"(?:number|count|sum|nr|anzahl|nombre|numero|ilosc|liczba|aantal|total number) (?:of|de|der|di|do|von) "
)
LINKS = ("", "s", "n", "en", "e", "es")


@dataclass(frozen=True)
class NameMeaning:
    """The meanings of a name, words that are not understood, and the currency that it names."""

    meanings: frozenset[str]
    unknown: tuple[str, ...]
    currency: str = ""


@cache
def meaning_of(name: str) -> NameMeaning:
    """What a name means: `Preis (EUR)` -> price, in EUR; `Bestellnummer` -> order, id."""
    meanings: set[str] = set()
    unknown: list[str] = []
    currency = next((code for sign, code in SIGNS.items() if sign in name.lower()), "")
    tokens = plain(re.sub(r"(?i)\be-mail", "email", name)).split()
    for at, token in enumerate(tokens):
        pair = token + (tokens[at + 1] if at + 1 < len(tokens) else "")
        if token in CURRENCIES and len(tokens) > 1:
            currency = token.upper()
        elif token in FILLERS and token not in MEANINGS:
            continue
        elif token in MEANINGS:
            meanings |= MEANINGS[token]
        elif pair in MEANINGS or (at and tokens[at - 1] + token in MEANINGS):
            meanings |= MEANINGS.get(pair, set())
        else:
            parts = _parts(token)
            if parts:
                meanings |= {meaning for part in parts for meaning in MEANINGS[part]}
            elif not token.isdigit() and len(token) > 1:
                unknown.append(token)
    if "email" in meanings:
        meanings.discard("address")
    if COUNT.match(" ".join(tokens)):
        # a number of orders is no number of an order
        meanings = {"quantity"} if meanings <= {"id", "product", "unit", "quantity"} else meanings | {"count"}
    return NameMeaning(frozenset(meanings), tuple(unknown), currency)


@cache
def _parts(token: str) -> tuple[str, ...]:
    """The words of a compound, `kundennummer` -> kunden, nummer; none where it is not made of known ones."""
    token = re.sub(r"\d+$", "", token)
    if token in MEANINGS:
        return (token,)
    for variant in dict.fromkeys((token, token.replace("ue", "u").replace("ae", "a").replace("oe", "o"))):
        if variant in MEANINGS:
            return (variant,)
        for at in range(len(variant) - 2, 2, -1):
            head, tail = variant[:at], variant[at:]
            if head not in MEANINGS or len(head) < 3:
                continue
            for link in LINKS:
                if tail.startswith(link) and len(tail) - len(link) >= 2:
                    rest = tail[len(link) :]
                    found = (rest,) if rest in MEANINGS else _parts(rest) if len(rest) > 3 else ()
                    if found:
                        return (head, *found)
    return ()
