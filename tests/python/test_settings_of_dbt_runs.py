"""Runs of dbt, one after another in one process: each Python model gets the settings of its own run, or fails."""

import json
import os
import shutil
from unittest import mock

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from source_warehouse import ROOT

PROJECT = """
name: customer_insight
config-version: 2
profile: customer_insight
on-run-start: ["{{ load_learned_steps() if var('is_hooked') }}"]
vars:
  source_system: demo
  raw_path: ""
  source_tables: {demo: []}
  share_of_baskets: 0.07
  trials: 4
  is_hooked: true
  setting_kinds: {share_of_baskets: share or null, trials: integer from 0}
"""
MODEL = """
import os
import pyarrow as pa
from customer_insight.steps.run_settings import with_settings

def step(*, share_of_baskets, trials):
    if "STEP_FAILS" in os.environ:
        raise ValueError("This step fails.")
    return pa.table({"share_of_baskets": [str(share_of_baskets)], "trials": [str(trials)]})

def model(dbt, session):
    return with_settings(step)
"""


@pytest.fixture
def dbt(tmp_path):
    """Runs dbt on a project of one Python model; what the model got, or what was said where it failed."""
    shutil.copytree(ROOT / "macros", tmp_path / "macros")
    (tmp_path / "models").mkdir()
    (tmp_path / "dbt_project.yml").write_text(PROJECT)
    (tmp_path / "models" / "learned.py").write_text(MODEL)
    warehouse = tmp_path / "my_shop.duckdb"

    def call(*arguments, environment=None, **settings):
        places = ["--project-dir", str(tmp_path), "--profiles-dir", str(ROOT / "profiles"), "--log-level", "none"]
        given = ["--vars", json.dumps(settings)] if settings else []
        with mock.patch.dict(os.environ, {"CUSTOMER_INSIGHT_WAREHOUSE": str(warehouse)} | (environment or {})):
            answer = dbtRunner().invoke([*arguments, *places, *given])
        DuckDBConnectionManager.close_all_connections()
        if not answer.success:
            return str(answer.exception or answer.result.results[-1].message)
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return connection.execute("select share_of_baskets, trials from learned").fetchone()

    return call


def test_a_python_model_has_the_settings_of_its_own_run(dbt):
    assert dbt("run") == ("7/100", "4")
    assert dbt("run", "--select", "learned", share_of_baskets=0.3) == ("3/10", "4")
    assert dbt("build", share_of_baskets=None, trials=0) == ("None", "0")
    assert dbt("run") == ("7/100", "4")
    # a retry has the settings of the run that failed
    assert "This step fails." in dbt("run", environment={"STEP_FAILS": "1"}, share_of_baskets=0.5)
    assert dbt("retry") == ("1/2", "4")
    # without the hook there are none, although this process has seen those of others
    assert "The settings of this run are not known, so nothing is learned" in dbt("run", is_hooked=False)
