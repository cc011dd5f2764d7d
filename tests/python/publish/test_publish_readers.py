"""Readers that loop over all tables during twenty publications see no error and no mixture of runs."""

from customer_insight.publish.postgres import publish_postgres
from customer_insight.publish.publication import publish_files
from made_warehouse import make_warehouse
from reading import reader

MARKS = [f"build {number}" for number in range(21)]


def check(told):
    assert told["errors"] == []
    assert set(told["marks"]) <= set(MARKS)
    # in order, and not just the first or the last
    assert told["marks"] == sorted(told["marks"], key=MARKS.index)
    assert len(told["marks"]) >= 5
    assert told["loops"] >= 10


def test_readers_of_files_see_whole_runs(tmp_path):
    files = [make_warehouse(tmp_path / f"{mark}.duckdb", mark) for mark in MARKS]
    folder = tmp_path / "published"
    publish_files(files[0], folder, 3)
    with reader("views", str(folder), tmp_path) as of_views, reader("copy", str(folder), tmp_path) as of_copy:
        for file in files[1:]:
            publish_files(file, folder, 3)
    check(of_views[0])
    check(of_copy[0])


def test_readers_of_postgresql_see_whole_runs(tmp_path, database):
    files = [make_warehouse(tmp_path / f"{mark}.duckdb", mark) for mark in MARKS]
    runs = [publish_files(file, tmp_path / "published", len(files)) for file in files]
    publish_postgres(runs[0], database.uri, 3)
    with reader("postgres", database.uri, tmp_path) as told:
        for run in runs[1:]:
            publish_postgres(run, database.uri, 3)
    check(told[0])
