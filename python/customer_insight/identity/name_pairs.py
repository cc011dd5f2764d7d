"""Customers of different sources who are probably one person although their names are typed differently.

Fellegi and Sunter's model of record linkage (J. Am. Stat. Assoc. 64, 1969), as the library splink has it. How often
strangers agree is counted in the shop's own data; how often one person's entries agree is assumed (below), since most
shops have too few such pairs to learn it from. A pair has to be likely, and to pass rules that no probability replaces.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from typing import Any

import pyarrow as pa

from customer_insight.identity import name_model, name_rules
from customer_insight.identity.name_model import Person
from customer_insight.numerics import arrays

# To take two people for one is worse than one for two, and of a hundred pairs that are taken one may be wrong.
LEAST_PROBABILITY = 0.99
# Before anything is compared: one in ten customers of the smaller source is one of the larger.
_SHARE_IN_BOTH = 0.1
# How many customers, of all sources, are compared with each other to count how often strangers agree.
_STRANGERS = 2000
# From how many customers of a source on an address, number or birthday tells nothing, and of birthdays which part.
_SHARED_BY, _BIRTHDAY_SHARED_BY, _PART_WITH_BIRTHDAY = 3, 5, 0.005
_TEXTS = ("customer_id", "source", "first_name", "last_name", "postal_code", "city", "birth_date", "email", "phone")
# The log2 of the odds, and both ids, the lower first.
Pair = tuple[float, str, str]
_TYPES: Any = {"customer_id": pa.string(), "same_as_customer_id": pa.string(), "probability": pa.float64()}
_OUT = pa.schema(_TYPES)


def pairs(customers: pa.Table) -> pa.Table:
    """customer_id, same_as_customer_id (the lower first) and probability (cut to three decimals), one row a pair.

    customers: texts, null where not known: customer_id (unique), source, first_name, last_name, postal_code, city,
    birth_date (ISO), email and phone (each in one spelling). Nobody has two partners of one source, over others too.
    """
    people = people_of(customers)
    if len({person["source"] for person in people}) < 2:
        return _OUT.empty_table()
    known = {person["unique_id"]: person for person in people}
    kept = sorted(one_to_one(_likely(people, known), known), key=lambda pair: pair[1:])
    shown = [min(int(1000 / (1 + 2.0**-weight)), 999) / 1000 for weight, _, _ in kept]
    return pa.table(
        [[one for _, one, _ in kept], [other for _, _, other in kept], shown],
        schema=_OUT,
    )


def fold(text: str) -> str | None:
    """A name in one spelling: 'Müller', 'MUELLER' -> 'muller'; 'Anna-Maria ' -> 'anna maria'. None without a letter."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(str.maketrans("øłđæœ", "oldao")))
    letters = "".join(
        sign if sign.isalpha() else " " for sign in plain if not unicodedata.combining(sign) and sign != "'"
    )
    for written in ("ae", "oe", "ue"):
        letters = letters.replace(written, written[0])
    return " ".join(letters.split()) or None


def postal_code(text: str) -> str | None:
    """'0 21-34' -> '2134': spreadsheets lose noughts in front; of a long ZIP code the first five digits."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    return (signs[:5] if signs.isdigit() and len(signs) == 9 else signs).lstrip("0") or None


def people_of(customers: pa.Table) -> list[Person]:
    """Those with first and last name, by id, as splink takes them; what several of a source share is taken out."""
    columns: list[list[Any]] = [arrays.texts(customers, name).to_pylist() for name in _TEXTS]
    people = []
    for row in sorted(zip(*columns, strict=True)):
        person = {name: value or None for name, value in zip(_TEXTS, row, strict=True)}
        person["unique_id"] = person.pop("customer_id")
        person |= {name: fold(person[name] or "") for name in ("first_name", "last_name", "city")}
        person["postal_code"] = postal_code(person["postal_code"] or "")
        if person["first_name"] and person["last_name"]:
            people.append(person)
    sizes = Counter(person["source"] for person in people)
    for name in ("email", "phone", "birth_date"):
        shared = Counter((person["source"], person[name]) for person in people)
        for person in people:
            is_date = name == "birth_date"
            limit = max(_BIRTHDAY_SHARED_BY, _PART_WITH_BIRTHDAY * sizes[person["source"]]) if is_date else _SHARED_BY
            if shared[person["source"], person[name]] >= limit:
                person[name] = None
    for name in ("first_name", "last_name"):
        bearers = Counter(person[name] for person in people)
        for person in people:
            person[f"{name}_bearers"] = bearers[person[name]]
    return people


def _likely(people: list[Person], known: dict[str, Person]) -> list[Pair]:
    """Pairs of different sources from the least probability on that may be one person."""
    sizes = Counter(person["source"] for person in people)
    same = _SHARE_IN_BOTH * sum(min(sizes[one], sizes[other]) for one in sizes for other in sizes if one < other)
    linker = name_model.linker(people, same / name_model.pairs_of_sources(people), _STRANGERS)
    likely: list[Pair] = []
    for row in linker.inference.predict(threshold_match_probability=LEAST_PROBABILITY).as_record_list():
        one, other = sorted((row["unique_id_l"], row["unique_id_r"]))
        if name_rules.may_be_one(known[one], known[other], name_model.agreements(row)):
            # sums of logarithms: what differs behind the sixth digit is equal
            likely.append((round(row["match_weight"], 6), one, other))
    return likely


def one_to_one(likely: list[Pair], known: dict[str, Person]) -> list[Pair]:
    """Each one's likeliest partner in each source, where both are each other's; of equally likely ones none is taken.

    Who is one over others, too, is neither twice of one source nor born on two days: the likeliest pairs come first.
    """
    best: dict[tuple[str, str], list[float]] = defaultdict(list)
    for weight, *both in likely:
        for one, other in (both, both[::-1]):
            best[one, known[other]["source"]].append(weight)
    group = {name: {name} for _, *both in likely for name in both}
    kept = []
    for weight, one, other in sorted(likely, key=lambda pair: (-pair[0], pair[1:])):
        if any(
            weight < max(weights) or weights.count(weight) > 1
            for weights in (best[one, known[other]["source"]], best[other, known[one]["source"]])
        ):
            continue
        together = group[one] | group[other]
        if group[one] is not group[other]:
            people = [known[name] for name in together]
            born = {person["birth_date"] for person in people if person["birth_date"]}
            if len({person["source"] for person in people}) < len(people) or len(born) > 1:
                continue
            group |= dict.fromkeys(together, together)
        kept.append((weight, one, other))
    return kept
