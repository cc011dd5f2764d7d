"""Who is left alone is drawn evenly, the same for ever, and in each campaign anew."""

import hashlib
from pathlib import Path

import duckdb
import numpy as np
import pytest
from customer_insight.commands.project_sql import ProjectSql

ROOT = Path(__file__).parents[3]
CUSTOMERS = 50_000


def draws(campaign, settings=None, customers=CUSTOMERS):
    draw = ProjectSql(ROOT, settings or {}).call("holdout_draw", f"'{campaign}'", "'C' || i")
    return duckdb.sql(f"select {draw} as d from range({customers}) as t(i) order by i").fetchnumpy()["d"]


def test_the_draw_is_the_hash_that_is_promised():
    expected = [int(hashlib.sha256(f"holdout:6:spring:C{i}".encode()).hexdigest()[:13], 16) / 2**52 for i in range(50)]
    assert draws("spring", customers=50).tolist() == expected


def test_draws_are_even():
    drawn = np.sort(draws("spring"))
    # Kolmogorov and Smirnov's distance, at one in ten thousand
    assert drawn[0] >= 0
    assert drawn[-1] < 1
    assert np.abs(drawn - (np.arange(CUSTOMERS) + 0.5) / CUSTOMERS).max() < 2.2 / np.sqrt(CUSTOMERS)


def test_two_campaigns_have_nothing_to_do_with_each_other():
    one, other = draws("spring"), draws("summer")
    assert abs(np.corrcoef(one, other)[0, 1]) < 4 / np.sqrt(CUSTOMERS)
    both = ((one < 0.1) & (other < 0.1)).sum()
    assert abs(both - CUSTOMERS / 100) < 4 * np.sqrt(CUSTOMERS / 100)


def test_another_key_draws_anew():
    ours = draws("spring", {"assignment_key": "ours"})
    assert abs(np.corrcoef(draws("spring"), ours)[0, 1]) < 4 / np.sqrt(CUSTOMERS)


@pytest.fixture
def drawn():
    """A function from campaigns (as SQL of rows of int_campaigns) to int_assignments, of 20,000 customers."""
    connection = duckdb.connect()
    connection.execute("""
        create table int_customers as
        select 'C' || i as customer_id, i % 2 = 0 as has_marketing_consent, i % 100 = 0 as is_erased
        from range(20000) as t(i);
        create table int_audience_members as
        select 'some' as audience, 'C' || i as customer_id from range(5000) as t(i);
        create table stg_as_of as select timestamp '2025-03-01 08:00:00' as as_of;
    """)
    sql = ProjectSql(ROOT, {})

    def of(campaigns):
        connection.execute(f"create or replace table int_campaigns as {campaigns}")
        connection.execute(f"create or replace table int_campaign_variants as {sql.model('int_campaign_variants')}")
        return connection.sql(sql.model("int_assignments")).to_df()

    return of


def campaign(name="spring", starts="2025-03-02", ends="2025-03-20", share=0.2, consent=True, **others):
    """SQL of one row of int_campaigns."""
    given = {"audience": "'all'", "variants": "'A:2|B:1'", "elsewhere": "false", "shown": "null", **others}
    return (
        f"select '{name}' as campaign_id, {given['audience']} as audience, {given['variants']} as variants,"
        f" timestamp '{starts}' as starts_at, timestamp '{ends}' as ends_at, {share}::double as holdout_share,"
        f" {consent} as needs_consent, true as is_declared, {given['elsewhere']} as is_assigned_elsewhere,"
        f" {given['shown']}::timestamp as first_shown_at"
    )


def test_everyone_who_agreed_is_drawn_once_into_arms_of_the_planned_sizes(drawn):
    rows = drawn(campaign())
    assert len(rows) == rows.customer_id.nunique() == 9_800
    shares = rows.variant.fillna("").value_counts(normalize=True)
    for variant, planned in {"": 0.2, "A": 0.8 * 2 / 3, "B": 0.8 / 3}.items():
        assert shares[variant] == pytest.approx(planned, abs=4 * np.sqrt(planned / 9_800))
        assert rows.propensity[rows.variant.fillna("") == variant].unique() == pytest.approx([planned])
    assert set(rows.arm[rows.variant.isna()]) == {"control"}
    assert set(rows.arm[rows.variant.notna()]) == {"treatment"}
    assert set(rows.as_of.astype(str)) == {"2025-03-01 08:00:00"}


def test_what_needs_no_consent_is_drawn_from_all_and_an_audience_from_its_members(drawn):
    assert len(drawn(campaign(consent=False))) == 19_800
    assert len(drawn(campaign(consent=False, audience="'some'"))) == 4_950
    assert len(drawn(campaign(audience="'quite'"))) == 0


@pytest.mark.parametrize(
    "not_now",
    [
        {"starts": "2025-03-02 08:00:01"},
        {"starts": "2025-02-01", "ends": "2025-03-01 08:00:00"},
        {"elsewhere": "true"},
        {"shown": "timestamp '2025-03-01'"},
        {"audience": "null"},
    ],
    ids=["not yet", "over", "drawn by another tool", "sent already", "for nobody of ours"],
)
def test_nobody_is_drawn_where_it_is_not_the_time_or_not_ours(drawn, not_now):
    assert len(drawn(campaign(**not_now))) == 0


def test_a_campaign_without_a_holdout_draws_all_for_it(drawn):
    rows = drawn(campaign(share=0, variants="'A'"))
    assert set(rows.variant) == {"A"}
    assert rows.propensity.unique() == pytest.approx([1.0])
