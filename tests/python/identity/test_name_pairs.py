"""People whose names are typed otherwise in another source are found; families and namesakes are not taken for one."""

import random
from datetime import date, timedelta
from importlib.util import find_spec
from itertools import accumulate
from math import log2

import pyarrow as pa
import pytest
from customer_insight.identity import name_model, name_pairs
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
            "city": f"Town {LETTERS[place // 20]}",
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


needs_splink = pytest.mark.skipif(
    find_spec("splink") is None, reason="the extra customer-insight[names] is not installed"
)


@needs_splink
@pytest.mark.parametrize(
    ("size", "share_in_both", "recall"),
    [(60, 0, 0), (300, 0.4, 0.4), (3000, 0, 0), (3000, 0.03, 0.4), (3000, 0.4, 0.5)],
)
def test_of_a_made_town_no_pair_is_wrong_and_about_half_are_found(size, share_in_both, recall):
    town = Town(size, size, share_in_both)
    found = town.found()
    assert found <= town.truth
    assert len(found) >= recall * len(town.truth)


@needs_splink
def test_the_order_of_rows_does_not_matter_and_the_same_input_gives_the_same_bytes():
    town = Town(7, 400, 0.4)
    once = name_pairs.pairs(table(town.rows))
    town.stream.shuffle(town.rows)
    assert once.num_rows > 50
    assert name_pairs.pairs(table(town.rows)).equals(once)
    assert set(once["probability"].to_pylist()) <= {number / 1000 for number in range(990, 1000)}


@pytest.fixture(scope="module")
def town():
    """Strangers, among whom a few people are set."""
    return [row for row in Town(11, 250, 0).rows if row["source"] == "web" or "email" in row]


ANNA = {
    "first_name": "Annegret",
    "last_name": "Kowalewski",
    "postal_code": "80331",
    "city": "Ulm",
    "birth_date": "1971-05-06",
    "phone": "+49151",
    "email": "a@x.example",
}


def joined_in(town, one, other):
    """Whether the two are taken for one person, the first of the web shop and the second of the till."""
    web, till = ANNA | one, ANNA | other
    rows = [*town, web | {"customer_id": "web:A", "source": "web"}, till | {"customer_id": "till:A", "source": "till"}]
    return any("web:A" in row.values() for row in name_pairs.pairs(table(rows)).to_pylist())


NO_CONTACT = {"phone": None, "email": None}
NAMES_ALONE = {**NO_CONTACT, "birth_date": None, "postal_code": None, "city": None}


@needs_splink
@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, True),
        ({"first_name": "ANNEGRET ", "last_name": "Kowaléwski", **NO_CONTACT}, True),
        ({"first_name": "Annegert", **NO_CONTACT}, True),
        ({"last_name": "Kowalevski", **NO_CONTACT}, True),
        ({"first_name": "Kowalewski", "last_name": "Annegret", **NO_CONTACT}, True),
        ({**NO_CONTACT, "birth_date": None}, True),
        # to have another address is no contradiction, to have another number as well is one
        ({"email": "anne@work.example"}, True),
        ({"email": "anne@work.example", "phone": "+49152"}, False),
        ({"birth_date": "1971-06-05"}, False),
        (NAMES_ALONE, False),
        # a sister: another name at the same place, even with the family's number
        ({"first_name": "Annelie", "birth_date": None}, False),
        ({"first_name": "Annegert", "birth_date": None, **NO_CONTACT}, False),
        ({"first_name": "Annegreta"}, False),
        # her twin
        ({"first_name": "Hildegard"}, False),
    ],
)
def test_what_two_with_like_names_must_have_in_common(town, other, expected):
    assert joined_in(town, {}, other) is expected


@needs_splink
def test_two_spellings_that_several_people_have_are_two_names(town):
    others = [
        row | {"customer_id": f"web:x{number}", "first_name": first, "source": "web"}
        for number, (row, first) in enumerate(zip(town, ["Annegert", "Annegret"] * 2, strict=False))
    ]
    assert joined_in(town, {}, {"first_name": "Annegert"})
    assert not joined_in([*town, *others], {}, {"first_name": "Annegert"})


@needs_splink
def test_of_two_namesakes_none_is_chosen(town):
    again = [ANNA | {"customer_id": "till:B", "source": "till"}]
    assert not joined_in([*town, *again], {}, {})
    assert joined_in([*town, again[0] | {"birth_date": "1971-06-05"}], {}, {})


@needs_splink
def test_what_many_of_a_source_have_says_nothing(town):
    filler = {"birth_date": "1900-01-01", "phone": "+49000", "email": None}
    everybody = [row | filler for row in town]
    namesakes = {**filler, "postal_code": None, "city": None}
    assert joined_in(town, namesakes, namesakes)
    assert not joined_in(everybody, namesakes, namesakes)
    assert joined_in(everybody, filler | {"birth_date": "1971-05-06"}, filler)


@needs_splink
def test_to_differ_never_speaks_for_one_person_even_where_nobody_of_the_sample_has_it(town):
    people = name_pairs.people_of(table([row | NO_CONTACT for row in town]))
    comparisons = name_model.linker(people, 0.001, 100).misc.save_model_to_json()["comparisons"]
    assert len(comparisons) == 6
    for comparison in comparisons:
        last = comparison["comparison_levels"][-1]
        assert last["m_probability"] <= last["u_probability"] <= 1


@needs_splink
def test_a_person_of_three_sources_is_found_in_each(town):
    rows = [*town, *(ANNA | {"customer_id": f"{source}:A", "source": source} for source in ("app", "web", "till"))]
    found = [tuple(row.values())[:2] for row in name_pairs.pairs(table(rows)).to_pylist()]
    assert found == [("app:A", "till:A"), ("app:A", "web:A"), ("till:A", "web:A")]


def test_one_source_has_no_pairs_and_names_without_a_letter_are_none(town):
    alone = [row for row in town if row["source"] == "web"]
    assert name_pairs.pairs(table(alone)).num_rows == 0
    assert name_pairs.pairs(table([])).num_rows == 0
    unnamed = [row | {"first_name": "-", "customer_id": "till:1", "source": "till"} for row in town[:1]]
    assert name_pairs.pairs(table([*alone, *unnamed])).num_rows == 0


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Müller", "muller"),
        ("MUELLER", "muller"),
        ("Anna-Maria ", "anna maria"),
        ("O'Neill", "oneill"),
        ("Łukasz", "lukasz"),
        ("Søren", "soren"),
        ("Straße", "strasse"),
        (" - ", None),
        ("Ольга", "ольга"),
    ],
)
def test_a_name_has_one_spelling(written, name):
    assert name_pairs.fold(written) == name


@pytest.mark.parametrize(
    ("written", "code"),
    [("'02134", "2134"), ("2134", "2134"), ("97201-1234", "97201"), ("sw1a 1aa", "SW1A1AA"), ("00000", None)],
)
def test_a_postal_code_has_one_spelling(written, code):
    assert name_pairs.postal_code(written) == code


@given(
    st.dictionaries(
        st.sampled_from([(one, other) for one in range(9) for other in range(one + 1, 9) if (other - one) % 3]),
        st.integers(7, 12),
        max_size=20,
    ),
    st.lists(st.sampled_from([None, "1970-01-01", "1980-01-01"]), min_size=9, max_size=9),
)
def test_nobody_gets_two_of_one_source_nor_two_birthdays_over_whichever_others(weights, born):
    known = {str(number): {"source": number % 3, "birth_date": born[number]} for number in range(9)}
    likely = [(float(weight), str(one), str(other)) for (one, other), weight in weights.items()]
    kept = name_pairs.one_to_one(likely, known)
    assert kept == name_pairs.one_to_one(likely[::-1], known)
    assert set(kept) <= set(likely)
    group = {number: {number} for number in known}
    for _, one, other in kept:
        together = group[one] | group[other]
        group |= dict.fromkeys(together, together)
    for together in group.values():
        assert len({known[number]["source"] for number in together}) == len(together)
        assert len({known[number]["birth_date"] for number in together} - {None}) < 2
    # the likeliest of all is taken where nothing is as likely
    top = [pair for pair in likely if pair[0] == max(weights.values())]
    if len(top) == 1 and len({born[int(number)] for number in top[0][1:]} - {None}) < 2:
        assert top[0] in kept


@needs_splink
def test_a_weight_is_what_fellegi_and_sunter_add_up(town):
    prior = 0.0001
    both = [ANNA | {"customer_id": f"{source}:A", "source": source} for source in ("web", "till")]
    both[1] |= {"last_name": "Kowalevski", "phone": "+49152", "email": None}
    people = name_pairs.people_of(table([*town, *both]))
    linker = name_model.linker(people, prior, 100)
    model = {each["output_column_name"]: each for each in linker.misc.save_model_to_json()["comparisons"]}
    (row,) = [
        row
        for row in linker.inference.predict(threshold_match_probability=0).as_record_list()
        if {row["unique_id_l"], row["unique_id_r"]} == {"web:A", "till:A"}
    ]
    assert name_model.agreements(row) == {
        "first_name": "same",
        "last_name": "alike",
        "place": "same code",
        "birth_date": "same",
        "email": "unknown",
        "phone": "different",
    }

    def borne(name):
        """The part of those who have any whose value is Anna's."""
        values = [person[name] for person in people if person[name]]
        return sum(value == people_named["web:A"][name] for value in values) / len(values)

    def level(name, word):
        return next(each for each in model[name]["comparison_levels"] if each["label_for_charts"] == word)

    people_named = {person["unique_id"]: person for person in people}
    expected = log2(prior / (1 - prior))
    expected += log2(0.83 / borne("first_name")) + log2(0.7 / borne("postal_code")) + log2(0.95 / borne("birth_date"))
    expected += log2(0.09 / level("last_name", "alike")["u_probability"])
    expected += log2(0.3 / level("phone", "different")["u_probability"])
    assert row["match_weight"] == pytest.approx(expected, abs=1e-9)
