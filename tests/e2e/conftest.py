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
    """The demo shop; the SQL and the semantic manifest that dbt made for it are kept beside the warehouse."""
    warehouse = workshop.build("demo", "demo")
    target = workshop.folder / "target"
    shutil.copytree(target / "compiled" / "customer_insight" / "models", warehouse.path.parent / "compiled")
    shutil.copy(target / "semantic_manifest.json", warehouse.path.parent)
    return warehouse


@pytest.fixture(scope="session")
def compiled(demo) -> Path:
    """Compiled models of the demo shop."""
    return demo.path.parent / "compiled"


@pytest.fixture(scope="session")
def retail(public_data, workshop):
    """Online Retail II: orders without visits."""
    return workshop.build("online_retail", "online_retail", public_data / "online_retail_ii.parquet")


@pytest.fixture(scope="session")
def rees46(public_data, workshop):
    """A sample of REES46: visits of a few hours."""
    return workshop.build("rees46", "rees46", public_data / "rees46")
