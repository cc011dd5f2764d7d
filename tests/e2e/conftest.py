"""Each warehouse is built once for the whole test session."""

import shutil
from pathlib import Path

import pytest
from demo_seeds import DemoSeeds
from warehouses import Workshop


@pytest.fixture(scope="session")
def workshop(tmp_path_factory):
    return Workshop(tmp_path_factory.mktemp("workshop"))


@pytest.fixture(scope="session")
def seeds():
    """The committed made shop as a reader of its files sees it."""
    return DemoSeeds()


@pytest.fixture(scope="session")
def demo(workshop):
    """The demo shop; the SQL that dbt compiled for it is kept beside the warehouse."""
    warehouse = workshop.build("demo", "demo")
    compiled = workshop.folder / "target" / "compiled" / "customer_insight" / "models"
    shutil.copytree(compiled, warehouse.path.parent / "compiled")
    return warehouse


@pytest.fixture(scope="session")
def compiled(demo) -> Path:
    """Compiled models of the demo shop."""
    return demo.path.parent / "compiled"
