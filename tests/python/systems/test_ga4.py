"""The GA4 source: orders told once, their money and what was paid back, events by product; json lines, Parquet, csv."""

import csv
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from customer_insight.commands.cli import main
from rendered_warehouse import rendered, rendered_sources
from source_warehouse import contract

NOON = 1_717_243_200_000_000  # 2024-06-01 12:00 UTC
DAY = 86_400_000_000
MINUTE = 60_000_000
ITEM = {
    "item_id": "MUG",
    "item_name": "Mug",
    "item_brand": "(not set)",
    "item_category": "Home",
    "item_category2": "Cups",
}
PLATE = {"item_id": "PLATE", "item_name": "Plate", "item_category": "(not set)"}
RING = {"item_id": "RING", "price": 1_500_000.0}


def event(name, at, visitor="11.22", session=1, user=None, items=(), sale=None, **params):
    pairs = {"ga_session_id": session, "page_location": f"https://x/{name}"} | params
    return {
        "event_timestamp": at,
        "event_name": name,
        "event_params": [param(key, value) for key, value in pairs.items() if value is not None],
        "user_id": user,
        "user_pseudo_id": visitor,
        "geo": {"country": "Sweden", "city": "(not set)"},
        "platform": "WEB",
        "ecommerce": sale or {"transaction_id": "(not set)", "unique_items": len(items)},
        "items": list(items),
    }


def param(key, value):
    kind = {int: "int_value", float: "double_value"}.get(type(value), "string_value")
    return {"key": key, "value": {kind: value}}


def sold(order, revenue=None, **fields):
    return {"transaction_id": order, "purchase_revenue": revenue} | fields


EVENTS = [
    event("page_view", NOON),
    event("view_item_list", NOON, items=[ITEM, PLATE]),
    event("view_item", NOON + 1, items=[ITEM | {"price": 12.0}]),
    event("view_search_results", NOON + 2, search_term="red mug"),
    event("login", NOON + 3, user="ann"),
    # a code takes 1.00 of 26.98 + 6.00: who bought has logged in during the visit; 59.989999999999995 is 59.99
    event(
        "purchase",
        NOON + MINUTE,
        items=[ITEM | {"price": 8.993333333333334, "quantity": 3}, PLATE | {"price": 6.0, "coupon": "X"}],
        sale=sold("T1", 31.979999999999997, shipping_value=4.5),
        currency="sek",
        value=31.98,
    ),
    # the page is loaded again: in another visit, with the telephone, when the basket was another
    event("purchase", NOON + DAY, "33.44", 2, items=[PLATE | {"price": 6.0, "quantity": 9}], sale=sold("T1", 54.0)),
    # prices before the discount; the revenue is what is left
    event(
        "purchase",
        NOON + DAY + 1,
        "55.66",
        3,
        items=[ITEM | {"price": 12.0, "quantity": 2, "discount": 2.0}],
        sale=sold("T2", 20.0),
        currency="SEK",
    ),
    # no price but what was paid for all; postage in the revenue
    event(
        "purchase",
        NOON + DAY + 2,
        "55.66",
        3,
        items=[ITEM | {"item_revenue": 24.0, "quantity": 2}, {"item_id": "(not set)", "item_name": "(not set)"}],
        sale=sold("T3", 29.0),
        currency="SEK",
    ),
    # nothing is told of these
    event("purchase", NOON + DAY + 3, "55.66", 3, items=[{"item_id": "(not set)"}], sale=sold("(not set)", 0.0)),
    event("purchase", NOON + DAY + 4, "55.66", 3, items=[], sale=sold(None)),
    # no id of an order: told twice to the letter, and another one in the visit
    event(
        "purchase",
        NOON + 2 * DAY,
        "77.88",
        4,
        items=[PLATE | {"price": 6.0}],
        sale=sold("(not set)", 6.0),
        currency="SEK",
    ),
    event(
        "purchase",
        NOON + 2 * DAY + 5,
        "77.88",
        4,
        items=[PLATE | {"price": 6.0}],
        sale=sold("(not set)", 6.0),
        currency="SEK",
    ),
    event(
        "purchase", NOON + 2 * DAY + 9, "77.88", 4, items=[ITEM | {"price": 12.0}], sale=sold("", 12.0), currency="SEK"
    ),
    # who refuses cookies is nobody, and buys all the same; the amount is in dollars alone
    event("page_view", NOON + 2 * DAY, None, None),
    event(
        "purchase",
        NOON + 2 * DAY + 1,
        None,
        None,
        items=[ITEM | {"price": None, "price_in_usd": 1.5, "quantity": 2}],
        sale=sold("T4", None, purchase_revenue_in_usd=3.0),
    ),
    event("purchase", NOON + 2 * DAY + 2, None, None, "bo", items=[], sale=sold("T5", 7.5), currency="SEK"),
    # a part that came back, told twice, without price and pieces; an amount; all of an order
    event("refund", NOON + 3 * DAY, "99.1", None, items=[{"item_id": "MUG"}], sale={"transaction_id": "T1"}),
    event("refund", NOON + 3 * DAY + 7, "99.1", None, items=[{"item_id": "MUG"}], sale={"transaction_id": "T1"}),
    event("refund", NOON + 3 * DAY, "99.1", None, sale={"transaction_id": "T3", "refund_value": 5.0}),
    event("refund", NOON + 4 * DAY, "99.1", None, sale={"transaction_id": "T2"}),
    # the same amount came back on two days, and the last mug told twice
    event("refund", NOON + 3 * DAY, "99.1", None, sale={"transaction_id": "T5", "refund_value": 2.0}),
    event("refund", NOON + 4 * DAY, "99.1", None, sale={"transaction_id": "T5", "refund_value": 2.0}),
    event("refund", NOON + 4 * DAY, "99.1", None, items=[{"item_id": "MUG"}], sale={"transaction_id": "T1"}),
    # beyond a million
    event("view_item", NOON + 4 * DAY, "88.99", 5, items=[RING]),
    event(
        "purchase",
        NOON + 4 * DAY + 1,
        "88.99",
        5,
        items=[RING | {"quantity": 2, "discount": 0.5}],
        sale=sold("T6", 2_999_999.0),
        currency="SEK",
    ),
    event("page_view", NOON + 5 * DAY, "88.99", 6),
]
LINES = [
    ("T1", "MUG", "1", 3.0, 8.993333, 0.82, "completed", "true", "SEK"),
    ("T1", "PLATE", "2", 1.0, 6.0, 0.18, "completed", "true", "SEK"),
    ("T2", "MUG", "1", 2.0, 12.0, 4.0, "returned", "true", "SEK"),
    ("T3", "MUG", "1", 2.0, 12.0, 0.0, "completed", "true", "SEK"),
    ("T3", "not in items", "2", 1.0, 5.0, 0.0, "completed", "false", "SEK"),
    ("visit 77.88-4", "PLATE", "1", 1.0, 6.0, 0.0, "completed", "true", "SEK"),
    ("visit 77.88-4", "MUG", "2", 1.0, 12.0, 0.0, "completed", "true", "SEK"),
    ("T4", "MUG", "1", 2.0, 1.5, 0.0, "completed", "true", "USD"),
    ("T5", "purchase", "1", 1.0, 7.5, 0.0, "completed", "false", "SEK"),
    ("T1", "MUG", "3", -3.0, 8.720643, 0.0, "returned", "true", "SEK"),
    ("T3", "refund", "3", -1.0, 5.0, 0.0, "returned", "false", "SEK"),
    ("T5", "refund", "2", -1.0, 2.0, 0.0, "returned", "false", "SEK"),
    ("T5", "refund", "3", -1.0, 2.0, 0.0, "returned", "false", "SEK"),
    ("T6", "RING", "1", 2.0, 1_500_000.0, 1.0, "completed", "true", "SEK"),
]


def as_json(folder):
    # as BigQuery writes whole numbers
    lines = [json.dumps(row | {"event_timestamp": str(row["event_timestamp"])}) for row in EVENTS]
    (folder / "events_20240601.json").write_text("\n".join(lines) + "\n")


def as_parquet(folder):
    kinds = ("string_value", "int_value", "double_value", "float_value")
    typed = [pa.field("string_value", pa.string()), pa.field("int_value", pa.int64())]
    typed += [pa.field(kind, pa.float64()) for kind in kinds[2:]]
    item = {name: pa.string() for name in (*ITEM, "coupon")} | {"quantity": pa.int64()}
    item |= dict.fromkeys(("price", "price_in_usd", "discount", "item_revenue"), pa.float64())
    sale = {"transaction_id": pa.string(), "unique_items": pa.int64()}
    sale |= dict.fromkeys(
        ("purchase_revenue", "purchase_revenue_in_usd", "refund_value", "shipping_value"), pa.float64()
    )
    schema = {
        "event_timestamp": pa.int64(),
        "event_name": pa.string(),
        "event_params": pa.list_(pa.struct([pa.field("key", pa.string()), pa.field("value", pa.struct(typed))])),
        "user_id": pa.string(),
        "user_pseudo_id": pa.string(),
        "geo": pa.struct([("country", pa.string()), ("city", pa.string())]),
        "platform": pa.string(),
        "ecommerce": pa.struct(list(sale.items())),
        "items": pa.list_(pa.struct(list(item.items()))),
    }
    half = len(EVENTS) // 2
    for name, rows in {"events_20240601": EVENTS[:half], "events_20240602": EVENTS[half:]}.items():
        pq.write_table(pa.Table.from_pylist(rows, pa.schema(list(schema.items()))), folder / f"{name}.parquet")


@pytest.fixture(scope="module", params=[as_json, as_parquet])
def shop(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ga4")
    raw = folder / "raw"
    raw.mkdir()
    request.param(raw)
    run = rendered_sources("ga4", raw)
    return run


def test_an_order_is_told_once_and_worth_its_revenue(shop):
    columns = "order_id, product_id, line_number, cast(quantity as double), cast(unit_price as double)"
    assert (
        shop.rows(f"""
            select {columns}, cast(discount_amount as double), order_status, is_product, currency
            from sources.src_order_lines order by row_number
        """)
        == LINES
    )
    assert shop.columns("sources.src_order_lines") == contract("order_lines")


def test_buyers_are_who_logged_in_during_the_visit_or_else_the_browser(shop):
    columns = "distinct order_id, ordered_at, customer_id, channel, country, returned_at"
    assert shop.rows(f"select {columns} from sources.src_order_lines where order_id <> 'T3' order by 1, 2, 6") == [
        ("T1", str(NOON + MINUTE), "ann", "web", "Sweden", str(NOON + 3 * DAY)),
        ("T1", str(NOON + MINUTE), "ann", "web", "Sweden", None),
        ("T2", str(NOON + DAY + 1), "55.66", "web", "Sweden", str(NOON + 4 * DAY)),
        ("T4", str(NOON + 2 * DAY + 1), None, "web", "Sweden", None),
        ("T5", str(NOON + 2 * DAY + 2), "bo", "web", "Sweden", str(NOON + 3 * DAY)),
        ("T5", str(NOON + 2 * DAY + 2), "bo", "web", "Sweden", str(NOON + 4 * DAY)),
        ("T5", str(NOON + 2 * DAY + 2), "bo", "web", "Sweden", None),
        ("T6", str(NOON + 4 * DAY + 1), "88.99", "web", "Sweden", None),
        ("visit 77.88-4", str(NOON + 2 * DAY), "77.88", "web", "Sweden", None),
    ]
    links = "select visitor_id, customer_id, linked_at from sources.src_identity_links order by 1"
    assert shop.rows(links) == [
        ("55.66", "55.66", str(NOON + DAY + 1)),
        ("77.88", "77.88", str(NOON + 2 * DAY)),
        ("88.99", "88.99", str(NOON + 4 * DAY + 1)),
    ]


def test_an_event_is_a_row_for_each_of_its_products_but_a_list_is_no_look(shop):
    columns = "event_type, visitor_id, customer_id, product_id, search_query, page_url, source_session_id"
    assert shop.rows(f"select {columns} from sources.src_events where row_number < 60000 order by row_number") == [
        ("page", "11.22", None, None, None, "https://x/page_view", "11.22-1"),
        ("view_item_list", "11.22", None, None, None, "https://x/view_item_list", "11.22-1"),
        ("view", "11.22", None, "MUG", None, "https://x/view_item", "11.22-1"),
        ("search", "11.22", None, None, "red mug", "https://x/view_search_results", "11.22-1"),
        ("login", "11.22", "ann", None, None, "https://x/login", "11.22-1"),
    ]
    assert shop.rows("""
        select order_id, product_id, cast(quantity as double), cast(value as double), visitor_id
        from sources.src_events where event_type = 'purchase' and row_number < 80000 order by row_number
    """) == [
        ("T1", "MUG", 3.0, 26.979999, "11.22"),
        ("T1", "PLATE", None, 6.0, "11.22"),
        ("T1", "PLATE", 9.0, 54.0, "33.44"),
    ]
    ring = "select event_type, cast(value as double) from sources.src_events where product_id = 'RING' order by 1"
    assert shop.rows(ring) == [("purchase", 2_999_999.0), ("view", None)]
    # neither what the shop pays back nor who refuses cookies is a visit; who logged in without cookies is one
    assert shop.rows("select count(*), count(distinct row_number) from sources.src_events where visitor_id = 'bo'") == [
        (1, 1)
    ]
    assert shop.rows("select count(*) from sources.src_events where visitor_id is null or event_type = 'refund'") == [
        (0,)
    ]
    assert shop.columns("sources.src_events") == contract("events")


def test_products_are_the_latest_that_events_name(shop):
    columns = "product_id, product_name, category, brand, cast(price as double), currency"
    assert shop.rows(f"select {columns} from sources.src_products order by 1") == [
        ("MUG", "Mug", "Home/Cups", None, 12.0, "SEK"),
        ("PLATE", "Plate", None, None, 6.0, "SEK"),
        ("RING", None, None, None, 1_500_000.0, "SEK"),
    ]
    # that of the event which names it last, and the place in it
    assert shop.rows("select row_number from sources.src_products where product_id = 'RING'") == [
        ((len(EVENTS) - 1) * 10_000 + 1,)
    ]
    assert shop.columns("sources.src_products") == contract("products")


def test_revenue_to_the_cent_through_all_that_counts_orders(tmp_path):
    as_json(tmp_path)
    (tmp_path / "exchange_rates.csv").write_text("rate_date,currency,rate\n2024-06-03,USD,10\n2024-06-05,USD,10\n")
    run = rendered("ga4", tmp_path, "orders int_sessions", reporting_currency="SEK")
    money = "order_id, cast(gross_revenue as double), cast(net_revenue as double), customer_id"
    assert run.rows(f"select {money} from shop.orders order by 1") == [
        # what came back of it: 26.98 less its share of the code
        ("T1", 31.98, 5.82, "ann"),
        ("T2", 0.0, 0.0, "55.66"),
        ("T3", 29.0, 24.0, "55.66"),
        ("T4", 30.0, 30.0, None),
        ("T5", 7.5, 3.5, "bo"),
        ("T6", 2_999_999.0, 2_999_999.0, "88.99"),
        ("visit 77.88-4", 18.0, 18.0, "77.88"),
    ]
    # loaded again in a visit of its own: no purchase
    assert run.rows("select purchases, is_converted from intermediate.int_sessions where visitor_id = '33.44'") == [
        (0, False)
    ]


def test_lists_that_are_no_json_are_said_to_be_so(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    with (raw / "events.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["event_timestamp", "event_name", "user_pseudo_id", "event_params", "items"])
        writer.writerow([NOON, "view_item", "1.2", "[{'key': 'ga_session_id'}]", "[]"])
        writer.writerow([NOON, "view_item", "1.2", "[]", json.dumps([ITEM])])
    run = rendered_sources("ga4", raw)
    assert run.rows("select product_id, row_defect from sources.src_events order by row_number") == [
        (None, "event_params is no JSON"),
        ("MUG", None),
    ]


def checked(capsys, raw):
    assert main(["check", "--source", "ga4", "--raw", str(raw)]) == 0
    return capsys.readouterr().out


def test_the_check_names_the_row_of_the_file_and_says_nothing_of_names_that_links_have(tmp_path, capsys):
    bad = [EVENTS[0] | {"event_timestamp": "never"}, EVENTS[1] | {"event_params": "[1"}]
    (tmp_path / "events.json").write_text("\n".join(json.dumps(row) for row in EVENTS + bad) + "\n")
    said = checked(capsys, tmp_path)
    assert f"for example `never` in row {len(EVENTS) + 1}\n" in said
    assert f"event_params is no JSON, for example row {len(EVENTS) + 2}\n" in said
    # these events name nobody, and the browser that bought is a customer
    told = [event("view_item", NOON + 1, items=[ITEM]), EVENTS[7], EVENTS[8]]
    (tmp_path / "events.json").write_text("\n".join(json.dumps(row) for row in told) + "\n")
    said = checked(capsys, tmp_path)
    assert "sold: 2 orders by 1 known customer, worth 49.00 SEK" in said
    assert "names a customer" not in said


def test_a_shop_that_tells_of_pages_alone_has_visits_and_no_orders(tmp_path, capsys):
    raw = tmp_path / "raw"
    raw.mkdir()
    told = [event("page_view", NOON + at * MINUTE, f"1.{at % 2}") for at in range(5)]
    (raw / "events.json").write_text("\n".join(json.dumps(row) for row in told) + "\n")
    said = checked(capsys, raw)
    assert "order_lines\n  rows: 0, for the files tell of none\n\nevents\n  rows: 5, from 2024-06-01" in said
    assert "no row of events names a customer" in said
    run = rendered("ga4", raw, "orders int_sessions")
    assert run.rows("select count(*) from shop.orders") == [(0,)]
    sessions = "select visitor_id, events, purchases from intermediate.int_sessions order by 1"
    assert run.rows(sessions) == [("1.0", 3, 0), ("1.1", 2, 0)]


def test_who_sent_a_visit_is_what_the_link_said_with_it_and_never_how_the_visitor_came_first(tmp_path):
    link = {"manual_source": "newsletter", "manual_medium": "email", "manual_campaign_name": "June"}
    rows = [
        event("page_view", NOON) | {"collected_traffic_source": link},
        # before 2023, and in Google's sample, parameters of the event say it
        event("page_view", NOON + DAY, source="google", medium="organic", campaign="(organic)"),
        event("page_view", NOON + 2 * DAY, source="<Other>", medium="(data deleted)"),
        event("page_view", NOON + 3 * DAY) | {"traffic_source": {"source": "google", "medium": "cpc", "name": "first"}},
    ]
    (tmp_path / "events.json").write_text("\n".join(json.dumps(row) for row in rows))
    run = rendered("ga4", tmp_path, "sessions")
    told = "campaign_source, campaign_medium, campaign_name"
    assert run.rows(f"select {told} from sources.src_events order by row_number") == [
        ("newsletter", "email", "June"),
        ("google", "organic", "(organic)"),
        (None, None, None),
        (None, None, None),
    ]
    assert run.rows("select channel, channel_source, campaign_name from shop.sessions order by started_at") == [
        ("email", "newsletter", "june"),
        ("organic search", "google", "(organic)"),
        ("direct", None, None),
        ("direct", None, None),
    ]
