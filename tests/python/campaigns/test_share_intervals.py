"""Intervals of shares and means in SQL are Wilson's and the normal ones."""

from pathlib import Path

import duckdb
import numpy as np
import pytest
from customer_insight.commands.project_sql import ProjectSql
from scipy.stats import binomtest, norm

SQL = ProjectSql(Path(__file__).parents[3], {})


@pytest.mark.parametrize(("part", "whole"), [(0, 1), (1, 1), (0, 12), (5, 100), (99, 100), (100, 100), (31, 4711)])
def test_shares_have_wilson_s_interval(part, whole):
    low, high = (SQL.call("wilson", end, str(part), str(whole)) for end in ("low", "high"))
    found = duckdb.sql(f"select {low}, {high}").fetchall()[0]
    expected = binomtest(part, whole).proportion_ci(method="wilson")
    assert found == pytest.approx((expected.low, expected.high), abs=1e-12)
    assert 0 <= found[0] <= part / whole <= found[1] <= 1 or part / whole == pytest.approx(found[1])


def test_a_share_of_nobody_has_none():
    assert duckdb.sql(f"select {SQL.call('wilson', 'low', '0', '0')}").fetchall() == [(None,)]
    assert duckdb.sql(f"select {SQL.call('wilson', 'high', 'null', '7')}").fetchall() == [(None,)]


def test_means_have_the_normal_interval_of_their_values():
    values = np.random.default_rng(1).lognormal(3, 1, 400)
    low, high = (SQL.call("mean_end", end, str(values.sum()), str((values**2).sum()), "400") for end in ("low", "high"))
    error = values.std(ddof=1) / 20
    expected = values.mean() - norm.ppf(0.975) * error, values.mean() + norm.ppf(0.975) * error
    assert duckdb.sql(f"select {low}, {high}").fetchall()[0] == pytest.approx(expected, rel=1e-9)


def test_a_mean_of_one_has_no_interval():
    assert duckdb.sql(f"select {SQL.call('mean_end', 'low', '4', '16', '1')}").fetchall() == [(None,)]
