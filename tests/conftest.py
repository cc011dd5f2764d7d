"""What every test may need: nothing is sent anywhere, and where the real public data lies."""

import os
from pathlib import Path

import pytest

os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"


@pytest.fixture(scope="session")
def public_data():
    """The folder with the real public data; tests that need it are skipped where it is not named."""
    folder = os.environ.get("CUSTOMER_INSIGHT_TEST_DATA")
    if not folder:
        pytest.skip("CUSTOMER_INSIGHT_TEST_DATA names no folder with the public data sets")
    return Path(folder)
