"""The list of slow tests names tests that there are."""

import ast
from pathlib import Path

TESTS = Path(__file__).parents[1]


def names_in(path):
    """`test_ties`, `TestShares::test_ties`: the tests that a file has."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            yield from (f"{node.name}::{each.name}" for each in node.body if isinstance(each, ast.FunctionDef))
        elif isinstance(node, ast.FunctionDef):
            yield node.name


def test_every_slow_test_is_there():
    there = {f"{path.name}::{name}" for path in TESTS.rglob("test_*.py") for name in names_in(path)}
    named = (TESTS / "slow_tests.txt").read_text(encoding="utf-8").split()
    assert [name for name in named if name not in there] == []
