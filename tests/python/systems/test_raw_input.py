"""What the check says of raw input that cannot be read: the file, what was expected, what was found, how to mend it."""

import gzip
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from customer_insight.commands import raw_files, raw_input
from customer_insight.commands.dbt_plugin import check_raw_input
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.commands.raw_places import table_of
from customer_insight.commands.raw_report import outside, unread_files
from source_warehouse import ROOT, build_sources, canonical_tables

TABLES = {
    name: {"needed": name in ("order_lines", "events"), "columns": {c: c.rstrip("*") for c in columns}}
    for name, columns in canonical_tables().items()
}
HEADER = b"order_id,product_id,ordered_at\n"
GOOD = HEADER + b"A1,P1,2024-07-01\n"


SYSTEMS = ProjectSql(ROOT, {}).call("raw_tables_of_other_systems")


def problems(raw, tables=TABLES, full=True):
    request = {"sources": [{"source_system": "files", "raw_path": str(raw), "tables": tables}]}
    request |= {"settings": {}, "given": [], "known": [], "full": full}
    request["systems"] = SYSTEMS
    return json.loads(check_raw_input(json.dumps(request)))["problems"]


def written(folder, **files):
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)
    return folder


def test_good_input_has_no_problem(tmp_path):
    assert problems(written(tmp_path, order_lines__csv=GOOD)) == ""


def test_a_folder_of_exports_as_they_came_is_told_by_its_headers(tmp_path):
    header = b"Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem price\n"
    said = problems(written(tmp_path, orders_export_1__csv=header, notes__csv=b"nothing\n"))
    assert "expected order_lines or events" in said
    assert "orders_export_1.csv: it looks like orders of shopify: read it with --source shopify" in said
    assert "notes.csv:" not in said


def test_a_header_without_rows_is_fine(tmp_path):
    assert problems(written(tmp_path, order_lines__csv=HEADER)) == ""
    assert problems(written(tmp_path, order_lines__csv=HEADER.rstrip())) == ""


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("delimiter", [b",", b";", b"\t", b"|"])
def test_every_delimiter_and_line_end_is_found(tmp_path, delimiter, line_end):
    content = b"\xef\xbb\xbf" + GOOD.replace(b",", delimiter).replace(b"\n", line_end)
    assert problems(written(tmp_path, order_lines__csv=content)) == ""


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (b"", ["order_lines.csv", "zero bytes", "export it again"]),
        (b"\nA1,P1\n", ["blank line", "remove it"]),
        (b"order_id^product_id^ordered_at\n", ["comma, semicolon, tab, bar", "one field", "export it with commas"]),
        (b"A1 P1 2024-07-01\n", ["one field", "add the header line"]),
        (b"order_id,Produkt,ordered_at\n", ["required column product_id", "found order_id, Produkt, ordered_at"]),
        (
            b"order_id,product_ids,ordered_at\n",
            ["required column product_id", "is `product_ids` for product_id meant?"],
        ),
        (
            b"order_id,Order Date,price\n",
            ["required columns product_id and ordered_at", "is `Order Date` for ordered_at meant?"],
        ),
        (b"order_id,unlike,other\n", ["required columns product_id and ordered_at", "add it to the export"]),
        (b"order_id,product_id,ordered_at, ORDER_ID\n", ["one column order_id, found 2", "remove all but one"]),
        (
            HEADER + b"A1,caf\xe9,2024-07-01\n",
            [
                "not UTF-8 on line 2 (byte 38",
                "WINDOWS-1252 -t UTF-8 order_lines.csv > utf8.tmp && mv utf8.tmp order_lines.csv",
            ],
        ),
        (HEADER + b"A1,P1,\xe2\x82", ["not UTF-8 on line 2"]),
        (
            GOOD.decode().encode("utf-16"),
            ["UTF-16", "iconv -f UTF-16 -t UTF-8 order_lines.csv > utf8.tmp && mv utf8.tmp order_lines.csv"],
        ),
        (b"PK\x03\x04 and so on", ["a zip archive or an Excel workbook", "save it as CSV"]),
        (b"\x1f\x8b and so on", ["gzip"]),
        (b"PAR1 and so on PAR1", ["a Parquet file", "right name"]),
        (HEADER + b'A1,"P1,2024-07-01\nA2,P2,2024-07-02\n', ["never ends", "line 2"]),
    ],
)
def test_a_csv_that_is_not_one_is_named(tmp_path, content, parts):
    message = problems(written(tmp_path, order_lines__csv=content))
    assert message.count("\n") == 0
    for part in [str(tmp_path / "order_lines.csv"), "expected", "found", *parts]:
        assert part in message


def test_a_packed_text_is_unpacked_before_it_is_converted(tmp_path):
    (tmp_path / "order_lines.csv.gz").write_bytes(gzip.compress(HEADER + b"A1,caf\xe9,2024-07-01\n"))
    said = "gunzip order_lines.csv.gz && iconv -f WINDOWS-1252 -t UTF-8 order_lines.csv > utf8.tmp && mv utf8.tmp"
    assert f"{said} order_lines.csv" in problems(tmp_path)


def test_a_lone_quote_inside_a_field_is_no_open_quote(tmp_path):
    assert problems(written(tmp_path, order_lines__csv=GOOD + b'A2,12" plate,2024-07-01\n')) == ""


def test_the_first_byte_that_is_not_utf8_is_counted_across_blocks(tmp_path, monkeypatch):
    monkeypatch.setattr(raw_files, "BLOCK_BYTES", 7)
    content = HEADER + "é€😀\n".encode() * 5 + b"\xe2\x82\n"
    message = problems(written(tmp_path, order_lines__csv=content))
    assert f"on line 7 (byte {len(content) - 2} of the file)" in message


def test_an_endless_line_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(raw_files, "MAX_LINE_BYTES", 1 << 20)
    monkeypatch.setattr(raw_files, "BLOCK_BYTES", 1 << 16)
    message = problems(written(tmp_path, order_lines__csv=GOOD + b"x" * (2 << 20)))
    assert "at most 1 MB" in message
    assert "line 3" in message


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("text", ["expected a Parquet file", "right name"]),
        ("cut", ["whole Parquet file", "cut off after 200 bytes", "copy or export it again"]),
        ("broken", ["cannot be read"]),
        ("empty", ["zero bytes"]),
        ("columns", ["required column ordered_at", "is `ordered` for ordered_at meant?"]),
        ("zip", ["Excel workbook"]),
    ],
)
def test_a_parquet_that_is_not_one_is_named(tmp_path, name, parts):
    path = tmp_path / "order_lines.parquet"
    table = pa.table({"order_id": ["A1"], "product_id": ["P1"], "ordered": ["2024-07-01"]})
    pq.write_table(table, path)
    whole = path.read_bytes()
    if name == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("x", "y")
    elif name != "columns":
        contents = {"text": GOOD, "cut": whole[:200], "broken": whole[:20] + b"PAR1", "empty": b""}
        path.write_bytes(contents[name])
    message = problems(tmp_path)
    for part in [str(path), *parts]:
        assert part in message


def test_all_problems_of_all_tables_come_at_once(tmp_path):
    written(tmp_path, order_lines__csv=b"order_id\n", events__csv=b"", customers__csv=b"email;city\n")
    lines = problems(tmp_path).split("\n")
    assert [line.split(": ")[0].split("/")[-1] for line in lines] == ["order_lines.csv", "events.csv", "customers.csv"]
    assert "required columns product_id and ordered_at, found order_id" in lines[0]


def test_neither_order_lines_nor_events(tmp_path):
    assert "found an empty folder" in problems(tmp_path)
    written(tmp_path, customers__csv=b"customer_id\nC1\n", order_line__csv=GOOD)
    message = problems(tmp_path)
    assert "expected order_lines or events" in message
    assert "found only customers; is order_line.csv meant? Then rename it" in message


def test_a_raw_path_that_is_missing_or_a_file_is_named(tmp_path):
    assert "raw_path is not set" in problems("")
    assert "found nothing at this path" in problems(tmp_path / "no")
    assert problems(written(tmp_path, order_lines__csv=GOOD) / "order_lines.csv") == ""
    message = problems(written(tmp_path, sold__csv=GOOD) / "sold.csv")
    assert "expected order_lines or events" in message
    assert "found sold.csv" in message


def test_a_table_in_two_places_and_files_that_cannot_be_read(tmp_path):
    written(tmp_path, order_lines__csv=GOOD, order_lines__parquet=b"", customers__docx=b"x")
    (tmp_path / "events").mkdir()
    written(tmp_path / "events", part__html=b"x")
    message = problems(tmp_path)
    assert "expected one place for order_lines, found order_lines.csv and order_lines.parquet" in message
    assert "expected files of events as csv, tsv, json lines" in message
    assert "found part.html" in message
    assert "expected customers as csv" in message
    assert "found customers.docx" in message


def test_files_of_a_table_that_tell_the_time_differently_are_named(tmp_path):
    folder = tmp_path / "events"
    folder.mkdir()
    for name, zone in {"a": "UTC", "b": None}.items():
        times = pa.array([1_719_828_000_000_000], pa.timestamp("us", zone))
        pq.write_table(
            pa.table({"occurred_at": times, "event_type": ["view"], "visitor_id": ["V1"]}), folder / f"{name}.parquet"
        )
    assert "b.parquet: expected occurred_at with a time zone as in a.parquet, found it without" in problems(tmp_path)


@pytest.mark.parametrize(
    ("header", "what"),
    [
        (
            b"Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku\n",
            "looks like orders of shopify",
        ),
        (
            b"InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n",
            "read it with --source online_retail",
        ),
    ],
)
def test_a_known_export_is_recognised_and_nothing_else_is_proposed(tmp_path, header, what):
    message = problems(written(tmp_path, order_lines__csv=header))
    assert what in message
    assert "rename" not in message


def test_the_made_shop_reads_no_files_and_says_whose_they_are(tmp_path):
    header = b"Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem price\n"
    written(tmp_path, mine__csv=header)
    source = {"source_system": "demo", "raw_path": str(tmp_path), "tables": {}}
    request = {"sources": [source], "settings": {}, "given": [], "known": [], "full": True, "systems": SYSTEMS}
    said = json.loads(check_raw_input(json.dumps(request)))["problems"]
    assert "the source demo is the made shop and reads no files; say with --source who wrote them" in said
    assert "mine.csv: it looks like orders of shopify" in said
    assert json.loads(check_raw_input(json.dumps(request | {"sources": [source | {"raw_path": ""}]})))["problems"] == ""


def test_an_archive_is_to_be_unpacked(tmp_path):
    assert problems(written(tmp_path, orders__zip=b"PK")).endswith("found orders.zip; unpack orders.zip")


def test_a_broken_gzip_is_named(tmp_path):
    columns = {"event_time*": "event_time", "event_type*": "event_type"}
    tables = {"event_log": {"files": "*", "needed": True, "columns": columns}}
    path = tmp_path / "log.csv.gz"
    path.write_bytes(gzip.compress(b"event_time,event_type\n" + b"2019-10-01,view\n" * 100_000)[:-2000])
    message = problems(tmp_path, tables)
    assert str(path) in message
    path.write_bytes(b"no gzip")
    assert "cannot be unpacked" in problems(tmp_path, tables)


def test_a_table_of_one_file_asks_for_one(tmp_path):
    columns = {"invoice*": "Invoice|InvoiceNo"}
    tables = {"invoice_lines": {"files": "*", "one_file": True, "needed": True, "columns": columns}}
    written(tmp_path, a__csv=b"InvoiceNo,x\n", b__csv=b"Invoice,x\n")
    assert "expected one file, found a.csv, b.csv" in problems(tmp_path, tables)
    assert problems(tmp_path / "a.csv", tables) == ""
    message = problems(written(tmp_path, c__csv=b"invoice_nr,x\n") / "c.csv", tables)
    assert "required column Invoice or InvoiceNo" in message


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("orders.csv", "orders"),
        ("Orders-Export (1).csv", "orders"),
        ("orders_export_2.csv", "orders"),
        ("EtsySoldOrders2023.csv", "sold"),
        ("sold.csv", "sold"),
        ("items_2023_01.csv", "items"),
        ("my_items.csv", ""),
        ("items_of_orders.csv", ""),
        ("reorders.csv", ""),
    ],
)
def test_files_are_called_after_their_table_or_by_its_patterns(tmp_path, name, table):
    names = {"orders": "orders|orders_export*", "sold": "etsysoldorders|sold", "items": "items"}
    assert table_of(tmp_path / name, names) == table
    # a column that many files have tells nothing
    columns = {"order_id*": "order_id", "product_id": "product_id", "ordered_at": "ordered_at"}
    tables = {each: {"files": files, "columns": columns} for each, files in names.items()}
    (tmp_path / name).write_bytes(GOOD)
    findings = raw_input.inspect(str(tmp_path), tables)
    assert [finding.table for finding in findings if finding.parts] == [table] * (table != "")
    assert unread_files(str(tmp_path), tables, findings).partition(" (")[0] == ("" if table else f"Not read: {name}")


SALES = {"files": "sales*", "needed": True, "columns": {"receipt*": "Receipt", "article*": "Article|SKU", "at": "At"}}
CLIENTS = {"files": "clients", "columns": {"client*": "Client", "article*": "Article", "name": "Name"}}
SHOP = {"sales": SALES, "clients": CLIENTS}


def read(raw, tables):
    return {f.table: [Path(p).name for p in f.paths] for f in raw_input.inspect(str(raw), tables) if f.parts}


def test_files_of_other_names_are_known_by_their_columns(tmp_path):
    sold = b"Receipt,sku,At\n1,P1,2024-07-01\n"
    written(tmp_path, a2__csv=sold, b__csv=sold.replace(b",", b";"), notes__csv=b"Receipt,text\n1,x\n", c__html=sold)
    assert problems(tmp_path, SHOP) == ""
    assert read(tmp_path, SHOP) == {"sales": ["a2.csv", "b.csv"]}
    assert read(tmp_path / "b.csv", SHOP) == {"sales": ["b.csv"]}
    # beside those that are called as they should be
    assert read(written(tmp_path, sales_2024__csv=sold), SHOP) == {"sales": ["a2.csv", "b.csv", "sales_2024.csv"]}
    (tmp_path / "more").mkdir()
    findings = raw_input.inspect(str(tmp_path), SHOP)
    assert unread_files(str(tmp_path), SHOP, findings) == (
        "Not read: c.html, more/ (put its files beside the others), notes.csv"
    )


def test_files_of_two_formats_are_refused_whatever_they_are_called(tmp_path):
    written(tmp_path, a__csv=b"Receipt,sku,At\n1,P1,2024-07-01\n", b__jsonl=b'{"Receipt": 1, "sku": "P1", "At": "x"}\n')
    assert "expected files of one format, found csv and json" in problems(tmp_path, SHOP)


def test_a_file_that_may_be_two_tables_is_the_one_of_which_it_has_more(tmp_path):
    written(tmp_path, a__csv=b"Receipt,Article,Client,Name\n", b__csv=b"Receipt,Article,Client,At\n")
    assert read(tmp_path, SHOP) == {"sales": ["b.csv"], "clients": ["a.csv"]}


def test_of_several_spellings_the_first_counts(tmp_path):
    raw = written(tmp_path, sales__csv=b"Receipt,SKU,Article,At\n1,P1,A1,2024-07-01\n")
    assert problems(raw, SHOP) == ""
    assert raw_input.find(str(raw), SHOP, "sales").columns["article"] == "Article"


@pytest.mark.parametrize(
    "names",
    [
        ["sales (9).csv", "sales (10).csv"],
        ["sales_2_1.csv", "sales_2_3.csv", "sales_2_11.csv"],
        ["sales-2023.9.csv", "sales-2023.10.csv", "sales-2024.1.csv"],
    ],
)
def test_numbers_in_the_names_of_files_are_numbers(tmp_path, names):
    written(tmp_path, **dict.fromkeys(reversed(names), b"Receipt,Article,At\n1,P1,2024-07-01\n"))
    assert read(tmp_path, SHOP) == {"sales": names}


def test_tables_in_our_names_are_known_by_their_names_alone(tmp_path):
    assert "expected order_lines or events" in problems(written(tmp_path, july__csv=GOOD))


def test_a_header_may_stand_below_lines_about_the_report(tmp_path):
    above = b'\xef\xbb\xbfSales report\n\nShop,"Receipt, Bern"\nFrom,1 July\n'
    raw = written(tmp_path, sales__csv=above + b"Receipt,Article,At\n1,P1,2024-07-01\n2,P2\n")
    assert problems(raw, SHOP) == ""
    (part,) = raw_input.find(str(raw), SHOP, "sales").parts
    assert (part.header, part.skip) == (["Receipt", "Article", "At"], 5)


def test_a_quoted_text_of_several_lines_above_a_header_is_to_be_removed(tmp_path):
    above = b'"Notes: one\ntwo",x,y\n\n'
    raw = written(tmp_path, sales__csv=above + b"Receipt,Article,At\n1,P1,2024-07-01\n")
    assert "found a quoted text of several lines there; remove what stands above the header" in problems(raw, SHOP)


def test_all_files_that_a_pattern_takes_are_one_table(tmp_path):
    raw = written(tmp_path, orders_export_2__csv=GOOD, orders_export_1__csv=GOOD, customers__csv=b"x\n")
    (finding,) = raw_input.inspect(str(raw), {"orders": TABLES["order_lines"] | {"files": "orders_export*"}})
    assert [Path(path).name for path in finding.paths] == ["orders_export_1.csv", "orders_export_2.csv"]


BUCKET = {
    "events": {"files": "part*|run*", "columns": {"id*": "id", "at": "at"}, "header": ["id", "at"], "quoted": False}
}


def test_files_of_a_bucket_lie_in_folders_and_have_no_ending(tmp_path):
    for name in ("run=2/part-0", "run=10/part-0.gz", "run=2/_tmp/part-9", "run=2/part-1.zip", "part-7", "LICENSE"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(b"1\t2024\n") if name.endswith(".gz") else b"1\t2024\n")
    assert read(tmp_path, BUCKET) == {}
    tables = {"events": BUCKET["events"] | {"in_bucket": True, "needed": True}}
    assert problems(tmp_path, tables) == ""
    findings = raw_input.inspect(str(tmp_path), tables)
    paths = [str(Path(path).relative_to(tmp_path)) for path in findings[0].paths]
    assert paths == ["part-7", "run=2/part-0", "run=10/part-0.gz"]
    assert unread_files(str(tmp_path), tables, findings) == "Not read: LICENSE"


def test_a_text_without_a_header_is_known_under_any_name(tmp_path):
    names = [f"field_{at}" for at in range(9)]
    columns = {f"{names[0]}*": names[0], f"{names[1]}*": names[1]}
    tables = {"events": BUCKET["events"] | {"columns": columns, "header": names}}
    written(tmp_path, a__tsv=b'1\t"x' + b"\t" * 7 + b"\n", b__tsv=b"1\t2\n")
    assert read(tmp_path, tables) == {"events": ["a.tsv"]}


def test_no_empty_name_is_proposed_for_a_column(tmp_path):
    tables = {"events": {"columns": {"told_at*": "told_at", "x_id*": "x_id"}}}
    message = problems(written(tmp_path, events__csv=b"a,,17,,,x\n"), tables)
    assert message.endswith("found a, 17, x; add it to the export")


def test_the_report_says_what_was_found_and_what_is_not_read(tmp_path):
    written(tmp_path, order_lines__csv=GOOD.replace(b"ordered_at", b"ordered_at,note"), custmers__csv=b"x")
    findings = raw_input.inspect(str(tmp_path), TABLES)
    told = outside(findings[0])
    assert told.startswith("order_lines: order_lines.csv, ")
    assert "columns: order_id, product_id, ordered_at; not read: note" in told
    unread = unread_files(str(tmp_path), TABLES, findings)
    assert unread == "Not read: custmers.csv (is customers meant?)"


def test_dbt_stops_before_anything_is_built(tmp_path):
    raw = written(tmp_path, order_lines__csv=b"order_id,product_id,Order Date\n")
    run = build_sources(tmp_path, "files", raw)
    assert not run.success
    assert "order_lines.csv: expected the column ordered_at" in run.output
    assert "Traceback" not in run.output
    assert run.rows("select count(*) from information_schema.tables where table_schema = 'sources'") == [(0,)]


def test_dbt_stops_at_a_raw_path_that_is_not_there(tmp_path):
    run = build_sources(tmp_path, "files", tmp_path / "no")
    assert not run.success
    assert "found nothing at this path" in run.output


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (b"1,P1,x\n2,P2,y\n", False),
        (b"1,P1,x\n,,\n", True),
        (b'1,P1,x\n"","",""\r\n2,P2,y', False),  # begins with a quote: it is refused like other rows without an order
        (b"1,P1,x\n , ,\r\n2,P2,y", False),
        (b",P1,x\n,P2,y\n,,", True),
        (b",P1,x\n,P2,y\n", False),
    ],
)
def test_blank_rows_are_looked_for(tmp_path, rows, found):
    raw = written(tmp_path, sales__csv=b"Receipt,Article,At\n" + rows)
    (part,) = raw_input.find(str(raw), SHOP, "sales").parts
    assert part.may_have_blank_rows is found
