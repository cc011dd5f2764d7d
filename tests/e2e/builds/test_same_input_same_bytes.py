"""The same input gives the same bytes, whoever runs it and with however many threads."""

import pytest
from warehouses import differences


@pytest.fixture(scope="module")
def with_plain_dbt(workshop):
    """The demo shop by `dbt build`, unit tests included, one node at a time, into another file."""
    return workshop.dbt("with_plain_dbt", "demo", "build", "--threads", "1")


def test_a_plain_dbt_build_makes_every_table(demo, with_plain_dbt):
    assert with_plain_dbt.columns == demo.columns
    assert with_plain_dbt.primary_keys == demo.primary_keys


def test_two_builds_of_the_demo_shop_are_equal_to_the_byte(demo, with_plain_dbt, tmp_path):
    assert differences(demo, with_plain_dbt, tmp_path / "table.csv") == []
