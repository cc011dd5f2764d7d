"""What the lists that people edit must keep to, whoever edits them."""

import csv
from pathlib import Path

import pytest
import yaml

REFERENCE = Path(__file__).parents[2] / "seeds" / "reference"
# Words that say that somebody came again, in names of RFM cells here and in those that shops take from elsewhere.
CAME_BACK = ("loyal", "champion", "returning", "regular", "repeat", "frequent", "best", "vip", "often", "come back")
FM_OF_ONE_ORDER = range(1, 4)


def rows(name):
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def speaks_of_coming_back(name):
    return any(word in name.casefold() for word in CAME_BACK)


def test_who_bought_once_has_fm_3_at_most():
    assert {-(-(1 + m_score) // 2) for m_score in range(1, 6)} == set(FM_OF_ONE_ORDER)


def test_no_cell_that_who_bought_once_can_reach_speaks_of_coming_back():
    cells = {(int(row["r_score"]), int(row["fm_score"])): row for row in rows("rfm_segments")}
    assert set(cells) == {(r, fm) for r in range(1, 6) for fm in range(1, 6)}
    for (_, fm_score), row in cells.items():
        said = speaks_of_coming_back(row["rfm_segment"])
        assert (row["says_came_back"] == "true") == said, row
        assert not (said and fm_score in FM_OF_ONE_ORDER), row


def test_a_name_means_the_same_in_all_its_cells():
    said = {(row["rfm_segment"], row["says_came_back"], row["says_away"]) for row in rows("rfm_segments")}
    assert len({name for name, *_ in said}) == len(said)
    assert {name for name, _, away in said if away == "true"} == {
        "Almost lost",
        "At risk",
        "Dormant",
        "Previously loyal",
    }


@pytest.mark.parametrize("audience", [row["audience"] for row in rows("audience_rules") if "due" in row["audience"]])
def test_only_who_came_twice_is_due_again(audience):
    least = {row["measure"]: row["at_least"] for row in rows("audience_rules") if row["audience"] == audience}
    assert float(least["orders"]) >= 2


@pytest.mark.parametrize("folder", ["demo", "reference"])
def test_every_column_of_a_seed_has_a_declared_type_so_that_none_is_read_to_guess_it(folder):
    described = {}
    for file in (REFERENCE.parent / folder).glob("*.yml"):
        described |= {seed["name"]: seed for seed in yaml.safe_load(file.read_text(encoding="utf-8"))["seeds"]}
    for file in (REFERENCE.parent / folder).glob("*.csv"):
        with file.open(encoding="utf-8") as lines:
            header = next(csv.reader(lines))
        assert set(header) == set(described[file.stem]["config"]["column_types"]), file.stem
