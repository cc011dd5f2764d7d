"""dbt's page becomes one file that says nothing about the machine."""

from pathlib import Path

from customer_insight.commands.docs import one_file


def test_the_picture_is_in_the_page():
    page = one_file("![a](docs/pipeline.svg) docs/pipeline.svg", b"<svg/>", [])
    assert page == "![a](data:image/svg+xml;base64,PHN2Zy8+) docs/pipeline.svg"


def test_of_the_places_where_it_was_made_the_last_name_stays():
    places = [Path("/home/ann/shop/target"), Path("/home/ann/shop"), Path("/data/käse")]
    page = '{"root": "/home/ann/shop", "sql": "/home/ann/shop/target/a.sql", "raw": "/data/k\\u00e4se/x.csv"}'
    assert one_file(page, b"", places) == '{"root": "shop", "sql": "target/a.sql", "raw": "k\\u00e4se/x.csv"}'


def test_the_page_asks_for_no_icon_that_is_not_in_it():
    page = '<link rel="shortcut icon" href="${x}"/><use xlink:href="#icn"/><use xlink:href="{{ icon }}"/>'
    assert one_file(page, b"", []) == '<use xlink:href="#icn"/><use ng-attr-href="{{ icon }}"/>'
