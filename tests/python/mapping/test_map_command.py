"""`customer-insight map`: what it writes and says, what it keeps, and that an open question stops what comes after."""

import random
import shutil

import pytest
from customer_insight.commands.cli import main
from customer_insight.commands.raw_files import RawFile
from customer_insight.commands.raw_input import inspect
from customer_insight.commands.raw_tables import tables_of
from customer_insight.mapping.file_tables import FileTable, tables_in
from customer_insight.mapping.known_systems import of_known_systems
from customer_insight.mapping.mapping_file import Entry
from customer_insight.mapping.mapping_text import text_of
from customer_insight.mapping.proposal import propose
from customer_insight.mapping.samples import Sample
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from odd_files import CASES, ENGLISH, PLAIN, rows_of, write_csv
from source_warehouse import ROOT
from test_odd_files import DESCRIBED, SQL
from true_shop import lines

TABLES = SQL.call("files_raw_tables")
SYSTEMS = {name: SQL.call("raw_tables", name) for name in SQL.vars["source_tables"] if name not in ("demo", "files")}


@pytest.fixture
def call(monkeypatch, capsys):
    """Exit code and output of a verb."""
    monkeypatch.chdir(ROOT)
    for name in ("SOURCE", "RAW", "WAREHOUSE"):
        monkeypatch.setenv(f"CUSTOMER_INSIGHT_{name}", "")

    def called(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out + err

    return called


def test_it_says_what_each_file_is_shows_rows_and_the_next_command(tmp_path, call):
    CASES["line_totals"](tmp_path)
    code, said = call("map", "--raw", tmp_path)
    assert code == 0, said
    for part in [
        "sales.csv: order_lines, for orders with products (all 151 rows looked at)",
        "unit_price is `Line Amount`: more pieces cost as many times more: it is of the line",
        "order_id = Order No, product_id = Item Code, ordered_at = Order Date",
        "R5000     SKU-23",
        f"Written: {tmp_path}/mapping.yml",
        "1 question is open; write each answer into mapping.yml:",
        "In which time zone are the times of sales.csv, which say none?",
        f"check --source files --raw {tmp_path}",
    ]:
        assert part in said, said


def test_an_open_question_stops_the_check_with_its_sentence_and_an_answer_lets_it_go(tmp_path, call):
    CASES["dates_that_show_nothing"](tmp_path)
    call("map", "--raw", tmp_path)
    code, said = call("check", "--source", "files", "--raw", tmp_path)
    assert code == 1
    assert f"{tmp_path}/mapping.yml: a question is open: Which stands first in the dates of sales.csv" in said
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(mapping.read_text().replace("answer:", "answer: day_first"))
    code, said = call("check", "--source", "files", "--raw", tmp_path)
    assert code == 0, said
    assert f"rows: {len(lines(last_day=12, sorted_by_time=False))}, from 2024-01-" in said
    assert "Not read" not in said


def test_settings_answer_for_all_files_and_are_said_again(tmp_path, call):
    CASES["shuffled"](tmp_path)
    code, said = call("map", "--raw", tmp_path, "--set", "time_zone=Europe/Berlin")
    assert code == 0
    assert "question" not in said
    assert "--set time_zone=Europe/Berlin" in said.splitlines()[-1]
    assert "time_zone: Europe/Berlin" in (tmp_path / "mapping.yml").read_text()


def test_a_mapping_that_is_there_is_kept(tmp_path, call):
    CASES["german"](tmp_path)
    call("map", "--raw", tmp_path)
    first = (tmp_path / "mapping.yml").read_bytes()
    code, said = call("map", "--raw", tmp_path)
    assert code == 0
    assert "stays as it is" not in said
    assert (tmp_path / "mapping.yml").read_bytes() == first
    (tmp_path / "mapping.yml").write_text("version: 1\ntables: {}\n")
    code, said = call("map", "--raw", tmp_path)
    assert "stays as it is; what it would be now is in mapping.new.yml. --force writes it anew." in said
    assert (tmp_path / "mapping.yml").read_text() == "version: 1\ntables: {}\n"
    assert (tmp_path / "mapping.new.yml").read_bytes() == first
    call("map", "--raw", tmp_path, "--force")
    assert (tmp_path / "mapping.yml").read_bytes() == first


def test_what_is_not_there_or_no_table_is_said(tmp_path, call):
    assert call("map", "--raw", tmp_path / "none") == (
        1,
        f"{tmp_path}/none: expected the raw data, found nothing at this path; check its spelling\n",
    )
    code, said = call("map", "--raw", tmp_path)
    assert code == 1
    assert "expected csv, tsv, json lines" in said
    (tmp_path / "weather.csv").write_text("place,degrees\nBonn,7\nKiel,8\n")
    code, said = call("map", "--raw", tmp_path)
    assert code == 1
    assert "weather.csv: taken for nothing" in said
    assert "Nothing is mapped. Expected order lines" in said
    (tmp_path / "words.txt").write_text("one\ntwo\n")
    (tmp_path / "latin.csv").write_bytes("Bestellung;Größe\n1;2\n".encode("latin-1"))
    code, said = call("map", "--raw", tmp_path)
    assert (
        "words.txt: expected columns separated by comma, semicolon, tab, bar, found one field a line; export it so"
        in said
    )
    assert "latin.csv: expected UTF-8 text, found a byte that is not UTF-8 on line 1" in said


def test_files_of_a_known_system_are_read_with_its_source(tmp_path, call):
    header = "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session"
    (tmp_path / "log.csv").write_text(f"{header}\n2019-10-01 00:00:00 UTC,view,1,2,a.b,c,3.5,4,5\n")
    code, said = call("map", "--raw", tmp_path)
    assert code == 1
    assert "log.csv: it looks like event_log of rees46: read it with --source rees46" in said
    code, said = call("map", "--raw", tmp_path, "--force")
    assert code == 0
    assert "log.csv: events" in said


def test_a_file_with_names_that_anybody_uses_is_mapped_and_the_system_it_resembles_is_a_remark(tmp_path, call):
    rows = "".join(
        f"{line.order_id},{line.at:%Y-%m-%d},paid,{line.email},{line.product_name},{line.product},{line.quantity},"
        f"{line.price},{line.total}\n"
        for line in lines()
    )
    (tmp_path / "orders.csv").write_text(f"Order ID,Date,Status,Email,Product,SKU,Quantity,Price,Total\n{rows}")
    code, said = call("map", "--raw", tmp_path)
    assert code == 0, said
    assert (
        "orders.csv: it looks like orders of woocommerce: read it with --source woocommerce, if that wrote it" in said
    )
    assert "unit_price is `Price`: `Quantity` x `Price` is `Total`" in said
    assert "customer_id = Email" in said
    assert "question" not in said


@pytest.mark.parametrize(("system", "described"), SYSTEMS.items())
def test_a_file_with_the_needed_columns_of_a_system_and_some_more_is_left_to_it(system, described):
    for table in tables_of(described):
        if not table.by_header:
            continue
        header = [spellings[0] for spellings in table.columns.values()]
        found = FileTable(
            Entry("one.csv"), RawFile("one.csv", "csv", 1, header, [""] * len(header)), Sample(header, [])
        )
        known, remarks = of_known_systems([found], SYSTEMS)
        assert list(known) == ["one.csv"], (table.name, remarks)


def test_decimal_commas_without_quotes_are_told_from_a_title(tmp_path, call):
    (tmp_path / "lines.csv").write_text("order_id,sku,price\n" + "1,P,3,50\n" * 30)
    _, said = call("map", "--raw", tmp_path)
    assert "expected 3 fields in each row, as in the header, found 4 in most; is a decimal comma written" in said


def test_a_copy_of_a_file_is_not_read_twice_and_one_that_repeats_orders_is_asked_about(tmp_path, call):
    CASES["german"](tmp_path)
    CASES["spreadsheet"](tmp_path)
    shutil.copy(tmp_path / "export.csv", tmp_path / "backup.csv")
    _, said = call("map", "--raw", tmp_path)
    assert "export.csv: the same rows as in backup.csv, so it is not read" in said
    assert "Orders of backup.csv stand in sales.xlsx, too: are both read, or only the first?" in said


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("{files: gone.csv, columns: {order_id: a, product_id: b, ordered_at: c}}", "expected files called gone.csv"),
        (
            "{files: sales.csv, columns: {order_id: Nr, product_id: b, ordered_at: c}}",
            "expected a column `Nr` in sales.csv",
        ),
        ("{files: sales.csv, columns: {order_id: Order No}}", "among its columns, which each row of order_lines needs"),
        (
            "{files: sales.csv, columns: {ordr: Order No}}",
            "there is no column ordr of order_lines; the columns are order_id",
        ),
        (
            "{files: sales.csv, time_zone: Berlin, "
            "columns: {order_id: Order No, product_id: Item Code, ordered_at: Order Date}}",
            "expected time_zone as an IANA name such as Europe/Berlin, found `Berlin`",
        ),
    ],
)
def test_a_mapping_that_does_not_fit_its_files_is_said(tmp_path, said, expected):
    CASES["shuffled"](tmp_path)
    (tmp_path / "mapping.yml").write_text(f"version: 1\ntables: {{order_lines: [{said}]}}\n")
    (problem,) = [problem for finding in inspect(str(tmp_path), TABLES) for problem in finding.problems]
    assert problem.startswith(f"{tmp_path}/mapping.yml: order_lines, entry 1: ")
    assert expected in problem


def test_a_single_file_has_its_mapping_beside_it(tmp_path):
    CASES["german"](tmp_path)
    CASES["reviews"](tmp_path)
    mapping = propose(tables_in(tmp_path)[0], DESCRIBED, {"time_zone": "UTC"}).mapping
    (tmp_path / "mapping.yml").write_text(text_of(mapping), encoding="utf-8")
    findings = {finding.table: finding for finding in inspect(str(tmp_path / "export.csv"), TABLES)}
    assert [path.rpartition("/")[2] for path in findings["order_lines"].paths] == ["export.csv"]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.randoms(use_true_random=False))
def test_the_order_of_columns_and_files_changes_nothing(tmp_path_factory, chance):
    def mapped(columns, names):
        folder = tmp_path_factory.mktemp("order")
        for name, made in zip(names, (lines()[:70], lines()[70:]), strict=True):
            values = {column: PLAIN[column] for column in columns}
            write_csv(folder / name, [ENGLISH[column] for column in columns], rows_of(made, values))
        CASES["orders_and_their_lines"](folder)
        return text_of(propose(tables_in(folder)[0], DESCRIBED, {}).mapping)

    shuffled = random.Random(chance.random()).sample(list(PLAIN), len(PLAIN))
    assert mapped(shuffled, ["part_1.csv", "part_2.csv"]) == mapped(list(PLAIN), ["part_1.csv", "part_2.csv"])


def test_a_day_and_its_time_are_said_as_people_would(tmp_path, call):
    CASES["day_and_time_apart"](tmp_path)
    _, said = call("map", "--raw", tmp_path)
    assert "ordered_at = Datum + Uhrzeit, " in " ".join(said.split())
