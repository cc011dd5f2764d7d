"""The Online Retail source: its published forms give the same rows, and the real data the published numbers."""

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rendered_warehouse import rendered_sources
from source_warehouse import contract

MODEL = "sources.src_order_lines"
SALE = "customer_id is not null and order_status = 'completed' and quantity > 0 and price > 0"
CREDIT = "customer_id is not null and order_status = 'cancelled' and quantity < 0"


def test_the_csv_form_with_month_first_dates(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "Online Retail.csv").write_bytes(
        b"\xef\xbb\xbfInvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\r\n"
        b'536365,85123A,"HANGING HEART, WHITE",6,12/1/2010 8:26,2.55,17850.0,United Kingdom\r\n'
        b"C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527,United Kingdom\r\n"
        b"536380,POST,POSTAGE,1,13-12-2010 09:41,18,,France\r\n"
        b"536381,gift_0001_20,Voucher,1,some day,20,,France\r\n"
        b"536382,DCGS0076,SUNJAR\r\n"
    )
    run = rendered_sources("online_retail", raw)
    columns = "row_number, order_id, customer_id, ordered_at, quantity, order_status, is_product, row_defect"
    assert run.rows(f"select {columns} from {MODEL} order by row_number") == [
        (1, "536365", "17850", "2010-12-01 08:26:00", "6", "completed", "true", None),
        (2, "C536379", "14527", "2010-12-01 09:41:00", "-1", "cancelled", "false", None),
        (3, "536380", None, "2010-12-13 09:41:00", "1", "completed", "false", None),
        (4, "536381", None, "some day", "1", "completed", "false", None),
        (5, "536382", None, None, None, "completed", "true", "wrong number of fields"),
    ]
    assert run.columns(MODEL) == contract("order_lines")


def test_the_first_sheet_ends_where_the_second_begins(tmp_path):
    times = ["2010-11-30 10:00", "2010-12-01 10:00", "2010-12-01 10:00", "not a time"]
    table = {"Invoice": ["1", "2", "2", "3"], "StockCode": ["10002"] * 4, "Quantity": [1] * 4, "InvoiceDate": times}
    table |= {"Price": [1.25] * 4, "Customer ID": [13085.0, None, None, None]}
    table |= {"sheet": ["Year 2009-2010", "Year 2009-2010", "Year 2010-2011", "Year 2009-2010"]}
    pq.write_table(pa.table(table), tmp_path / "raw.parquet")
    run = rendered_sources("online_retail", tmp_path / "raw.parquet")
    sql = f"select row_number, customer_id, unit_price from {MODEL} order by row_number"
    assert run.rows(sql) == [(1, "13085", "1.25"), (3, None, "1.25"), (4, None, "1.25")]


@pytest.fixture(scope="module")
def retail(tmp_path_factory):
    folder = os.environ.get("CUSTOMER_INSIGHT_TEST_DATA")
    if not folder:
        pytest.skip("CUSTOMER_INSIGHT_TEST_DATA does not say where the real data is")
    run = rendered_sources("online_retail", Path(folder) / "online_retail_ii.parquet")
    return run


# the first sheet is the first 525,461 rows of the file
TYPED = f"""
    with lines as (
        select * replace (cast(quantity as bigint) as quantity), cast(unit_price as decimal(18, 4)) as price
        from {MODEL}
    ),
    distinct_lines as (select distinct * exclude (row_number) from lines),
    second_sheet as (select * from lines where row_number > 525461),
    distinct_second as (select distinct * exclude (row_number) from second_sheet)
"""


def test_every_row_but_the_overlap_is_there(retail):
    assert retail.rows(f"select count(*), count(distinct row_number) from {MODEL}") == [(1_044_847, 1_044_847)]
    sql = f"""{TYPED} select
        count(*), count_if(order_status = 'cancelled'), count_if(customer_id is null), count_if(price = 0),
        count_if(price < 0), count_if(quantity < 0 and order_status = 'completed'),
        count(distinct customer_id) filter (where {SALE})
    from distinct_lines"""
    assert retail.rows(sql) == [(1_033_035, 19_104, 235_151, 6_014, 5, 3_393, 5_878)]


def test_sales_of_the_second_sheet(retail):
    measures = "count(*), count(distinct customer_id), count(distinct order_id), count(distinct product_id)"
    sales = retail.rows(f"{TYPED} select {measures}, sum(quantity * price) from second_sheet where {SALE}")
    assert [float(x) for x in sales[0]] == pytest.approx([397_884, 4_338, 18_532, 3_665, 8_911_407.90], abs=0.01)
    distinct = retail.rows(f"{TYPED} select count(*), sum(quantity * price) from distinct_second where {SALE}")
    assert [float(x) for x in distinct[0]] == pytest.approx([392_692, 8_887_208.89], abs=0.01)
    products = (
        f"{TYPED} select count(*), count(distinct customer_id) from second_sheet where {SALE} and is_product = 'true'"
    )
    assert retail.rows(products) == [(396_337, 4_334)]


def test_credit_notes_reduce_net_revenue(retail):
    net = retail.rows(f"{TYPED} select sum(quantity * price) from second_sheet where ({SALE}) or ({CREDIT})")
    assert float(net[0][0]) == pytest.approx(8_300_065.81, abs=0.01)
