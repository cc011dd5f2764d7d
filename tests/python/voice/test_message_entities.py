"""What messages name: exact places, also mistyped; what is personal without its value."""

import csv
import time
from pathlib import Path

import pyarrow as pa
import pytest
from customer_insight.voice import message_entities

SEEDS = Path(__file__).parents[3] / "seeds" / "demo"
PLANTED = Path(__file__).parents[2] / "fixtures" / "demo_planted" / "message_entities.csv"
NAMES = [
    ("product", 0, "Highland Decaf Filter Coffee, 250 g"),
    ("product", 1, "Nordic Teacup"),
    ("product", 2, "Studio Teacup"),
    ("product", 3, "Everyday Razor Blades, 8 Pack"),
    ("brand", 1, "Bumble & Bear"),
    ("category", 1, "Kitchen"),
]


def entities(*texts, names=NAMES, orders=("O000123", "A-77/b")):
    kinds, codes, called = zip(*names, strict=True) if names else ((), (), ())
    result = message_entities.run(
        pa.table({"message_code": pa.array(range(len(texts)), pa.int32()),
                  "message_text": pa.array(texts, pa.string())}),
        pa.table({"entity_type": pa.array(kinds, pa.string()), "name_code": pa.array(codes, pa.int32()),
                  "name": pa.array(called, pa.string())}),
        pa.table({"order_id": pa.array(orders, pa.string())}),
    )  # fmt: skip
    return [
        (row["entity_type"], texts[row["message_code"]][row["start_position"] : row["end_position"]], row["value"],
         row["name_code"])
        for row in result.tables["entities"].to_pylist()
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the decaf filter coffee", ("product", "decaf filter coffee", "Highland Decaf Filter Coffee, 250 g", 0)),
        ("my NORDIC  TEACUP!", ("product", "NORDIC  TEACUP", "Nordic Teacup", 1)),
        ("a pack of razor blades", ("product", "pack of razor blades", "Everyday Razor Blades, 8 Pack", 3)),
        ("the Nordic Taecup", ("product", "Nordic Taecup", "Nordic Teacup", 1)),
        ("the teacup", ("product", "teacup", "teacup", None)),
        ("by Bumble & Bear", ("brand", "Bumble & Bear", "Bumble & Bear", 1)),
        ("for the kitchen", ("category", "kitchen", "Kitchen", 1)),
        ("order o000123?", ("order_id", "o000123", "O000123", None)),
        ("see A-77/b", ("order_id", "A-77/b", "A-77/b", None)),
        ("order number 555123", ("order_id", "555123", None, None)),
        ("on 3rd of March 2025", ("date", "3rd of March 2025", "3rd of March 2025", None)),
        ("am 9. Januar 2024", ("date", "9. Januar 2024", "9. Januar 2024", None)),
        ("on 2024-01-09", ("date", "2024-01-09", "2024-01-09", None)),
        ("paid 1.299,00 €", ("amount", "1.299,00 €", "1.299,00 €", None)),
        ("paid £37", ("amount", "£37", "£37", None)),
        ("mail a@b.de", ("email", "a@b.de", None, None)),
        ("call 0151 23456789", ("phone", "0151 23456789", None, None)),
        ("Thanks, Anna Smith", ("person", "Anna Smith", None, None)),
    ],
)
def test_where_it_stands_and_what_it_is(text, expected):
    assert entities(text) == [expected]


def test_nothing_personal_has_a_value():
    text = (
        "Dear Mr Weber, IBAN DE89 3704 0044 0532 0130 00, 12 High Street, London, born on 3.4.1980, 4111 1111 1111 1111"
    )
    found = entities(text)
    assert {kind for kind, *_ in found} == {"person", "bank_account", "address", "date_of_birth", "card_number"}
    assert all(value is None for _, _, value, _ in found)


@pytest.mark.parametrize("text", ["", "?", "<p><b></b></p>", "\x00\x01", "a" * 100_000, "1 " * 50_000])
def test_odd_texts_name_nothing(text):
    assert entities(text) == []


def test_a_shop_without_names_or_orders_still_finds_dates():
    assert entities("on 2024-01-09", names=[], orders=[]) == [("date", "2024-01-09", "2024-01-09", None)]


def test_planted_entities_of_the_made_shop_are_found_at_their_places():
    with (SEEDS / "demo_support_messages.csv").open(encoding="utf-8", newline="") as file:
        texts = {row["message_id"]: row["message_text"] for row in csv.DictReader(file)}
    with (SEEDS / "demo_products.csv").open(encoding="utf-8", newline="") as file:
        products = {row["product_id"]: row for row in csv.DictReader(file)}
    with (SEEDS / "demo_order_lines.csv").open(encoding="utf-8", newline="") as file:
        orders = sorted({row["order_id"] for row in csv.DictReader(file)} - {""})
    names = [("product", place, row["product_name"]) for place, row in enumerate(products.values())]
    names += [
        ("brand", place, brand) for place, brand in enumerate(sorted({row["brand"] for row in products.values()}))
    ]
    kinds, codes, called = zip(*names, strict=True)
    result = message_entities.run(
        pa.table({"message_code": pa.array(range(len(texts)), pa.int32()), "message_text": [*texts.values()]}),
        pa.table({"entity_type": kinds, "name_code": pa.array(codes, pa.int32()), "name": called}),
        pa.table({"order_id": orders}),
    )
    ids = [*texts]
    found = {
        (ids[row["message_code"]], row["entity_type"], row["start_position"], row["end_position"])
        for row in result.tables["entities"].to_pylist()
    }
    with PLANTED.open(encoding="utf-8", newline="") as file:
        planted = {
            (row["message_id"], row["entity_type"], int(row["start_position"]), int(row["end_position"]))
            for row in csv.DictReader(file)
        }
    assert 2 * len(found & planted) / (len(found) + len(planted)) >= 0.95


@pytest.mark.parametrize("piece", ["a-", "1-", "111 ", "1'111'111 ", "a", "#", "may 1 "])
def test_no_long_text_stops_the_reader(piece, monkeypatch):
    monkeypatch.setattr(message_entities, "LONGEST", 20_000)  # where a time that grows with the square is seen
    begun = time.process_time()
    entities("1 " + (piece * 20_000)[:20_000])
    assert time.process_time() - begun < 1.5
