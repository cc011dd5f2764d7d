"""The REES46 source: events as logged, and the products that they name."""

import gzip
import os
from pathlib import Path

import pytest
from rendered_warehouse import rendered_sources
from source_warehouse import contract

EVENTS, PRODUCTS = "sources.src_events", "sources.src_products"
HEADER = "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session\n"
OCTOBER = """2019-10-01 00:00:00 UTC,view,1,9,a.b_c,acme,10.00,u1,s1
2019-10-01 00:00:05 UTC,cart,1,9,,,0.00,u1,s1
2019-10-01 00:00:05 UTC,purchase,2,9,,,0,u2,s2
ragged,line
"""
NOVEMBER = """2019-11-01 00:00:00 UTC,remove_from_cart,1,9,a.d,,12.50,u1,s3
"""


@pytest.fixture(scope="module")
def two_months(tmp_path_factory):
    folder = tmp_path_factory.mktemp("two_months")
    raw = folder / "raw"
    raw.mkdir()
    (raw / "2019-Oct.csv").write_text(HEADER + OCTOBER)
    (raw / "2019-Nov.csv.gz").write_bytes(gzip.compress((HEADER + NOVEMBER).encode()))
    run = rendered_sources("rees46", raw)
    return run


def test_events_of_all_files_arrive_in_order_of_file_names(two_months):
    columns = "row_number, occurred_at, event_type, visitor_id, customer_id, value, source_session_id, row_defect"
    assert two_months.rows(f"select {columns} from {EVENTS} order by row_number") == [
        (1, "2019-11-01 00:00:00 UTC", "remove_from_cart", "u1", "u1", "12.50", "s3", None),
        (2, "2019-10-01 00:00:00 UTC", "view", "u1", "u1", "10.00", "s1", None),
        (3, "2019-10-01 00:00:05 UTC", "add_to_cart", "u1", "u1", "0.00", "s1", None),
        (4, "2019-10-01 00:00:05 UTC", "purchase", "u2", "u2", "0", "s2", None),
        (5, "ragged", "line", None, None, None, None, "wrong number of fields"),
    ]


def test_a_product_is_the_latest_that_is_known_of_it(two_months):
    columns = "row_number, product_id, product_name, category, brand, price"
    assert two_months.rows(f"select {columns} from {PRODUCTS} order by product_id") == [
        (1, "1", "acme d 1", "a/d", "acme", "12.50"),
        (4, "2", "2", None, None, None),
    ]


def test_models_have_the_canonical_columns(two_months):
    for table in ("events", "products"):
        assert two_months.columns(f"sources.src_{table}") == contract(table)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = os.environ.get("CUSTOMER_INSIGHT_TEST_DATA")
    if not folder:
        pytest.skip("CUSTOMER_INSIGHT_TEST_DATA does not say where the real data is")
    run = rendered_sources("rees46", Path(folder) / "rees46")
    return run


def test_the_sample_has_its_published_counts(sample):
    sql = f"""select count(*), count(distinct customer_id), count(distinct source_session_id),
        count(distinct product_id), count_if(cast(value as double) = 0) from {EVENTS}"""
    assert sample.rows(sql) == [(17_434, 4_504, 5_066, 6_493, 19)]
    assert sample.rows(f"select count(*) from (select distinct * exclude (row_number) from {EVENTS})") == [(17_429,)]
    assert sample.rows(f"select event_type, count(*) from {EVENTS} group by all order by 2") == [
        ("add_to_cart", 165),
        ("purchase", 214),
        ("view", 17_055),
    ]
    assert sample.rows(f"select count(*), count(distinct product_id) from {PRODUCTS}") == [(6_493, 6_493)]
