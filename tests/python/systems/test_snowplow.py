"""The Snowplow source: events without a header, of a warehouse as csv and as Parquet; orders that are told once."""

import csv
import gzip
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from customer_insight.commands.cli import main
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.commands.raw_files import read_outside, records_of
from customer_insight.commands.raw_header import Expected, Layout
from rendered_warehouse import rendered, rendered_sources
from source_warehouse import ROOT, contract

IGLU = "iglu:com.snowplowanalytics.snowplow"
MUG = {"id": "MUG", "name": "Mug", "category": "Home/Cups", "price": 12.0, "currency": "SEK"}
PLATE = {"id": "PLATE", "price": "6.0", "currency": "SEK"}
RING = {"id": "RING", "price": 1_500_000, "currency": "SEK"}
SESSION = {"userId": "phone", "sessionId": "phone-1"}


def event(event_id, at, action, products=(), user=None, client=None, **sale):
    """An event in our terms, of which the shapes below make rows. `sale`: of a transaction, or of a refund."""
    return {
        "event_id": event_id,
        "at": at,
        "action": action,
        "product": list(products),
        "transaction": sale if action == "transaction" else None,
        "refund": sale if action == "refund" else None,
        "user_id": user,
        "client": client,
    }


DAY_1, DAY_2, DAY_3 = ("2024-06-01 12:00:0", "2024-06-02 12:00:0", "2024-06-03 12:00:0")
EVENTS = [
    event("a", DAY_1 + "0", "page_view"),
    event("b", DAY_1 + "1", "list_view", [MUG, PLATE]),
    event("c", DAY_1 + "2", "product_view", [MUG]),
    event("d", DAY_1 + "3", "add_to_cart", [MUG, PLATE], user="ann"),
    # arrived twice
    event("d", DAY_1 + "3", "add_to_cart", [MUG, PLATE], user="ann"),
    # postage in the revenue; the second product was 8.00 before
    event(
        "e",
        DAY_1 + "4",
        "transaction",
        [MUG | {"quantity": 2}, PLATE | {"list_price": 8}],
        transaction_id="T1",
        revenue=34.0,
        currency="SEK",
    ),
    # the page is loaded again, the next day
    event("f", DAY_2 + "0", "transaction", [MUG], transaction_id="T1", revenue="12", currency="SEK"),
    # the price is in another currency than the revenue
    event(
        "g",
        DAY_2 + "1",
        "transaction",
        [PLATE | {"currency": "NOK"}],
        client=SESSION,
        transaction_id="T2",
        revenue=9.5,
        currency="SEK",
    ),
    event("h", DAY_3 + "0", "refund", [PLATE], transaction_id="T1", refund_amount=6, currency="SEK"),
    event("i", DAY_3 + "1", "refund", transaction_id="T2", refund_amount=9.5, currency="SEK"),
    event("j", DAY_3 + "2", "site_search"),
    # beyond a million
    event("k", DAY_3 + "3", "product_view", [RING], user="ann"),
    event(
        "l",
        DAY_3 + "4",
        "transaction",
        [RING | {"quantity": 2, "list_price": 1_500_000.5}],
        transaction_id="T3",
        revenue=3_000_000.0,
        currency="SEK",
    ),
]
WIDE = {
    name: f"contexts_com_snowplowanalytics_snowplow_ecommerce_{name}_1" for name in ("product", "transaction", "refund")
}
ACTION = "unstruct_event_com_snowplowanalytics_snowplow_ecommerce_snowplow_ecommerce_action_1"
OTHERS = {
    "action": f"{ACTION}_0_2",
    "search": "unstruct_event_com_snowplowanalytics_snowplow_site_search_1",
    "session": "contexts_com_snowplowanalytics_snowplow_client_session_1",
}


def own_event(row):
    """Name and schema of what happened, and its data."""
    if row["action"] == "page_view":
        return "page_view", None, None
    if row["action"] == "site_search":
        return "site_search", f"{IGLU}/site_search/jsonschema/1-0-0", {"terms": ["red", "mug"], "totalResults": 3}
    name = "snowplow_ecommerce_action"
    return name, f"{IGLU}.ecommerce/{name}/jsonschema/1-0-2", {"type": row["action"]}


def columns(row):
    name, _, data = own_event(row)
    return {
        "event_id": row["event_id"],
        "collector_tstamp": row["at"],
        "derived_tstamp": f"{row['at']}.120",
        "platform": "mob" if row["client"] else "web",
        "event": "page_view" if data is None else "unstruct",
        "event_name": name,
        "user_id": row["user_id"],
        "domain_userid": None if row["client"] else "cookie",
        "domain_sessionid": None if row["client"] else f"cookie-{row['at'][:10]}",
        "page_url": "https://x/",
        "useragent": 'Mozilla/5.0 "X"',
        "geo_country": "SE",
    }


def enriched(folder):
    """As the pipeline leaves them in a bucket: 131 fields between tabs, no header, all contexts in one field."""
    header = ProjectSql(ROOT, {}).call("snowplow_header")
    lines = []
    for row in EVENTS:
        entities = [("client_session", row["client"], f"{IGLU}/client_session/jsonschema/1-0-2")]
        entities += [("product", each, f"{IGLU}.ecommerce/product/jsonschema/1-0-0") for each in row["product"]]
        entities += [
            (name, row[name], f"{IGLU}.ecommerce/{name}/jsonschema/1-0-0") for name in ("transaction", "refund")
        ]
        _, schema, data = own_event(row)
        fields = columns(row) | {
            "contexts": json.dumps(
                {"schema": f"{IGLU}/contexts", "data": [{"schema": s, "data": d} for _, d, s in entities if d]}
            ),
            "unstruct_event": data
            and json.dumps({"schema": f"{IGLU}/unstruct_event", "data": {"schema": schema, "data": data}}),
        }
        lines.append("\t".join(fields.get(name) or "" for name in header))
    first, second = folder / "run=2024-06-01-00-00-00", folder / "run=2024-06-02-00-00-00"
    first.mkdir()
    second.mkdir()
    (first / "part-00001-1111.gz").write_bytes(gzip.compress("\n".join(lines[:4]).encode() + b"\n"))
    (second / "part-00000").write_text("\n".join(lines[4:]) + "\n")
    # parts without rows, and a mark that the run is done
    (first / "part-00000-1111.gz").write_bytes(gzip.compress(b""))
    for name in ("part-00001", "_SUCCESS"):
        (second / name).write_text("")


def wide(row):
    """As a warehouse keeps them: a column for each context."""
    name, _, data = own_event(row)
    return columns(row) | {
        **{column: row[name] and [row[name]] for name, column in WIDE.items() if name != "product"},
        WIDE["product"]: row["product"],
        OTHERS["action"]: data if name.endswith("action") else None,
        OTHERS["search"]: data if name == "site_search" else None,
        OTHERS["session"]: row["client"] and [row["client"]],
    }


def in_csv(folder):
    with (folder / "events.csv").open("w", newline="") as file:
        rows = [wide(row) for row in EVENTS]
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(
            {name: json.dumps(v) if isinstance(v, (list, dict)) else v for name, v in row.items()} for row in rows
        )


def in_parquet(folder):
    numbers = ("price", "list_price", "quantity", "revenue", "refund_amount")

    def typed(value):
        if isinstance(value, list):
            return [typed(each) for each in value]
        if isinstance(value, dict):
            return {name: float(v) if name in numbers else v for name, v in value.items()}
        return value

    rows = [{name: typed(value) for name, value in wide(row).items()} for row in EVENTS]
    pq.write_table(pa.Table.from_pylist(rows), folder / "events.parquet")


@pytest.fixture(scope="module", params=[enriched, in_csv, in_parquet])
def shop(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("snowplow")
    raw = folder / "raw"
    raw.mkdir()
    request.param(raw)
    run = rendered_sources("snowplow", raw)
    return run


def test_an_order_is_told_once_and_worth_its_revenue(shop):
    numbers = "cast(quantity as double), cast(unit_price as double), cast(discount_amount as double)"
    assert shop.rows(f"""
        select order_id, product_id, line_number, {numbers}, order_status, is_product, currency
        from sources.src_order_lines order by row_number
    """) == [
        ("T1", "MUG", "1", 2.0, 12.0, 0.0, "completed", "true", "SEK"),
        ("T1", "PLATE", "2", 1.0, 8.0, 2.0, "completed", "true", "SEK"),
        ("T1", "not in items", "3", 1.0, 4.0, 0.0, "completed", "false", "SEK"),
        ("T2", "PLATE", "1", 1.0, None, 0.0, "returned", "true", "SEK"),
        ("T2", "not in items", "2", 1.0, 9.5, 0.0, "returned", "false", "SEK"),
        ("T1", "PLATE", "4", -1.0, 6.0, 0.0, "returned", "true", "SEK"),
        ("T3", "RING", "1", 2.0, 1_500_000.5, 1.0, "completed", "true", "SEK"),
    ]
    people = "distinct order_id, ordered_at, customer_id, channel, country"
    assert shop.rows(f"select {people} from sources.src_order_lines order by 1") == [
        ("T1", "2024-06-01 12:00:04.120+00", "ann", "web", "SE"),
        ("T2", "2024-06-02 12:00:01.120+00", "phone", "app", "SE"),
        ("T3", "2024-06-03 12:00:04.120+00", "ann", "web", "SE"),
    ]
    assert shop.columns("sources.src_order_lines") == contract("order_lines")


def test_an_event_is_a_row_for_each_of_its_products_but_a_list_is_no_look(shop):
    columns = "event_id, event_type, visitor_id, product_id, order_id, search_query, cast(value as double)"
    assert shop.rows(f"select {columns} from sources.src_events order by row_number") == [
        ("a", "page", "cookie", None, None, None, None),
        ("b", "list_view", "cookie", None, None, None, None),
        ("c", "view", "cookie", "MUG", None, None, None),
        ("d", "add_to_cart", "cookie", "MUG", None, None, None),
        ("d-2", "add_to_cart", "cookie", "PLATE", None, None, None),
        ("d", "add_to_cart", "cookie", "MUG", None, None, None),
        ("d-2", "add_to_cart", "cookie", "PLATE", None, None, None),
        ("e", "purchase", "cookie", "MUG", "T1", None, 24.0),
        ("e-2", "purchase", "cookie", "PLATE", "T1", None, 6.0),
        ("f", "purchase", "cookie", "MUG", "T1", None, 12.0),
        ("g", "purchase", "phone", "PLATE", "T2", None, None),
        ("j", "search", "cookie", None, None, "red mug", None),
        ("k", "view", "cookie", "RING", None, None, None),
        ("l", "purchase", "cookie", "RING", "T3", None, 3_000_000.0),
    ]
    assert shop.rows("select distinct source_session_id, user_agent from sources.src_events order by 1") == [
        ("cookie-2024-06-01", 'Mozilla/5.0 "X"'),
        ("cookie-2024-06-02", 'Mozilla/5.0 "X"'),
        ("cookie-2024-06-03", 'Mozilla/5.0 "X"'),
        ("phone-1", 'Mozilla/5.0 "X"'),
    ]
    assert shop.columns("sources.src_events") == contract("events")


def test_products_and_browsers_that_bought(shop):
    columns = "product_id, product_name, category, cast(price as double), currency"
    assert shop.rows(f"select {columns} from sources.src_products order by 1") == [
        ("MUG", "Mug", "Home/Cups", 12.0, "SEK"),
        ("PLATE", None, None, 8.0, "SEK"),
        ("RING", None, None, 1_500_000.5, "SEK"),
    ]
    assert shop.rows("select visitor_id, customer_id from sources.src_identity_links order by 1") == [
        ("phone", "phone"),
    ]


HEAD = "event_id\tplatform\tpage_url\n"


def test_a_text_without_a_header_is_known_by_the_number_of_its_fields(tmp_path):
    names = ["event_id", "platform", "page_url"]
    bare, headed, other = tmp_path / "a.tsv", tmp_path / "b.tsv", tmp_path / "c.tsv"
    bare.write_text("1\tweb\thttps://x/\n")
    headed.write_text("event_id\tplatform\tpage_url\n1\tweb\thttps://x/\n")
    other.write_text("1\tweb\n")
    known = Expected({"event_id", "platform"}, names)
    found = read_outside(bare, known)
    assert (found.columns, found.delimiter, found.skip) == (names, "\t", 0)
    assert read_outside(headed, known).skip == 1
    assert read_outside(other, known).columns == ["1", "web"]
    assert read_outside(bare, Expected({"event_id", "platform"})).columns == ["1", "web", "https://x/"]


@pytest.mark.parametrize(("above", "header", "line"), [("", "", 2), ("", HEAD, 3), ("Report\n\n", HEAD, 5)])
def test_the_line_of_a_row_is_that_of_the_file(tmp_path, above, header, line):
    names = HEAD.split()
    path = tmp_path / "a.tsv"
    path.write_text(above + header + "1\tweb\thttps://x/\n2\tweb\thttps://y/\n")
    found = read_outside(path, Expected(set(names), names))
    layout = Layout(found.columns, found.delimiter, found.quote, found.skip)
    assert [(at, record[0]) for at, record in records_of(path, layout)] == [(line - 1, "1"), (line, "2")]


def test_a_shop_that_tells_of_pages_alone_has_visits_and_no_orders(tmp_path, capsys):
    raw = tmp_path / "raw"
    raw.mkdir()
    with (raw / "events.csv").open("w", newline="") as file:
        rows = [columns(event(f"e{at}", f"{DAY_1}{at}", "page_view")) for at in range(3)]
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows([*rows, rows[0] | {"derived_tstamp": "never", "event_id": "e9"}])
    assert main(["check", "--source", "snowplow", "--raw", str(raw)]) == 0
    said = capsys.readouterr().out
    assert "order_lines\n  rows: 0, for the files tell of none\n\nevents\n  rows: 4, from 2024-06-01" in said
    assert "no row of events names a customer" in said
    assert "1 x occurred_at is not a time, for example `never` in line 5 of events.csv" in said
    run = rendered("snowplow", raw, "orders int_sessions")
    assert run.rows("select count(*) from shop.orders") == [(0,)]
    assert run.rows("select visitor_id, events, purchases from intermediate.int_sessions") == [("cookie", 3, 0)]


def test_who_sent_a_visit_is_what_the_tracker_read_in_the_link(tmp_path):
    link = {"mkt_source": "facebook", "mkt_medium": "paid_social", "mkt_campaign": "Spring"}
    pages = [
        columns(event("a", DAY_1 + "1", "page_view")) | link,
        columns(event("b", DAY_2 + "1", "page_view")) | {"page_referrer": "https://chatgpt.com/"},
    ]
    with (tmp_path / "events.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, [*pages[0], "page_referrer"])
        writer.writeheader()
        writer.writerows(pages)
    run = rendered("snowplow", tmp_path, "sessions")
    assert run.rows("select channel, channel_source, campaign_name from shop.sessions order by started_at") == [
        ("paid social", "facebook", "spring"),
        ("assistants", "chatgpt", None),
    ]
