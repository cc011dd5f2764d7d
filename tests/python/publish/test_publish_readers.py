"""Readers that loop over all tables during twenty publications see no error and no mixture of runs.

With each push during eight.
"""

import pytest
from customer_insight.publish.postgres import publish_postgres
from customer_insight.publish.publication import publish_files
from made_warehouse import make_warehouse
from reading import reader


@pytest.fixture(params=[8, pytest.param(20, marks=pytest.mark.long)])
def marks(request):
    """Of the run that there is at first, and of each publication."""
    return [f"build {number}" for number in range(request.param + 1)]


def check(told, marks):
    assert told["errors"] == []
    assert set(told["marks"]) <= set(marks)
    # in order, and not just the first or the last
    assert told["marks"] == sorted(told["marks"], key=marks.index)
    assert len(told["marks"]) >= len(marks) // 4
    assert len(told["marks"]) > 2
    assert told["loops"] >= 10


def test_readers_of_files_see_whole_runs(tmp_path, marks):
    files = [make_warehouse(tmp_path / f"{mark}.duckdb", mark) for mark in marks]
    folder = tmp_path / "published"
    publish_files(files[0], folder, 3)
    with reader("views", str(folder), tmp_path) as of_views, reader("copy", str(folder), tmp_path) as of_copy:
        for file in files[1:]:
            publish_files(file, folder, 3)
    check(of_views[0], marks)
    check(of_copy[0], marks)


def test_readers_of_postgresql_see_whole_runs(tmp_path, database, marks):
    files = [make_warehouse(tmp_path / f"{mark}.duckdb", mark) for mark in marks]
    runs = [publish_files(file, tmp_path / "published", len(files)) for file in files]
    publish_postgres(runs[0], database.uri, 3)
    with reader("postgres", database.uri, tmp_path) as told:
        for run in runs[1:]:
            publish_postgres(run, database.uri, 3)
    check(told[0], marks)
