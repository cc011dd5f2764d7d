"""Every decision has a number and a date, and the index has every decision."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

TEXT = (Path(__file__).parents[2] / "DECISIONS.md").read_text(encoding="utf-8")
# The index and, each without its heading, the sections.
INDEX, *SECTIONS = TEXT.partition("\n## Index\n")[2].split("\n## ")
HEADING = re.compile(r"### D(\d+) · (\d{4}-\d\d-\d\d)")


def decisions(section):
    """Number, date and title of each decision; the title is what stands in bold at its beginning."""
    _, *parts = re.split(r"^(?=### )", section, flags=re.MULTILINE)
    for part in parts:
        heading, text = part.split("\n\n", 1)
        found = HEADING.fullmatch(heading)
        assert found, heading
        number, day = found.groups()
        title = re.match(r"\*\*(.+?)\*\*", text, re.DOTALL).group(1)
        yield int(number), date.fromisoformat(day), " ".join(title.split()).rstrip(".")


ALL = [decision for section in SECTIONS for decision in decisions(section)]


def test_numbers_are_given_once():
    counts = Counter(number for number, *_ in ALL)
    assert [number for number, count in counts.items() if count > 1] == []


def test_every_decision_has_a_number():
    """Each paragraph that begins in bold is one; other paragraphs go on with the one above them."""
    titles = [
        " ".join(title.split()).rstrip(".") for title in re.findall(r"\n\n\*\*(.+?)\*\*", "".join(SECTIONS), re.DOTALL)
    ]
    assert titles == [title for *_, title in ALL]


def test_the_index_has_every_decision_in_the_order_of_the_text_with_a_link_that_leads_to_it():
    expected = []
    for section in SECTIONS:
        expected.append(f"**{section.partition(chr(10))[0]}**")
        # the anchor is the heading in lower case, signs left out, a hyphen for each blank
        expected += [f"- [D{n}](#d{n}--{day}) · {day} · {title}" for n, day, title in decisions(section)]
    assert [line for line in INDEX.splitlines() if line.strip()] == expected
