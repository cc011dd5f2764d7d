"""Settings that cannot be what they say are named, each with one sentence."""

import re

import pytest
import yaml
from customer_insight.commands.setting_check import setting_problems
from source_warehouse import ROOT


def test_every_setting_of_the_project_has_a_kind():
    settings = set(yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]) - {"source_tables"}
    kinds = set(re.findall(r"'(\w+)': '", (ROOT / "macros/sources/setting_kinds.sql").read_text()))
    assert settings - kinds == set()


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("share above 0", [0.01, 1], [0, -1, 1.1, "x", "0.5", None, True, float("nan")]),
        ("share", [0, 0.2, 1], [-0.1, 1.01]),
        ("positive number", [30, 0.5], [0, -1, float("inf")]),
        ("integer from 1", [1, 1_000_000], [0, 1.5, "one", "3"]),
        ("integer from 2 or null", [None, 2], [1, 2.5]),
        ("boolean", [True, False], ["false", 1, None]),
        ("time zone", ["UTC", "Europe/Berlin"], ["Europe/Berln", "", None, "it's"]),
        ("timestamp or null", [None, "2011-12-10", "2011-12-10 00:00:00"], ["yesterday", "2011-13-01", "2011"]),
        ("one of kmeans, other", ["kmeans"], ["k means", None]),
        ("currency or null", [None, "EUR"], ["eur", "€", "EURO", "", 1, "E'R"]),
        ("text", ["", "x"], [None, 1]),
    ],
)
def test_each_kind(kind, good, bad):
    for value in good:
        assert setting_problems({"x": [kind, value]}, [], []) == []
    for value in bad:
        (message,) = setting_problems({"x": [kind, value]}, [], [])
        assert message.startswith("x: expected ")
        assert message.endswith(f", found {value!r}")


def test_a_setting_that_does_not_exist_is_named_with_the_nearest():
    settings = {"min_support": ["share", 0.1]}
    assert setting_problems(settings, ["min_suport"], []) == [
        "min_suport: there is no such setting; did you mean min_support?"
    ]
    assert setting_problems(settings, ["zzz"], []) == [
        "zzz: there is no such setting; dbt_project.yml lists the settings"
    ]
    assert setting_problems(settings, ["source_tables"], ["source_tables"]) == []
