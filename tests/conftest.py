"""What every test may need: nothing is sent anywhere, where the real public data lies, and which tests are slow."""

import os
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import settings

# how long an example takes says more about what else the machine does: whole builds are tested at the same time
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"

# Not in `make test-fast`: their cases together take half a second of processor time. `make slow-tests` finds them.
SLOW_TESTS = Path(__file__).parent / "slow_tests.txt"
SLOW = set(SLOW_TESTS.read_text(encoding="utf-8").split())
BEGUN_FIRST = ("test_public_data.py", "test_rendered_warehouse.py")
SLOW_SECONDS, LIMIT_SECONDS = 0.5, 4.0
_SPENT: dict[str, float] = defaultdict(float)


def pytest_addoption(parser):
    parser.addoption("--write-slow-tests", action="store_true", help="write tests/slow_tests.txt anew")


def name_of(item) -> str:
    """`test_champion.py::test_ties`: a test with all its cases, wherever its file lies."""
    return f"{item.path.name}::{item.nodeid.partition('[')[0].partition('::')[2]}"


def pytest_collection_modifyitems(items):
    """Marks follow from what a test asks for. What takes longest is begun first, so that nobody waits for it."""
    for item in items:
        asked = set(item.fixturenames)
        # a fixture that asks for a warehouse by name shows `request` alone
        needs_build = "workshop" in asked or ("request" in asked and "e2e" in item.path.parts)
        is_long = "retail_evaluated" in asked or item.get_closest_marker("long") is not None
        marks = {
            "slow": needs_build or is_long or name_of(item) in SLOW,
            "build": needs_build,
            "long": is_long,
            "public": "public_data" in asked,
            "browser": "browser" in asked,
        }
        for mark in (name for name, is_given in marks.items() if is_given):
            item.add_marker(mark)
    items.sort(key=lambda item: item.path.name not in BEGUN_FIRST)


def seconds() -> float:
    """Processor time so far, that of ended children included."""
    return sum(os.times()[:4])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    begun = seconds()
    result = yield
    _SPENT[name_of(item)] += seconds() - begun
    return result


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    """What a module's tests share costs whichever comes first: all of them need it."""
    begun = seconds()
    result = yield
    if fixturedef.scope != "function":
        sharing = [item for item in request.session.items if item.nodeid.startswith(fixturedef.baseid)]
        for name in {name_of(item) for item in sharing if fixturedef.argname in item.fixturenames}:
            _SPENT[name] += seconds() - begun
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Holds the fast tests to it that they are fast."""
    begun = seconds()
    result = yield
    spent = seconds() - begun
    if "not slow" in item.config.option.markexpr and spent > LIMIT_SECONDS:
        pytest.fail(f"{spent:.1f} s of processor time: put {name_of(item)} into tests/slow_tests.txt")
    return result


def pytest_sessionfinish(session):
    if session.config.option.write_slow_tests:
        slow = sorted(name for name, spent in _SPENT.items() if spent > SLOW_SECONDS)
        SLOW_TESTS.write_text("".join(f"{name}\n" for name in slow), encoding="utf-8")


@pytest.fixture(scope="session")
def public_data():
    """The folder with the real public data; tests that need it are skipped where it is not named."""
    folder = os.environ.get("CUSTOMER_INSIGHT_TEST_DATA")
    if not folder:
        pytest.skip("CUSTOMER_INSIGHT_TEST_DATA names no folder with the public data sets")
    return Path(folder)
