"""People whose names are typed otherwise in another source are found; families, twins and namesakes are not taken for one."""

import random
import sys
from datetime import date, timedelta
from itertools import accumulate

import pyarrow as pa
import pytest
from customer_insight.identity import name_pairs
from customer_insight.identity.name_model import Person
from customer_insight.identity.name_rules import may_be_one
from hypothesis import given
from hypothesis import strategies as st

COLUMNS = ("customer_id", "source", "first_name", "last_name", "postal_code", "city", "birth_date", "email", "phone")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def table(rows):
    return pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in COLUMNS})


def names(stream, count, syllables):
    """Made names, the first of which most people bear, as of real ones (Zipf)."""
    ends = ("", "n", "l", "r", "s")
    words = {
        "".join(stream.choice("bdfghjklmnprstvz") + stream.choice("aeiou") for _ in range(stream.randint(*syllables)))
        + stream.choice(ends)
        for _ in range(count)
    }
    words = sorted(words)
    return words, list(accumulate(1 / (place + 8) for place in range(len(words))))


def typed_otherwise(stream, name):
    """One slip of the keyboard: a letter is missing, another one, or has changed places with the next."""
    at = stream.randrange(1, len(name) - 1)
    return stream.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + stream.choice(LETTERS) + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        ]
    )


class Town:
    """A web shop and a till: of each of the shop's customers either the same person is at the till, or a stranger.

    A stranger is of the same family as often as not: twins (same last name, place, number and birthday), or others.
    """

    def __init__(self, seed, size, share_in_both):
        self.stream = random.Random(seed)
        self.first, self.last = names(self.stream, 1500, (2, 3)), names(self.stream, 6000, (2, 4))
        self.rows, self.truth = [], set()
        for number in range(size):
            person = self.person(number)
            self.rows.append(self.entry(person, "web", number))
            if self.stream.random() < share_in_both:
                self.rows.append(self.entry(self.misspelt(person), "till", number))
                self.truth.add((f"till:{number}", f"web:{number}"))
            else:
                stranger = self.person(size + number)
                kind = self.stream.choice(["stranger", "stranger", "family", "twin"])
                shared = {
                    "stranger": (),
                    "family": ("last_name", "postal_code", "city"),
                    "twin": ("last_name", "postal_code", "city", "phone", "birth_date"),
                }
                stranger |= {name: person[name] for name in shared[kind]}
                while stranger["first_name"] == person["first_name"]:
                    stranger["first_name"] = self.any(self.first)
                self.rows.append(self.entry(stranger, "till", size + number))

    def any(self, names):
        return self.stream.choices(names[0], cum_weights=names[1])[0]

    def person(self, number):
        place = int(self.stream.paretovariate(0.6)) % 400
        return {
            "first_name": self.any(self.first).title(),
            "last_name": self.any(self.last).title(),
            "postal_code": str(10000 + place),
            "city": f"City {place // 20}",
            "birth_date": (date(1940, 1, 1) + timedelta(self.stream.randrange(24000))).isoformat(),
            "email": f"p{number}@example.com",
            "phone": f"+49{150000000 + number}",
        }

    def misspelt(self, person):
        changed = dict(person)
        for name in ("first_name", "last_name"):
            if self.stream.random() < 0.15:
                changed[name] = typed_otherwise(self.stream, changed[name])
        if self.stream.random() < 0.03:
            changed |= {"first_name": changed["last_name"], "last_name": changed["first_name"]}
        return changed

    def entry(self, person, source, number):
        """What a source knows: mostly less than all, and sometimes another e-mail address."""
        known = {
            "birth_date": 0.4,
            "email": 0.5,
            "phone": 0.5,
            "postal_code": 0.85,
        }
        row = {name: value for name, value in person.items() if self.stream.random() < known.get(name, 1)}
        if "email" in row and self.stream.random() < 0.3:
            row["email"] = f"{source}{number}@other.com"
        return row | {"customer_id": f"{source}:{number}", "source": source}

    def found(self):
        return {tuple(row.values())[:2] for row in name_pairs.pairs(table(self.rows)).to_pylist()}


@pytest.fixture(autouse=True)
def splink(request):
    if "splink" not in request.node.name:
        pytest.importorskip("splink", reason="the extra customer-insight[names] is not installed")


@pytest.mark.parametrize(
    ("size", "share_in_both", "recall"),
    [(60, 0, 0), (300, 0.4, 0.4), (3000, 0, 0), (3000, 0.03, 0.4), (3000, 0.4, 0.5)],
)
def test_of_a_made_town_no_pair_is_wrong_and_about_half_are_found(size, share_in_both, recall):
    town = Town(size, size, share_in_both)
    found = town.found()
    assert found <= town.truth
    assert len(found) >= recall * len(town.truth)


def test_the_order_of_rows_does_not_matter_and_the_same_input_gives_the_same_bytes():
    town = Town(7, 400, 0.4)
    once = name_pairs.pairs(table(town.rows))
    town.stream.shuffle(town.rows)
    assert once.num_rows > 50
    assert name_pairs.pairs(table(town.rows)).equals(once)
    assert set(once["probability"].to_pylist()) <= {number / 1000 for number in range(990, 1000)}
