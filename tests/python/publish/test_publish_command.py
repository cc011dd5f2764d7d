"""The verb, and a build that meets a reader of the warehouse file."""

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from customer_insight.commands.cli import main
from customer_insight.commands.project import CommandError
from customer_insight.commands.publish import published_folder
from customer_insight.commands.warehouse_lock import wait_for_warehouse
from made_warehouse import make_warehouse

HOLD = "import duckdb, sys, time; c = duckdb.connect(sys.argv[1], read_only=True); print('open', flush=True); "


@contextmanager
def holder(file, seconds):
    """Another process that reads the file for so long."""
    process = subprocess.Popen(
        [sys.executable, "-c", f"{HOLD}time.sleep({seconds})", str(file)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == "open\n"
        yield process
    finally:
        process.kill()
        process.wait()


def test_the_verb_publishes_beside_the_warehouse_or_where_it_is_told(warehouse, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("CUSTOMER_INSIGHT_PUBLISHED", raising=False)
    assert main(["publish", "--warehouse", str(warehouse)]) == 0
    run = (warehouse.parent / "published" / "current").resolve()
    assert f"Published run {run.name} (8 tables, 583 rows)" in capsys.readouterr().out
    assert main(["publish", "--warehouse", str(warehouse), "--to", str(tmp_path / "there")]) == 0
    assert (tmp_path / "there" / "current" / "views.duckdb").is_file()
    monkeypatch.setenv("CUSTOMER_INSIGHT_PUBLISHED", str(tmp_path / "elsewhere"))
    assert main(["publish", "--warehouse", str(warehouse)]) == 0
    assert (tmp_path / "elsewhere" / "customer_insight.duckdb").is_file()


def test_two_warehouses_in_one_folder_are_published_apart(monkeypatch):
    monkeypatch.delenv("CUSTOMER_INSIGHT_PUBLISHED", raising=False)
    assert published_folder(Path("/w/customer_insight.duckdb")) == Path("/w/published")
    assert published_folder(Path("/w/my_shop.duckdb")) == Path("/w/published_my_shop")


def test_the_number_of_runs_that_stay_is_a_setting(tmp_path, capsys):
    for number in range(3):
        file = make_warehouse(tmp_path / "customer_insight.duckdb", f"build {number}")
        assert main(["publish", "--warehouse", str(file), "--set", "published_runs=2"]) == 0
    assert len(list((tmp_path / "published" / "runs").iterdir())) == 2
    assert main(["publish", "--warehouse", str(file), "--set", "published_runs=0"]) == 1
    assert "published_runs: expected a whole number of at least 1, found 0" in capsys.readouterr().err
    assert main(["publish", "--warehouse", str(file), "--set", "publised_runs=2"]) == 1
    assert "did you mean published_runs?" in capsys.readouterr().err


def test_a_second_publication_into_the_folder_is_refused_while_one_is_at_work(warehouse, tmp_path, capsys):
    lock = tmp_path / "published" / ".lock"
    lock.parent.mkdir()
    held = f"import fcntl, time; f = open({str(lock)!r}, 'w'); fcntl.flock(f, fcntl.LOCK_EX); print('open', flush=True)"
    process = subprocess.Popen([sys.executable, "-c", f"{held}; time.sleep(60)"], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "open\n"
        assert main(["publish", "--warehouse", str(warehouse), "--to", str(lock.parent)]) == 1
    finally:
        process.kill()
        process.wait()
    assert "Another publication into" in capsys.readouterr().err
    assert main(["publish", "--warehouse", str(warehouse), "--to", str(lock.parent)]) == 0


def test_a_build_waits_for_a_reader_of_the_warehouse_file(warehouse, capsys):
    with holder(warehouse, 1):
        wait_for_warehouse(warehouse, 30)
    waited = capsys.readouterr().out.splitlines()
    assert len(waited) == 1
    assert waited[0].startswith("Waiting up to 30 s for process ")


def test_a_build_says_who_holds_the_warehouse_file_in_the_end(warehouse):
    with holder(warehouse, 60) as process, pytest.raises(CommandError) as caught:
        wait_for_warehouse(warehouse, 0.3)
    message = str(caught.value)
    assert message.startswith(f"{warehouse} is held open by process {process.pid} (")
    assert "duckdb.connect(sys.argv[1], read_only=True)" in message
    assert "not let go within 0.3 s" in message


def test_the_verb_build_gives_up_before_dbt_starts(warehouse, monkeypatch, capsys):
    monkeypatch.setenv("CUSTOMER_INSIGHT_LOCK_WAIT", "0.2")
    monkeypatch.setenv("CUSTOMER_INSIGHT_WAREHOUSE", str(warehouse))
    with holder(warehouse, 60):
        assert main(["build"]) == 1
    assert "is held open by process" in capsys.readouterr().err
    monkeypatch.setenv("CUSTOMER_INSIGHT_LOCK_WAIT", "long")
    with pytest.raises(CommandError, match="CUSTOMER_INSIGHT_LOCK_WAIT: expected seconds, found 'long'"):
        wait_for_warehouse(warehouse)


def test_a_file_that_is_free_or_not_there_or_no_warehouse_is_not_waited_for(warehouse, tmp_path, capsys):
    (tmp_path / "text.duckdb").write_text("no database at all, but longer than a header" * 99)
    for file in (warehouse, tmp_path / "none.duckdb", tmp_path / "text.duckdb"):
        wait_for_warehouse(file, 0)
    assert capsys.readouterr().out == ""
