"""Marts that count, rank or decide are tested on a few made rows, by dbt's unit tests."""

import re

import yaml
from console import ROOT

LOGIC = re.compile(r"\bcase\b|\bgroup by\b|\bover \(")


def unit_tested():
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / "models").rglob("*.yml")]
    return {test["model"] for file in files for test in file.get("unit_tests", [])}


def test_every_mart_with_logic_has_a_unit_test():
    marts = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "models" / "marts").rglob("*.sql")}
    with_logic = {name for name, text in marts.items() if LOGIC.search(text)}
    assert len(with_logic) > 15
    assert with_logic - unit_tested() == set()
