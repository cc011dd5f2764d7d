"""The source models of `files`: whatever is in the raw tables arrives, row by row, as text."""

import gzip
import json
from datetime import datetime

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rendered_warehouse import rendered_sources
from source_warehouse import canonical_tables, contract

LINES = b"order_id,product_id,ordered_at,quantity\n"


@pytest.fixture(scope="module")
def messy(tmp_path_factory):
    """One folder with every kind of oddity that a row can have, built once."""
    folder = tmp_path_factory.mktemp("messy")
    raw = folder / "it's [raw] *"
    raw.mkdir()
    (raw / "order_lines.csv").write_bytes(
        b"\xef\xbb\xbf Order_ID ,PRODUCT_ID,ordered_at,note,customer_id\r\n"
        b'A1,P1,2024-07-01 10:00:00,"two\r\nlines, ""quoted""",C1\r\n'
        b"A2,P2,2024-07-01\r\n"
        b"A3,P3,2024-07-01,,C3,too,many,fields\r\n"
        b'" A 4 ",it\'s,2099-01-01,,\r\n'
        b'A5,\xe2\x82\xac,not a date,12" plate,C5\r\n'
        b"A6,P6,2024-07-01,last without newline,C6"
    )
    (raw / "customers.csv").write_bytes(b"customer_id;city\nC1;K\xc3\xb6ln\nC2;\n")
    (raw / "products.csv").write_bytes(b"product_id\tproduct_name\nP1\t" + b"x" * 10_000_000 + b"\nP2\ty\n")
    (raw / "reviews.csv").write_bytes(b"review_id|product_id|reviewed_at\n")
    (raw / "identity_links.csv").write_bytes(b'"visitor_id","customer_id"\n"V1",""\n\n"V2"\n')
    pq.write_table(
        pa.table({"product_id": ["P1", None], "vector": pa.array([[0.1, 0.2], None], pa.list_(pa.float32()))}),
        raw / "product_vectors.parquet",
    )
    events = raw / "events"
    events.mkdir()
    berlin = pa.array([1_719_828_000_000_000] * 2, pa.timestamp("us", "Europe/Berlin"))
    for name, ids in {"b": ["e3", "e4"], "a": ["e1", "e2"], "tmp_c": ["e5", "e6"]}.items():
        columns = {" Event_Id": ids, "occurred_at": berlin, "event_type": ["view"] * 2, "visitor_id": [b"v", b"\xff"]}
        columns |= {
            "customer_id": [17850, 17851] if name == "b" else [17850.0, None],
            "value": [1.5, None],
            "extra": [1, 2],
        }
        pq.write_table(pa.table(columns), events / f"{name}.parquet")
    run = rendered_sources("files", raw)
    return run


def test_every_model_has_row_number_the_canonical_columns_and_row_defect(messy):
    for table in canonical_tables():
        assert messy.columns(f"sources.src_{table}") == contract(table)


def test_a_line_of_the_wrong_width_arrives_with_its_defect(messy):
    sql = "select row_number, order_id, customer_id, row_defect from sources.src_order_lines"
    assert messy.rows(sql) == [
        (1, "A1", "C1", None),
        (2, "A2", None, "wrong number of fields"),
        (3, "A3", "C3", "wrong number of fields"),
        (4, " A 4 ", None, None),
        (5, "A5", "C5", None),
        (6, "A6", "C6", None),
    ]


def test_text_arrives_as_it_was_written(messy):
    sql = "select product_id, ordered_at from sources.src_order_lines where row_number in (4, 5)"
    assert messy.rows(sql) == [("it's", "2099-01-01"), ("€", "not a date")]
    assert messy.rows("select customer_id, city from sources.src_customers") == [("C1", "Köln"), ("C2", None)]


def test_a_field_may_be_10_mb_long(messy):
    sql = "select product_id, length(product_name), row_defect from sources.src_products"
    assert messy.rows(sql) == [("P1", 10_000_000, None), ("P2", 1, None)]


def test_an_empty_quoted_field_is_null_and_a_blank_line_is_no_row(messy):
    sql = "select row_number, visitor_id, customer_id, row_defect from sources.src_identity_links"
    assert messy.rows(sql) == [(1, "V1", None, None), (2, "V2", None, "wrong number of fields")]


def test_a_table_with_only_a_header_and_a_table_that_is_not_there_are_empty(messy):
    for table in ("reviews", "touches", "support_messages"):
        assert messy.rows(f"select count(*) from sources.src_{table}") == [(0,)]


def test_row_numbers_run_through_the_files_of_a_folder_by_name(messy):
    sql = "select row_number, event_id, customer_id from sources.src_events order by row_number"
    assert messy.rows(sql) == [(1, "e1", "17850"), (2, "e2", None), (3, "e3", "17850"), (4, "e4", "17851")]


def test_typed_columns_become_faithful_text(messy):
    sql = "select occurred_at, visitor_id, customer_id, value from sources.src_events where row_number <= 2"
    assert messy.rows(sql + " order by row_number") == [
        ("2024-07-01 10:00:00+00", "v", "17850", "1.5"),
        ("2024-07-01 10:00:00+00", "\\xFF", None, None),
    ]
    vectors = messy.rows("select vector from sources.src_product_vectors order by row_number")
    assert json.loads(vectors[0][0]) == [0.1, 0.2]
    assert vectors[1] == (None,)


def test_the_same_input_gives_the_same_rows_twice_in_one_process(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "order_lines.csv").write_bytes(LINES + b"A1,P1,2024-07-01,1\n" * 3)
    sql = "select row_number, order_id, quantity from sources.src_order_lines"
    first = rendered_sources("files", raw)
    second = rendered_sources("files", raw)
    assert first.rows(sql) == second.rows(sql) == [(n, "A1", "1") for n in (1, 2, 3)]


def test_a_table_may_come_in_any_kind_of_text_and_in_parts(tmp_path):
    raw = tmp_path / "raw"
    (raw / "Order_Lines").mkdir(parents=True)
    (raw / "Order_Lines" / "2023.csv").write_text("order_id,product_id,ordered_at\nA1,P1,2023-01-01\n")
    (raw / "Order_Lines" / "2024.tsv").write_text("ordered_at\torder_id\tproduct_id\tnew\n2024-01-01\tA2\tP2\t\n")
    (raw / "Order_Lines" / "2025.csv.gz").write_bytes(
        gzip.compress(b"sep=;\norder_id;product_id;ordered_at\nA3;P3;2025-01-01\n")
    )
    (raw / "Order_Lines" / "2026.csv").write_bytes(b'"sep=,"\r\norder_id,product_id,ordered_at\r\nA4,P4,2026-01-01\r\n')
    (raw / "customers_2023.CSV").write_text("customer_id,city\nC1,K\u00f6ln\n", encoding="utf-8")
    (raw / "customers-2024.csv").write_text("customer_id,city\nC2,\n")
    (raw / "products.jsonl").write_text(
        '{"product_id": "P1", "price": 1.5}\n{"product_id": "P2", "brand": null, "price": "2"}\n'
    )
    (raw / "reviews.json").write_text('[{"review_id": 7, "product_id": "P1"}, {"review_id": 8, "product_id": "P2"}]')
    run = rendered_sources("files", raw)
    select = "select row_number, {} from sources.src_{} order by 1"
    lines = run.rows(select.format("order_id, product_id, ordered_at, row_defect", "order_lines"))
    assert lines == [
        (1, "A1", "P1", "2023-01-01", None), (2, "A2", "P2", "2024-01-01", None), (3, "A3", "P3", "2025-01-01", None),
        (4, "A4", "P4", "2026-01-01", None),
    ]  # fmt: skip
    assert run.rows(select.format("customer_id, city", "customers")) == [(1, "C1", "K\u00f6ln"), (2, "C2", None)]
    assert run.rows(select.format("product_id, price, brand", "products")) == [
        (1, "P1", "1.5", None),
        (2, "P2", "2", None),
    ]
    assert run.rows(select.format("review_id, product_id", "reviews")) == [(1, "7", "P1"), (2, "8", "P2")]


def test_a_spreadsheet_is_read_with_its_dates_and_whole_numbers(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    book = openpyxl.Workbook()
    for title, rows in {"2023": [["A1", 17850, 1.125]], "2024": [["A2", None, 2]]}.items():
        sheet = book.create_sheet(title)
        sheet.append(["Order_ID", "customer_id", "unit_price", "product_id", "ordered_at"])
        for row in rows:
            sheet.append([*row, "P1", datetime(2024, 1, 31, 10, 30)])
    book.remove(book["Sheet"])
    book.save(raw / "order_lines.xlsx")
    run = rendered_sources("files", raw)
    assert run.rows("select order_id, customer_id, unit_price, ordered_at from sources.src_order_lines") == [
        ("A1", "17850", "1.1250", "2024-01-31 10:30:00"),
        ("A2", None, "2", "2024-01-31 10:30:00"),
    ]


def test_rows_of_many_parts_keep_their_order(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    for part in range(3):
        header = "order_id,product_id,ordered_at" if part % 2 else "product_id,order_id,ordered_at"
        rows = [
            f"{part * 100_000 + n},P,2024-01-01" if part % 2 else f"P,{part * 100_000 + n},2024-01-01"
            for n in range(100_000)
        ]
        (raw / f"order_lines_{part}.csv").write_text("\n".join([header, *rows]))
    run = rendered_sources("files", raw)
    sql = "select count(*), count_if(cast(order_id as bigint) + 1 <> row_number) from sources.src_order_lines"
    assert run.rows(sql) == [(300_000, 0)]
