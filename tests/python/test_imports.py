"""What short programs load: a library that one does not need costs it more time than its work."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


def loaded_by(code: str) -> set[str]:
    """Names of all modules that a fresh Python has loaded after the code."""
    program = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    return set(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    )


@pytest.mark.parametrize("module", ["commands.dbt_plugin", "commands.check", "commands.demo", "steps.step_result"])
def test_what_learns_nothing_does_not_load_scikit_learn(module):
    assert not {"sklearn", "scipy", "mlxtend"} & loaded_by(f"import customer_insight.{module}")


@pytest.mark.parametrize("is_learned", [True, False])
def test_the_plugin_loads_every_learned_step_where_the_run_has_one(is_learned):
    request = json.dumps({"settings": {}, "invocation_id": "this", "is_learned": is_learned})
    asked = f"from customer_insight.commands.dbt_plugin import load_learned_steps\nload_learned_steps({request!r})"
    loaded = loaded_by(asked)
    assert ({"sklearn", "customer_insight.rules.rule_generation"} <= loaded) is is_learned
    assert not {"customer_insight.report.page", "splink"} & loaded


def test_names_of_countries_do_not_load_the_places_of_all_telephone_numbers():
    loaded = loaded_by(
        "from customer_insight.contacts.telephone_numbers import region_of\nassert region_of('Allemagne') == 'DE'"
    )
    assert "phonenumbers" in loaded
    assert not any(name.startswith("phonenumbers.geodata") for name in loaded)
