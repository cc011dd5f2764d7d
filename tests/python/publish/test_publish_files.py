"""What readers find in the folder, and that nothing private is in it."""

import hashlib
import json
import os
import stat

import duckdb
import pyarrow.parquet as pq
import pytest
from customer_insight.publish.publication import publish_files
from customer_insight.publish.publish_errors import PublishError
from customer_insight.publish.result_tables import PAGE_COLUMNS, PERSONAL_COLUMNS
from customer_insight.publish.run_folders import RunFolders
from made_warehouse import KEYS, ODD_NAME, ODD_TEXT, TABLES, make_warehouse, odd_names

PUBLIC = {"shop", "segments", "recommendations", "predictions", "quality"}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "published"


@pytest.fixture
def published(warehouse, folder):
    return publish_files(warehouse, folder, 3)


def catalog(file):
    """Tables or views, columns and their comments, of one DuckDB file."""
    with duckdb.connect(str(file), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name, comment from duckdb_tables() union all"
            " select schema_name || '.' || view_name, comment from duckdb_views() where not internal"
        ).fetchall()
        columns = connection.execute(
            "select schema_name || '.' || table_name, column_name, data_type, comment from duckdb_columns()"
            " where not internal order by 1, column_index"
        ).fetchall()
    return dict(tables), columns


@pytest.mark.parametrize("name", ["current/views.duckdb", "customer_insight.duckdb"])
def test_every_result_table_is_there_with_rows_types_and_descriptions_and_nothing_else(warehouse, published, name):
    file = published.folder.parents[1] / name
    tables, columns = catalog(file)
    assert tables == {table: f"What {table.split('.')[1]} are." for table in TABLES}
    built = [column for column in catalog(warehouse)[1] if column[0] in TABLES and column[1] not in PERSONAL_COLUMNS]
    assert columns == built
    with duckdb.connect(str(file), read_only=True) as connection:
        connection.execute(f"attach '{warehouse}' as built (read_only)")
        for table in TABLES:
            names = ", ".join(each[1] for each in columns if each[0] == table and each[1] not in PAGE_COLUMNS)
            there, was = f"select {names} from {table}", f"select {names} from built.{table}"
            unlike = f"({there} except all {was}) union all ({was} except all {there})"
            assert connection.execute(unlike).fetchall() == []


def test_primary_keys_travel_into_the_copy_and_into_parquet(published):
    with duckdb.connect(str(published.folder.parents[1] / "customer_insight.duckdb"), read_only=True) as connection:
        keys = connection.execute(
            "select schema_name || '.' || table_name, array_to_string(constraint_column_names, ', ')"
            " from duckdb_constraints() where constraint_type = 'PRIMARY KEY'"
        ).fetchall()
    assert dict(keys) == KEYS
    metadata = pq.read_metadata(published.folder / "shop" / "orders.parquet").metadata
    assert metadata[b"description"] == b"What orders are."
    assert json.loads(metadata[b"primary_key"]) == ["order_id"]
    assert json.loads(metadata[b"column_descriptions"])["run_id"] == "The build."


# what the made customers are called and have, and schemas that nobody reads
PRIVATE = (
    *(b"example.com", b"+49 170", b"Berlin", b"Rosalind", b"Ekblad", b"ZZ98 7QX"),
    *(b"stg_customers", b"ml_segments", b"row_json"),
)


def test_nothing_published_holds_personal_data_or_private_schemas(published):
    root = published.folder.parents[1]
    for file in root.rglob("*"):
        if file.is_file() and not file.is_symlink():
            content = file.read_bytes()
            for private in PRIVATE:
                # the address of another site is no personal data
                assert private not in content.replace(b"https://x.example/", b""), (file, private)
    schemas = {name.split(".")[0] for name in catalog(root / "customer_insight.duckdb")[0]}
    assert schemas == PUBLIC


def test_page_addresses_end_before_their_query(published):
    table = pq.read_table(published.folder / "shop" / "sessions.parquet")
    assert table["entry_page"][0].as_py() == "/p/0"
    assert table["referrer"][0].as_py() == "https://x.example/"


def test_the_manifest_names_rows_and_checksums_of_every_file(published):
    content = json.loads((published.folder / "manifest.json").read_text())
    assert content["run"] == published.name == published.folder.name
    assert content["as_of"] == "2025-02-01 00:00:00"
    assert [f"{each['schema']}.{each['table']}" for each in content["tables"]] == TABLES
    for each in content["tables"]:
        file = published.folder / each["file"]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == each["sha256"]
        assert (file.stat().st_size, pq.read_metadata(file).num_rows) == (each["bytes"], each["rows"])


def test_the_same_content_gives_the_same_run_and_other_content_another(tmp_path, published):
    again = publish_files(make_warehouse(tmp_path / "again.duckdb"), tmp_path / "elsewhere", 3)
    other = publish_files(make_warehouse(tmp_path / "other.duckdb", "build 2"), tmp_path / "elsewhere", 3)
    assert again.name == published.name != other.name
    assert again.name.startswith("20250201_")
    assert (again.folder / "manifest.json").read_bytes() == (published.folder / "manifest.json").read_bytes()


def test_published_files_are_read_only_and_duckdb_1_x_opens_them(published):
    root = published.folder.parents[1]
    files = [file for file in published.folder.rglob("*") if file.is_file()] + [root / "customer_insight.duckdb"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o444}
    for file in (published.folder / "views.duckdb", root / "customer_insight.duckdb"):
        with duckdb.connect(str(file), read_only=True) as connection:
            tags = connection.execute("select tags from duckdb_databases() where not internal").fetchall()[0][0]
        # bytes 8 to 12 are the magic, the eight after them the storage version; 65 is that of DuckDB 1.2
        header = file.read_bytes()[:20]
        assert header[8:12] == b"DUCK"
        assert int.from_bytes(header[12:20], "little") <= 65
        assert tags["storage_version"].startswith("v1.2.0")
    assert sorted(each.name for each in root.iterdir()) == [".lock", "current", "customer_insight.duckdb", "runs"]


def test_as_many_runs_stay_as_wanted_and_the_current_one_is_the_last(tmp_path, folder):
    names = []
    for number in range(5):
        file = make_warehouse(tmp_path / "w.duckdb", f"build {number}")
        names.append(publish_files(file, folder, 2).name)
    assert {run.name for run in (folder / "runs").iterdir()} == set(names[-2:])
    assert os.readlink(folder / "current") == f"runs/{names[-1]}"
    back = publish_files(make_warehouse(tmp_path / "w.duckdb", "build 3"), folder, 1)
    assert back.name == names[3]
    assert [run.name for run in (folder / "runs").iterdir()] == [names[3]]


def published_before_there_were_marks(tmp_path, folder, runs):
    """Names of so many runs, the first first, as a version without marks left them."""
    names = []
    for number in range(runs):
        names.append(publish_files(make_warehouse(tmp_path / "w.duckdb", f"build {number}"), folder, runs).name)
    for age, name in enumerate(reversed(names)):
        run = folder / "runs" / name
        (run / ".published").unlink()
        os.utime(run, (1_700_000_000 - age, 1_700_000_000 - age))
    return names


def test_runs_without_marks_stay_and_go_in_the_order_of_their_publication(tmp_path, folder):
    names = published_before_there_were_marks(tmp_path, folder, 5)
    half = folder / "runs" / "20250201_00000000000a"
    half.mkdir()
    for number, kept in ((5, 4), (6, 3)):
        names.append(publish_files(make_warehouse(tmp_path / "w.duckdb", f"build {number}"), folder, kept).name)
        assert {run.name for run in (folder / "runs").iterdir()} == set(names[-kept:])


def test_runs_without_marks_survive_a_kill_while_they_are_marked(tmp_path, folder, monkeypatch):
    names = published_before_there_were_marks(tmp_path, folder, 4)
    with monkeypatch.context() as killed:
        killed.setattr(RunFolders, "_mark_current", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            publish_files(make_warehouse(tmp_path / "w.duckdb", "build 4"), folder, 5)
    (folder / "runs" / names[1] / ".published").unlink()
    names.append(publish_files(make_warehouse(tmp_path / "w.duckdb", "build 4"), folder, 5).name)
    assert {run.name for run in (folder / "runs").iterdir()} == set(names)


def test_a_whole_run_that_was_never_current_is_not_kept_whether_there_was_a_run_before_or_none(
    tmp_path, folder, monkeypatch
):
    for number in range(2):
        file = make_warehouse(tmp_path / "w.duckdb", f"unseen {number}")
        with monkeypatch.context() as killed:
            killed.setattr(RunFolders, "switch", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                publish_files(file, folder, 3)
        assert len(list((folder / "runs").glob("*/manifest.json"))) == number + 1
        publish_files(make_warehouse(tmp_path / "w.duckdb", "build"), folder, 3)
        assert [run.name for run in (folder / "runs").iterdir()] == [os.readlink(folder / "current")[5:]]


def test_a_reader_of_an_opened_run_stays_with_it(tmp_path, warehouse, folder):
    publish_files(warehouse, folder, 3)
    with duckdb.connect(str(folder / "current" / "views.duckdb"), read_only=True) as reader:
        publish_files(make_warehouse(tmp_path / "w.duckdb", "build 2"), folder, 3)
        for table in TABLES:
            assert reader.execute(f"select distinct run_id from {table}").fetchall() == [("build 1",)]


def test_a_log_beside_the_copy_is_not_replayed_into_the_new_one(warehouse, folder):
    folder.mkdir()
    (folder / "customer_insight.duckdb.wal").write_bytes(b"of another file")
    publish_files(warehouse, folder, 3)
    assert not (folder / "customer_insight.duckdb.wal").exists()
    assert len(catalog(folder / "customer_insight.duckdb")[0]) == len(TABLES)


def test_names_and_texts_cannot_break_out_of_their_quotes(tmp_path, folder):
    file = make_warehouse(tmp_path / 'it\'s "odd".duckdb', extra=odd_names())
    published = publish_files(file, folder.with_name("pub'lished; drop"), 3)
    for name in ("current/views.duckdb", "customer_insight.duckdb"):
        tables, columns = catalog(published.folder.parents[1] / name)
        assert tables[f"shop.{ODD_NAME}"] == ODD_TEXT
        assert (f"shop.{ODD_NAME}", ODD_NAME, "VARCHAR", ODD_TEXT) in columns
        assert len(tables) == len(TABLES) + 1


def test_an_empty_shop_is_published_with_empty_tables(tmp_path, folder):
    file = make_warehouse(tmp_path / "w.duckdb", extra="; ".join(f"delete from {table}" for table in TABLES))
    published = publish_files(file, folder, 3)
    assert (published.rows, len(published.files)) == (0, len(TABLES))
    assert published.name.startswith("undated_")


def test_nothing_is_published_of_a_warehouse_whose_last_build_was_not_green(tmp_path, warehouse, folder):
    first = publish_files(warehouse, folder, 3)
    for extra in ("", "drop table intermediate.last_build"):
        file = make_warehouse(tmp_path / "red.duckdb", "build 2", green=False, extra=extra)
        with pytest.raises(PublishError, match="was not complete, or a test failed; nothing is published"):
            publish_files(file, folder, 3)
    assert os.readlink(folder / "current") == f"runs/{first.name}"


def test_what_cannot_be_published_is_said_in_a_sentence(tmp_path, warehouse, folder):
    with pytest.raises(PublishError, match=r"There is no warehouse .*none\.duckdb; build it first"):
        publish_files(tmp_path / "none.duckdb", folder, 3)
    (tmp_path / "file").touch()
    with pytest.raises(PublishError, match=r"cannot be written: Not a directory\."):
        publish_files(warehouse, tmp_path / "file" / "published", 3)
    with duckdb.connect(str(tmp_path / "empty.duckdb")) as connection:
        connection.execute("create schema intermediate; create table intermediate.last_build as select true is_green")
    with pytest.raises(PublishError, match="no result tables"):
        publish_files(tmp_path / "empty.duckdb", folder, 3)


def test_what_lies_above_or_beside_belongs_to_others(warehouse, tmp_path):
    above = tmp_path / "private"
    other = above / "published" / "runs" / "experiment"
    other.mkdir(parents=True)
    (above / "published" / "runs" / ".DS_Store").write_text("x")
    above.chmod(0o700)
    publish_files(warehouse, above / "published", 1)
    publish_files(warehouse, above / "published", 1)
    assert stat.S_IMODE(above.stat().st_mode) == 0o700
    assert other.is_dir()
