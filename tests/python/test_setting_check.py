"""Settings that cannot be what they say are named, each with one sentence."""

import csv
import json
import re
from fractions import Fraction

import pytest
import yaml
from customer_insight.commands.dbt_plugin import check_raw_input
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.commands.setting_check import kind_of, setting_problems
from customer_insight.steps import parameters
from source_warehouse import ROOT

PROJECT = (ROOT / "dbt_project.yml").read_text()
VARS = yaml.safe_load(PROJECT)["vars"]
KINDS = VARS["setting_kinds"]


def meaning(name):
    """The comment right above a setting in dbt_project.yml, as one text."""
    above, found = PROJECT.split(f"\n  {name}: ", 1)[0].splitlines(), []
    while above and above[-1].startswith("  # "):
        found.insert(0, above.pop().removeprefix("  # "))
    return " ".join(found)


def test_every_setting_of_the_project_has_a_value_a_kind_and_a_meaning():
    assert list(KINDS) == [name for name in VARS if name not in ("source_tables", "setting_kinds")]
    for name, kind in KINDS.items():
        assert re.match(r"\w.*\.$", meaning(name)), name
        assert "Null" in meaning(name) or not kind.endswith(" or null"), name


def test_a_run_knows_every_setting_with_its_kind_and_value(monkeypatch):
    monkeypatch.setenv("CUSTOMER_INSIGHT_SOURCE", "files")
    monkeypatch.delenv("CUSTOMER_INSIGHT_RAW", raising=False)
    found = ProjectSql(ROOT, {"min_support": 0.07}).call("run_settings")
    assert {name: value for name, (_, value) in found.items()} == {
        **{name: VARS[name] for name in KINDS},
        "min_support": 0.07,
        "source_system": "files",
    }
    assert {name: kind for name, (kind, _) in found.items()} == {
        **KINDS,
        "source_system": f"one of {', '.join(VARS['source_tables'])}",
    }
    assert setting_problems(found, [], []) == []


def test_a_setting_may_differ_between_sources_and_a_wrong_one_is_told_of_its_source(monkeypatch):
    monkeypatch.delenv("CUSTOMER_INSIGHT_SOURCE", raising=False)
    settings = {"source_system": ["square=/a", "ga4=/b"], "time_zone": {"square": "Europe/Berlin", "ga4": "Mars"}}
    found = ProjectSql(ROOT, settings).call("run_settings")
    told = setting_problems(found, ["time_zone"], [])
    assert [message.partition(": ")[0] for message in told] == ["time_zone of ga4"]
    wrong = ProjectSql(ROOT, settings | {"time_zone": {"squar": "UTC"}}).call("problems_of_sources")
    assert wrong == ["time_zone: squar is no source of this run; the sources are square, ga4"]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("share above 0", [0.01, 1], [0, -1, 1.1, "x", "0.5", None, True, float("nan"), [0.5]]),
        ("share", [0, 0.2, 1], [-0.1, 1.01]),
        ("positive number", [30, 0.5], [0, -1, float("inf")]),
        ("integer from 1", [1, 1_000_000], [0, 1.5, "one", "3"]),
        ("integer from 2 or null", [None, 2], [1, 2.5]),
        ("boolean", [True, False], ["false", 1, None]),
        ("time zone", ["UTC", "Europe/Berlin"], ["Europe/Berln", "", None, "it's"]),
        ("timestamp or null", [None, "2011-12-10", "2011-12-10 00:00:00"], ["yesterday", "2011-13-01", "2011"]),
        ("one of kmeans, other", ["kmeans"], ["k means", None]),
        ("currency or null", [None, "EUR"], ["eur", "€", "EURO", "", 1, "E'R"]),
        ("country or null", [None, "DE", "GB"], ["de", "XX", "DEU", "", 1]),
        ("text", ["", "x"], [None, 1]),
        ("some of one, other or null", [None], ["two", ["one", "two"], [], 1]),
    ],
)
def test_each_kind(kind, good, bad):
    for value in good:
        assert setting_problems({"x": [kind, value]}, [], []) == []
        assert parameters.read("x", kind, value) == (value if isinstance(value, str) else pytest.approx(value))
    for value in bad:
        (message,) = setting_problems({"x": [kind, value]}, [], [])
        assert message.startswith("x: expected ")
        message = message.removesuffix("; is kmeans meant?")
        assert message.endswith(f", or null, found {value!r}" if kind.endswith(" or null") else f", found {value!r}")


def test_values_are_read_exactly_and_typed():
    def read(kind, value):
        found = parameters.read("x", kind, value)
        return found, type(found)

    assert read("share above 0", 0.07) == (Fraction(7, 100), Fraction)
    assert read("share", Fraction(1, 3)) == (Fraction(1, 3), Fraction)
    assert read("integer from 1", 4.0) == (4, int)
    assert read("positive number", 4) == (4.0, float)
    assert read("boolean", False) == (False, bool)
    assert read("share or null", None) == (None, type(None))


def test_a_setting_that_does_not_exist_is_named_with_the_nearest():
    settings = {"min_support": ["share", 0.1]}
    assert setting_problems(settings, ["min_suport"], []) == [
        "min_suport: there is no such setting; did you mean min_support?"
    ]
    assert setting_problems(settings, ["zzz"], []) == [
        "zzz: there is no such setting; dbt_project.yml lists the settings"
    ]
    assert setting_problems(settings, ["source_tables"], ["source_tables"]) == []


@pytest.mark.parametrize("value", ["share", None, {"min_support": "text", "new": "text"}])
def test_the_kinds_themselves_cannot_be_set(value):
    found = ProjectSql(ROOT, {"setting_kinds": value}).call("run_settings")
    assert setting_problems(found, ["setting_kinds"], list(VARS)) == [
        "setting_kinds: this is no setting of a run; it says in dbt_project.yml what each setting can be"
    ]


@pytest.mark.parametrize("value", ["name", ["email", "name"]])
def test_names_join_nobody_without_the_extra(monkeypatch, value):
    asked = {"join_people_by": [KINDS["join_people_by"], value]}
    sentence = ["join_people_by: name needs the extra: pip install 'customer-insight[names]'"]
    monkeypatch.setattr("customer_insight.commands.setting_check.find_spec", lambda name: name != "splink" or None)
    assert setting_problems(asked, [], []) == sentence
    request = {"settings": asked, "given": [], "known": [], "sources": [], "systems": {}}
    assert json.loads(check_raw_input(json.dumps(request)))["problems"] == f"- {sentence[0]}"
    assert setting_problems({"join_people_by": [KINDS["join_people_by"], ["email", "phone"]]}, [], []) == []
    monkeypatch.setattr("customer_insight.commands.setting_check.find_spec", lambda name: name)
    assert setting_problems(asked, [], []) == []


def test_the_strategies_that_can_be_set_are_those_of_the_seed():
    with (ROOT / "seeds/reference/recommendation_strategies.csv").open(encoding="utf-8", newline="") as file:
        strategies = [row["strategy"] for row in csv.DictReader(file)]
    assert kind_of(KINDS["recommendation_strategy"], "any") == f"one of champion, {', '.join(strategies)}"
    assert setting_problems({"recommendation_strategy": ["one of strategies", "champion"]}, [], []) == []
    (problem,) = setting_problems({"recommendation_strategy": ["one of strategies", "foo"]}, [], [])
    assert problem.startswith("recommendation_strategy: expected one of champion, popular, ")
