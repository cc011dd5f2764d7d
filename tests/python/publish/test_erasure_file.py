import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.publish.erasure_file import (
    ErasureFileError,
    add_erasures,
    erasure_file,
    erasure_key,
    read_erasures,
)
from customer_insight.publish.id_key import KEY_VARIABLE
from customer_insight.publish.publication import publish_files
from customer_insight.publish.publish_errors import PublishError
from made_warehouse import make_warehouse

ROOT = Path(__file__).parents[3]
KEY, OTHER = "a" * 64, "b" * 64


def test_who_is_added_once_stays_with_the_first_day(tmp_path):
    warehouse = tmp_path / "shop.duckdb"
    anna, bo = erasure_key(KEY, "anna"), erasure_key(KEY, "bo")
    assert read_erasures(warehouse, KEY) == {}
    assert add_erasures(warehouse, KEY, [anna], "2025-01-01") == 1
    assert add_erasures(warehouse, KEY, [anna, bo], "2025-02-01") == 1
    assert read_erasures(warehouse, KEY) == {anna: "2025-01-01", bo: "2025-02-01"}
    assert stat.S_IMODE(erasure_file(warehouse).stat().st_mode) == 0o600
    assert not {"anna", KEY} & set(erasure_file(warehouse).read_text().split('"'))
    assert [file.name for file in tmp_path.iterdir()] == ["shop.erasures"]


def test_several_who_add_at_once_lose_nobody(tmp_path):
    names = [f"C{number}" for number in range(40)]

    def add(name):
        return add_erasures(tmp_path / "shop.duckdb", KEY, [erasure_key(KEY, name)], "2025-01-01")

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(add, names)) == len(names)
    assert set(read_erasures(tmp_path / "shop.duckdb", KEY)) == {erasure_key(KEY, name) for name in names}


def test_another_key_is_told_and_nothing_is_written(tmp_path):
    warehouse = tmp_path / "shop.duckdb"
    add_erasures(warehouse, KEY, [erasure_key(KEY, "anna")], "2025-01-01")
    before = erasure_file(warehouse).read_bytes()
    with pytest.raises(ErasureFileError, match="another key of ids"):
        add_erasures(warehouse, OTHER, [erasure_key(OTHER, "bo")], "2025-01-01")
    assert erasure_file(warehouse).read_bytes() == before


@pytest.mark.parametrize("told", ["", "[]", "{}", '{"erased": []}', '{"erased": {"anna": "2025-01-01"}}', "\x00"])
def test_what_is_no_such_file_is_told(tmp_path, told):
    erasure_file(tmp_path / "shop.duckdb").write_text(told)
    with pytest.raises(ErasureFileError, match="put a copy of it back"):
        read_erasures(tmp_path / "shop.duckdb", KEY)


def test_the_key_is_that_of_the_macro():
    sql = ProjectSql(ROOT, {}).call("erasure_key", "own_id")
    with duckdb.connect() as connection:
        connection.execute(f"set variable id_key = '{KEY}'")
        found = connection.execute(f"select {sql} from (values ('Änna:7')) as t(own_id)").fetchall()
    assert found == [(erasure_key(KEY, "Änna:7"),)]


def test_the_file_can_be_read_by_its_owner_as_what_it_is(tmp_path):
    add_erasures(tmp_path / "shop.duckdb", KEY, [erasure_key(KEY, "anna")], "2025-01-01")
    assert set(json.loads(erasure_file(tmp_path / "shop.duckdb").read_text())) == {"key_check", "erased"}


def test_whom_the_build_still_knows_is_not_published(tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    warehouse = make_warehouse(tmp_path / "my_shop.duckdb")
    add_erasures(warehouse, KEY, [erasure_key(KEY, "C2")], "2025-01-01")  # erased in the build, too
    publish_files(warehouse, tmp_path / "published", kept_runs=2)
    add_erasures(warehouse, KEY, [erasure_key(KEY, "C3")], "2025-01-01")
    with pytest.raises(PublishError, match="have been erased since its build"):
        publish_files(warehouse, tmp_path / "published", kept_runs=2)
