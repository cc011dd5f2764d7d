"""What the console program says of itself."""

import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from customer_insight.commands.cli import VERBS, main

ROOT = Path(__file__).parents[2]


def test_the_version_is_that_of_the_package_and_of_the_dbt_project(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"customer-insight {version('customer-insight')}\n"
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    project = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))["version"]
    assert package == project == version("customer-insight")


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_a_verb_has_an_example_that_the_program_understands(verb, capsys):
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0
    assert f"example: customer-insight {verb} " in " ".join(capsys.readouterr().out.split())
