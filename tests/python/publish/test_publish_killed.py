"""A publication that is killed leaves the run before it whole; the next one cleans up and keeps what readers had.

A helper process imports everything, opens nothing, and forks: each child publishes and is killed at one line of the
code. Lines are told apart by file and number, so that each is a point of death once.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from made_warehouse import make_warehouse

KILLED = Path(__file__).with_name("killed_publications.py")


def killed_everywhere(tmp_path, *arguments):
    for number in range(5):
        make_warehouse(tmp_path / f"build {number}.duckdb", f"build {number}")
    ended = subprocess.run(
        [sys.executable, str(KILLED), str(tmp_path), *map(str, arguments)], capture_output=True, text=True, timeout=300
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def check(deaths, at_least):
    assert len(deaths) >= at_least
    for death in deaths:
        assert death["killed"], death
        # each reader sees one whole run, whichever
        assert set(death["after_the_kill"]) <= {death["before"], death["publishing"]}, death
        assert set(death["after_the_next"]) == {death["next"]}, death
        assert death["left_over"] == [], death
        # two runs stay: this one, and the one that readers had last before it
        had = [death["before"], death["after_the_kill"][0]]
        last = [mark for mark in had if mark != death["next"]][-1]
        assert death["kept"] == sorted({death["next"], last}), death
    # some died before readers saw anything new, some after
    assert {death["before"] in death["after_the_kill"] for death in deaths} == {True, False}


# a death at every third or fifth line, and fewer with each push
@pytest.mark.parametrize(("every", "deaths"), [(20, 7), pytest.param(3, 15, marks=pytest.mark.long)])
def test_files_stay_whole_wherever_publishing_dies(tmp_path, every, deaths):
    check(killed_everywhere(tmp_path, "files", "-", every), deaths)


@pytest.mark.parametrize(("every", "deaths"), [(30, 7), pytest.param(5, 15, marks=pytest.mark.long)])
def test_postgresql_stays_whole_wherever_publishing_dies(tmp_path, database, every, deaths):
    check(killed_everywhere(tmp_path, "postgres", database.uri, every), deaths)
