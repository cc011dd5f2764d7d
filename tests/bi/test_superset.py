"""A real Superset reads the published results: `make test-bi` makes its environment and runs this."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from superset_server import Superset

ROOT = Path(__file__).parents[2]
BINARIES = ROOT / ".venv-bi" / "bin"

pytestmark = pytest.mark.skipif(not BINARIES.is_dir(), reason="no .venv-bi with Superset: run `make test-bi`")


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """The demo shop, built and published; the settings of its environment."""
    folder = tmp_path_factory.mktemp("shop")
    environment = os.environ | {
        "CUSTOMER_INSIGHT_SOURCE": "demo",
        "CUSTOMER_INSIGHT_WAREHOUSE": str(folder / "warehouse.duckdb"),
        "CUSTOMER_INSIGHT_PUBLISHED": str(folder / "published"),
    }
    build(environment).wait()
    assert (folder / "published" / "customer_insight.duckdb").is_file()
    return folder / "published", environment


def build(environment):
    command = [sys.executable, "-m", "customer_insight.commands.cli", "build", "--set", "evaluate=false"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, cwd=ROOT)


@pytest.fixture(scope="module")
def superset(tmp_path_factory):
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        port = any_port.getsockname()[1]
    server = Superset(BINARIES, tmp_path_factory.mktemp("superset"), port)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def database(superset, shop):
    """The published file as a database of Superset; its number."""
    folder, _ = shop
    created = superset.post(
        "/api/v1/database/",
        {
            "database_name": "Customer insight",
            "sqlalchemy_uri": f"duckdb:///{folder / 'customer_insight.duckdb'}?access_mode=read_only",
            "expose_in_sqllab": True,
        },
    )
    return created["id"]


@pytest.fixture(scope="module")
def dataset(superset, database):
    """`segments.segment_profiles` as a dataset; its number."""
    table = {"database": database, "schema": "segments", "table_name": "segment_profiles"}
    return superset.post("/api/v1/dataset/", table)["id"]


def chart(superset, dataset):
    return superset.post(
        "/api/v1/chart/data",
        {
            "datasource": {"id": dataset, "type": "table"},
            "force": True,
            "queries": [
                {"columns": ["segment_name", "customers"], "row_limit": 100, "orderby": [["customers", False]]}
            ],
            "result_type": "full",
        },
    )["result"][0]


def test_analysts_query_in_sql_lab(superset, database):
    answer = superset.post(
        "/api/v1/sqllab/execute/",
        {"database_id": database, "sql": "select count(*) as customers from shop.customers", "runAsync": False},
    )
    assert answer["data"][0]["customers"] > 1000


def test_descriptions_are_visible(superset, dataset):
    columns = superset.get(f"/api/v1/dataset/{dataset}")["result"]["columns"]
    described = {column["column_name"]: column["description"] for column in columns}
    assert described["share"] == "Share of all customers with a segment."
    assert all(described.values())


def test_a_chart_gets_its_data_while_a_build_runs_and_the_build_ends_well(superset, dataset, shop):
    before = chart(superset, dataset)["data"]
    assert len(before) >= 4
    running = build(shop[1])
    answers = 0
    while running.poll() is None:
        assert chart(superset, dataset)["data"] == before
        answers += 1
    assert answers > 3
    assert running.returncode == 0


def test_sqlalchemy_sees_every_table_column_type_and_description(shop):
    folder, _ = shop
    program = Path(__file__).with_name("inspect_with_sqlalchemy.py")
    ran = subprocess.run(
        [BINARIES / "python", program, folder / "customer_insight.duckdb"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert ran.stdout.strip() == "every table and column has a type and a description"


def test_a_driver_of_duckdb_1_opens_the_views_too(shop):
    folder, _ = shop
    program = "import duckdb, sys; print(duckdb.__version__); c = duckdb.connect(sys.argv[1], read_only=True)"
    program += "; print(c.sql('select count(*) from shop.orders').fetchone()[0])"
    ran = subprocess.run(
        [BINARIES / "python", "-c", program, folder / "current" / "views.duckdb"], capture_output=True, text=True
    )
    version, orders = ran.stdout.split()
    assert version.startswith("1.")
    assert int(orders) > 1000
