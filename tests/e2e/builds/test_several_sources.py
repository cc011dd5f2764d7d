"""Several sources in one run: each is what it is alone, ids never meet, and joins go when their reasons go."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.util import find_spec

import pytest
from customer_insight.commands.demo import write_export
from public_tables import PUBLIC_TABLES, models_of
from rendered_warehouse import rendered
from warehouses import InMemory, Warehouse, differences

SEED, CUSTOMERS = 5, 120
SYSTEMS = ("shopify", "square", "ga4")
BY_SOURCE = {"shopify": "Europe/London", "square": "Europe/London"}
HAS_NAMES = find_spec("splink") is not None
WAYS = ["email", "phone", "name"] if HAS_NAMES else ["email", "phone"]
MODELS = "orders order_lines sessions products customers row_counts shop_facts customer_joins"
ORDERS = """
    select order_id, customer_id, ordered_at, order_status, channel, country, gross_revenue, net_revenue, currency
    from shop.orders where source_system = '{source}' order by order_id
"""


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """The same made shop as three systems export it; the tracker saw those who bought in the web shop."""
    folder = tmp_path_factory.mktemp("exports")
    for system in SYSTEMS:
        write_export(system, SEED, CUSTOMERS, folder / system)
    return folder


@pytest.fixture(scope="module")
def several(exports) -> Warehouse:
    """A shop system that is read twice, as two shops are, a till and a tracker; nobody is joined by an address."""
    sources = f"shopify:one={exports}/shopify, shopify:two={exports}/shopify, square={exports}/square"
    return InMemory(rendered(f"{sources}, ga4={exports}/ga4", "", MODELS, time_zone="Europe/London"))


@pytest.fixture(scope="module")
def joined(exports) -> Warehouse:
    """The shop, its till and its tracker, joined."""
    sources = ", ".join(f"{system}={exports}/{system}" for system in SYSTEMS)
    ways = {"join_people_by": WAYS, "join_products_by": "sku"}
    return InMemory(rendered(sources, "", MODELS, time_zone=BY_SOURCE, **ways))


def built(source, raw, models):
    """Some models, without dbt."""
    return rendered(source, raw, models, time_zone="Europe/London", reporting_currency="GBP")


@pytest.mark.parametrize(("system", "sources"), [("shopify", ["shopify:one", "shopify:two"]), ("square", ["square"])])
def test_of_each_source_orders_are_what_they_are_alone(several, exports, system, sources):
    alone = built(system, exports / system, "orders")
    expected = alone.rows(ORDERS.format(source=system))
    assert len(expected) > 500
    for source in sources:
        named = [(f"{source}:{order}", person and f"{source}:{person}", *rest) for order, person, *rest in expected]
        found = several.rows(ORDERS.format(source=source))
        assert [(order, *rest) for order, _, *rest in found] == [(order, *rest) for order, _, *rest in named]
        if source != "shopify:one":
            assert found == named


def test_every_row_of_a_public_table_says_its_source(several):
    for table in ("orders", "order_lines", "sessions", "products", "customers"):
        assert several.one(f"select count(*) filter (where source_system is null) from shop.{table}") == 0
    assert several.one("select sum(rows_in - accepted - rejected - after_as_of) from quality.row_counts") == 0
    assert several.rows("""
        select source_system from quality.row_counts where source_table = 'order_lines' and rows_in > 0 order by 1
    """) == [("ga4",), ("shopify:one",), ("shopify:two",), ("square",)]


def test_what_a_tracker_tells_again_is_counted_once_and_its_visits_are_the_customers(several):
    kinds = dict(several.rows("select fact, value from quality.shop_facts where fact like 'sale_kind%'"))
    assert kinds == {
        "sale_kind of shopify:one": "order_lines",
        "sale_kind of shopify:two": "order_lines",
        "sale_kind of square": "order_lines",
        "sale_kind of ga4": "counted by shopify:one",
    }
    assert several.one("select count(*) from shop.orders where source_system = 'ga4'") == 0
    assert (
        several.one("""
        select count(*) from shop.sessions as s inner join shop.customers as c using (customer_id)
        where s.source_system = 'ga4' and c.source_system = 'shopify:one' and c.orders > 0
    """)
        > 50
    )
    # the first source of two that tell the same orders
    assert several.column("select distinct source_system from quality.customer_joins order by 1") == [
        "ga4",
        "shopify:one",
    ]


def test_joined_people_and_products_are_one_row_with_all_that_they_did(joined):
    people = joined.rows("""
        select c.customer_id, count(distinct j.source_system)
        from shop.customers as c inner join quality.customer_joins as j using (customer_id)
        group by 1 having count(distinct j.source_system) = 3
    """)
    assert len(people) > 30
    assert (
        joined.one("""
        select count(*) from shop.customers as c
        where c.orders <> (select count(*) from shop.orders as o where o.customer_id = c.customer_id and o.is_sale)
    """)
        == 0
    )
    assert (
        joined.one("""
        select count(*) from shop.orders as o
        inner join quality.customer_joins as j on o.customer_id = j.own_customer_id
        where j.own_customer_id <> j.customer_id
    """)
        == 0
    )
    assert joined.column("select distinct source_system from shop.products where orders > 50") == ["shopify"]
    assert (
        joined.one("""
        select count(distinct o.source_system) from shop.order_lines as l
        inner join shop.orders as o using (order_id) where l.product_id = 'shopify:P0001'
    """)
        == 2
    )


@pytest.mark.skipif(not HAS_NAMES, reason="the extra customer-insight[names] is not installed")
def test_names_join_whom_addresses_join_as_well_and_are_in_no_table_for_readers(joined):
    pairs = joined.rows("select customer_id, same_as_customer_id from staging.stg_customer_names")
    of_address = joined.rows("""
        select a.customer_id, b.customer_id
        from staging.stg_customers as a inner join staging.stg_customers as b on a.email = b.email
        where a.customer_id < b.customer_id
    """)
    assert len(pairs) > 30
    assert set(pairs) <= set(of_address)
    shown = joined.rows("select own_customer_id, evidence from quality.customer_joins where joined_by = 'name'")
    assert {own for own, _ in shown} == {customer for pair in pairs for customer in pair}
    assert all(0.99 <= float(evidence) < 1 for _, evidence in shown)
    assert (
        joined.one("""
        select count(*) from information_schema.columns
        where column_name in ('first_name', 'last_name', 'postal_code') and table_schema not in ('staging', 'sources')
    """)
        == 0
    )


def test_a_till_beside_a_tracker_keeps_the_trackers_orders(exports, tmp_path):
    # another shop's till: no order of it is one of the web shop's
    write_export("square", SEED + 1, CUSTOMERS, tmp_path / "till")
    run = built(f"square={tmp_path}/till, ga4={exports}/ga4", "", "orders shop_facts")
    kinds = run.rows("select value from quality.shop_facts where fact like 'sale_kind%' order by fact")
    assert kinds == [("order_lines",), ("order_lines",)]
    assert run.rows("select count(*) > 100 from shop.orders where source_system = 'ga4'") == [(True,)]


@dataclass
class Shop:
    """A web shop and a till, as files, small enough to be built thrice."""

    folder: object

    def write(self) -> str:
        for at, source in enumerate(("web", "till")):
            lines = [
                {
                    "order_id": f"{customer}-{order}",
                    "product_id": f"P{(customer * 7 + order * 3 + line) % 12}",
                    "ordered_at": (date(2024, 1, 1) + timedelta(days=customer * 3 + order * 40 + at)).isoformat(),
                    "customer_id": f"C{customer}",
                    "quantity": 1 + (customer + line) % 3,
                    "unit_price": f"{5 + (customer * 7 + order * 3 + line) % 12}.50",
                }
                for customer in range(40)
                for order in range(1 + customer % 4)
                for line in range(1 + (customer + order) % 3)
            ]
            self.write_table(source, "order_lines", lines)
        return f"files:web={self.folder}/web, files:till={self.folder}/till"

    def write_table(self, source, table, rows) -> None:
        (self.folder / source).mkdir(exist_ok=True)
        with (self.folder / source / f"{table}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def test_a_link_that_is_taken_away_leaves_everything_as_if_it_had_never_been(tmp_path):
    shop = Shop(tmp_path)
    sources = shop.write()
    models = models_of(PUBLIC_TABLES)

    def made(earlier=None):
        return InMemory(rendered(sources, "", models, earlier and earlier.run, evaluate=False))

    never = made()
    links = [
        {"customer_id": f"C{at}", "same_as_customer_id": f"files:web:C{at + 3}", "linked_at": "2024-02-01"}
        for at in range(10)
    ]
    shop.write_table("till", "customer_links", links)
    linked = made()
    assert linked.one("select count(*) from quality.customer_joins where own_customer_id <> customer_id") == 10
    assert linked.one("select orders from shop.customers where customer_id = 'files:web:C6'") == 3 + 4
    assert len(differences(never, linked, tmp_path / "scratch")) > 5
    (tmp_path / "till" / "customer_links.csv").unlink()
    undone = made(linked)
    assert differences(never, undone, tmp_path / "scratch") == []
