import cdnow_sample
import pytest


@pytest.fixture(scope="session")
def cdnow(public_data):
    return cdnow_sample.read(public_data / "cdnow" / "CDNOW_sample.txt")
