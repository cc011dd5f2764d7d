"""What every test may need: nothing is sent anywhere, and where the real public data lies."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# how long an example takes says more about what else the machine does: whole builds are tested at the same time
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"


def pytest_collection_modifyitems(items):
    """The longest build is begun first, so that nobody waits for it."""
    items.sort(key=lambda item: item.path.name != "test_public_data.py")


@pytest.fixture(scope="session")
def public_data():
    """The folder with the real public data; tests that need it are skipped where it is not named."""
    folder = os.environ.get("CUSTOMER_INSIGHT_TEST_DATA")
    if not folder:
        pytest.skip("CUSTOMER_INSIGHT_TEST_DATA names no folder with the public data sets")
    return Path(folder)
