import pytest
from sklearn import ensemble  # noqa: F401  loads OpenMP before it is limited
from threadpoolctl import threadpool_limits


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    """As in a build: threads that wait for those of the other process of tests take ten times as long."""
    with threadpool_limits(1):
        yield
