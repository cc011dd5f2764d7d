"""The same input gives the same bytes, whoever runs it and with however many threads."""

import pytest
from warehouses import differences


@pytest.fixture(scope="module")
def with_plain_dbt(workshop):
    """The demo shop by `dbt seed` and `dbt run`, one model at a time, into another file."""
    workshop.dbt("with_plain_dbt", "demo", "seed")
    return workshop.dbt("with_plain_dbt", "demo", "run", "--threads", "1")


def test_plain_dbt_seed_and_run_make_every_table(demo, with_plain_dbt):
    assert with_plain_dbt.columns == demo.columns
    assert with_plain_dbt.primary_keys == demo.primary_keys


def test_two_builds_of_the_demo_shop_are_equal_to_the_byte(demo, with_plain_dbt, tmp_path):
    assert differences(demo, with_plain_dbt, tmp_path / "table.csv") == []
