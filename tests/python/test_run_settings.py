"""Learned steps get the settings of the run that is under way, by the names of their parameters; never others."""

import ast
import inspect
from importlib import import_module

import pytest
import yaml
from customer_insight.commands.setting_check import kind_of
from customer_insight.steps import parameters, run_settings
from customer_insight.steps.run_settings import with_settings
from source_warehouse import ROOT

VARS = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]
KINDS = VARS["setting_kinds"]
MODELS = sorted((ROOT / "models" / "ml").glob("*.py"))
# one value or two on either side of what any kind allows
PROBES = [None, True, False, "x", "", "apriori", "kmeans", "0.5", float("nan"), -1, 0, 0.5, 1, 1.5, 2, 3]


def steps_of(path):
    """The steps that a Python model calls: module.function for each with_settings(module.function, ...)."""
    tree = ast.parse(path.read_text())
    modules = {
        alias.name: f"{node.module}.{alias.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    called = [call.args[0] for call in calls if getattr(call.func, "id", "") == "with_settings"]
    return [getattr(import_module(modules[each.value.id]), each.attr) for each in called]


STEPS = {step for path in MODELS for step in steps_of(path)}


def settings_of(step):
    """The keyword parameters of a step that are annotated as settings."""
    found = inspect.signature(step).parameters.values()
    return [each for each in found if each.kind is each.KEYWORD_ONLY and each.annotation == "Setting"]


def name_of(step):
    return f"{step.__module__.rpartition('.')[2]}.{step.__name__}"


def inputs_of(step):
    """As many inputs as the step has, none of them a table: settings are read first."""
    found = inspect.signature(step).parameters.values()
    return [object()] * sum(each.kind is each.POSITIONAL_OR_KEYWORD for each in found)


def each_step():
    return pytest.mark.parametrize("step", sorted(STEPS, key=name_of), ids=name_of)


@pytest.fixture
def held():
    """Settings can be held; what was held before does not matter."""
    yield
    run_settings.hold({}, lambda: False)


def test_every_model_that_learns_calls_its_step_with_the_settings_of_the_run():
    learning = [path for path in MODELS if "as_rows" in path.read_text()]
    assert len(learning) >= 14
    assert all(len(steps_of(path)) == 1 for path in learning)


@each_step()
def test_the_settings_of_a_step_and_their_defaults_are_the_projects(step):
    for each in settings_of(step):
        assert each.name in KINDS
        assert each.default in (each.empty, VARS[each.name])
    others = {each.name for each in inspect.signature(step).parameters.values()} - {s.name for s in settings_of(step)}
    assert others & set(KINDS) == set(), "annotate it as a Setting"


@each_step()
def test_a_step_refuses_what_the_check_refuses_in_the_same_words(step):
    for each in settings_of(step):
        for value in PROBES:
            given = {other.name: VARS[other.name] for other in settings_of(step)} | {each.name: value}
            said = []
            for call in (
                lambda name=each.name, value=value: parameters.read(name, kind_of(KINDS[name], value), value),
                lambda given=given: step(*inputs_of(step), **given),
            ):
                try:
                    call()
                    said.append("")
                except Exception as error:
                    is_refused = isinstance(error, ValueError) and str(error).startswith(f"{each.name}: expected")
                    said.append(str(error) if is_refused else "")
            assert said[0] == said[1], (each.name, value)


def test_keyword_parameters_named_like_a_setting_get_the_value_of_the_run(held):
    def step(table, *, first, second=2, shape="round", table_count=1):
        return table, first, second, shape, table_count

    run_settings.hold({"first": 7, "second": None, "other": 3, "table": "no"}, lambda: True)
    assert with_settings(step, "rows") == ("rows", 7, None, "round", 1)


def test_a_parameter_that_is_no_setting_is_named(held):
    def step(*, frist):
        return frist

    run_settings.hold({"first": 7}, lambda: True)
    with pytest.raises(TypeError, match=r"step asks for frist: there is no such setting in dbt_project\.yml"):
        with_settings(step)


def test_settings_end_with_their_run(held):
    under_way = [True]
    run_settings.hold({"first": 7}, lambda: under_way[0])
    assert with_settings(lambda *, first: first) == 7
    under_way[0] = False
    with pytest.raises(RuntimeError, match="The settings of this run are not known, so nothing is learned"):
        with_settings(lambda: "learned")
