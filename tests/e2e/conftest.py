"""Each warehouse is built once, by whichever of the processes that test asks for it first."""

import shutil
from pathlib import Path

import duckdb
import pytest
from demo_seeds import DemoSeeds
from playwright.sync_api import Error, sync_playwright
from warehouses import Workshop

QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def workshop(tmp_path_factory, worker_id):
    folder = tmp_path_factory.mktemp("workshop")
    if worker_id == "master":  # the only process
        return Workshop(folder, tmp_path_factory.mktemp("showroom"))
    return Workshop(folder, tmp_path_factory.getbasetemp().parent / "showroom")


@pytest.fixture(scope="session")
def seeds():
    """The committed made shop as a reader of its files sees it."""
    return DemoSeeds()


@pytest.fixture(scope="session")
def demo(workshop):
    """The demo shop."""
    return workshop.shown("demo", "demo")


@pytest.fixture(scope="session")
def compiled(demo) -> Path:
    """Compiled models of the demo shop."""
    return demo.path.parent / "compiled"


@pytest.fixture(scope="session")
def retail_file(public_data) -> Path:
    """Online Retail II as one file."""
    return public_data / "online_retail_ii.parquet"


@pytest.fixture(scope="session")
def retail(retail_file, workshop):
    """The second sheet of Online Retail II, orders without visits: the year that most publications use.

    A minute after its last day, rules at confidence 0.5. Its past is not evaluated.
    """
    file = workshop.folder / "second_sheet.parquet"
    duckdb.sql(f"copy (from '{retail_file}' where sheet = '2010-2011') to '{file}'")
    settings = ("min_support=0.01", "min_confidence=0.5", "as_of=2011-12-10 00:00:00", "evaluate=false")
    return workshop.shown("second_sheet", "online_retail", file, settings)


@pytest.fixture(scope="session")
def retail_evaluated(retail_file, workshop):
    """Both sheets at the settings of the project, with their past evaluated. A test that asks for it is `long`."""
    return workshop.shown("online_retail", "online_retail", retail_file)


@pytest.fixture(scope="session")
def rees46(public_data, workshop):
    """A sample of REES46: visits of a few hours."""
    return workshop.shown("rees46", "rees46", public_data / "rees46")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        try:
            yield playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        except Error as error:
            pytest.skip(f"no browser: {str(error).splitlines()[0]}; Debian's package chromium has one")


@pytest.fixture
def tab(browser):
    """Opens a page, and in the end finds that it was quiet: nothing in the console, no request, no dialog."""
    heard, contexts = [], []

    def opened(page: Path, width: int = 1440, place: str = "", **how):
        context = browser.new_context(viewport={"width": width, "height": 900}, **how)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: heard.append(message.text))
        tab.on("pageerror", lambda error: heard.append(str(error)))
        tab.on("dialog", lambda dialog: heard.append(dialog.message))
        tab.on("request", lambda request: heard.append(request.url) if not request.url.startswith("file:") else None)
        tab.goto(f"{page.as_uri()}{place}")
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert heard == []
