"""The Shopify source: orders over several lines and files, their money, products by variant, customers without ids."""

import csv
import io

import pytest
from customer_insight.commands.cli import main
from rendered_warehouse import rendered, rendered_sources
from round_trip import built
from source_warehouse import contract

HEADER = [
    *("Name", "Email", "Financial Status", "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code"),
    *("Discount Amount", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem sku"),
    *("Billing Phone", "Billing Country", "Shipping Country", "Notes", "Cancelled at", "Refunded Amount", "Id"),
    *("Source", "Lineitem discount", "Payment Method", "Tags"),
]
FIRST = {
    "Currency": "SEK",
    "Refunded Amount": "0.00",
    "Source": "web",
    "Shipping Country": "SE",
    "Billing Country": "NO",
}


def line(name, **fields):
    return {
        "Name": name,
        "Created at": "2023-05-31 23:06:04 -0700",
        "Lineitem quantity": "1",
        "Lineitem discount": "0.00",
        **fields,
    }


def order(name, status, subtotal, **fields):
    return line(name, **FIRST | {"Financial Status": status, "Subtotal": subtotal} | fields)


def export(*rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def item(name, price, **fields):
    return {"Lineitem name": name, "Lineitem price": price} | fields


MUG = item("Mug - Blue", "100.00", **{"Lineitem sku": "'0012"})
PLATE = item("Plate", "90.00", **{"Lineitem quantity": "2"})
TIP = item("Tip", "20.00")
CUP = item("Cup", "20.00")
BO = {"Email": "bo@example.com"}
OLD = export(
    # 280 of goods, a code takes 30 of them: 100/280 of 30 are 10.71
    order("#1", "paid", "250.00", Email="Ann@Example.com", Notes="two\nlines", **MUG),
    line("#1", Email="Ann@Example.com", **PLATE),
    line("#1", Email="Ann@Example.com", **TIP),
    order(
        "#2",
        "partially_refunded",
        "180.00",
        **PLATE,
        **{"Refunded Amount": "80.00", "Billing Phone": "'+46 70 123 45 67"},
    ),
    order("#3", "paid", "200.00", **BO, **CUP),
    line("#3", **BO, **PLATE),
)
NEW = export(
    # exported again: a line was taken out, and it was all sent back
    order("#3", "refunded", "20.00", **BO, **CUP, **{"Refunded Amount": "69.00"}),
    order(
        "#4",
        "partially_refunded",
        "20.00",
        **BO,
        **CUP,
        **{"Cancelled at": "2023-06-03 11:00:00 +0200", "Refunded Amount": "5.00"},
    ),
    # a discount of the line, and one of the order that has no even cents; the same product twice
    order("#5", "pending", "33.33", **BO, **CUP | {"Lineitem discount": "5.00"}),
    line("#5", **BO, **CUP),
)
PRODUCTS = (
    "Handle,Title,Body (HTML),Vendor,Product Category,Type,Published,Option1 Value,Variant SKU,Variant Price,"
    "Image Src,Status,Variant Inventory Qty,Variant Inventory Policy\n"
    'mug,Mug,"<p>A <b>blue</b>\nmug</p>",Kil,Home > Cups / Mugs,Mugs,true,Blue,\'0012,100.00,https://x/1.jpg,active,'
    "7,deny\n"
    "mug,,,,,,,Red,,110.00,,,3,continue\n"
    "mug,,,,,,,,,,https://x/2.jpg,,,\n"
    "plate,Plate,,Kil,,Plates,true,Default Title,,90.00,,archived,,deny\n"
)
CUSTOMERS = (
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address City,Default Address Country Code,"
    "Default Address Zip,Phone,Total Spent\n"
    "'71,Ann,Berg,ann@example.com,yes,Lund,SE,'222 22,'+46701234567,10\n"
    ",,,,no,,SE,,'+46 70 123 45 67,1\n"
    "'72,Cy,,,no,,SE,,,0\n"
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shopify")
    raw = folder / "raw"
    raw.mkdir()
    for name, text in {
        "orders_export_1": OLD,
        "orders_export_2": NEW,
        "products_export": PRODUCTS,
        "customers_export": CUSTOMERS,
    }.items():
        (raw / f"{name}.csv").write_text(text)
    run = rendered_sources("shopify", raw)
    return run


def test_lines_of_orders_with_their_share_of_the_discount(shop):
    columns = "order_id, product_id, line_number, quantity, unit_price, cast(discount_amount as double)"
    assert shop.rows(
        f"select {columns}, order_status, is_product from sources.src_order_lines order by row_number"
    ) == [
        ("#1", "0012", "1", "1", "100.00", 10.71, "paid", None),
        ("#1", "Plate", "2", "2", "90.00", 19.29, "paid", None),
        ("#1", "Tip", "3", "1", "20.00", 0.0, "paid", "false"),
        ("#2", "Plate", "1", "2", "90.00", 0.0, "partially_refunded", None),
        ("#3", "Cup", "1", "1", "20.00", 0.0, "refunded", None),
        ("#4", "Cup", "1", "1", "20.00", 0.0, "cancelled", None),
        ("#5", "Cup", "1", "1", "20.00", 5.72, "pending", None),
        ("#5", "Cup", "2", "1", "20.00", 0.95, "pending", None),
        ("#2", "refund", "2", "-1", "80.00", None, "returned", "false"),
    ]
    assert shop.columns("sources.src_order_lines") == contract("order_lines")


def test_facts_of_the_first_line_hold_for_the_order(shop):
    columns = "distinct order_id, customer_id, ordered_at, channel, country, currency"
    assert shop.rows(f"select {columns} from sources.src_order_lines where order_id in ('#1', '#2') order by 1") == [
        ("#1", "Ann@Example.com", "2023-05-31 23:06:04 -0700", "web", "SE", "SEK"),
        ("#2", "+46 70 123 45 67", "2023-05-31 23:06:04 -0700", "web", "SE", "SEK"),
    ]


def test_a_product_is_a_variant_called_as_on_the_lines_of_orders(shop):
    columns = "product_id, product_name, description, category, brand, price, is_available, image_path"
    assert shop.rows(f"select {columns} from sources.src_products order by row_number") == [
        ("0012", "Mug - Blue", "A blue mug", "Home > Cups / Mugs", "Kil", "100.00", "true", "https://x/1.jpg"),
        ("Mug - Red", "Mug - Red", "A blue mug", "Home > Cups / Mugs", "Kil", "110.00", "true", "https://x/1.jpg"),
        ("Plate", "Plate", None, "Plates", "Kil", "90.00", "false", None),
    ]
    # what is sold without being there, and what nobody counts, has no stock
    assert shop.rows("select stock_units from sources.src_products order by row_number") == [("7",), (None,), (None,)]
    assert shop.columns("sources.src_products") == contract("products")


def test_customers_are_called_as_orders_call_them(shop):
    columns = "customer_id, email, phone, first_name, last_name, postal_code, country, city, marketing_consent"
    assert shop.rows(f"select {columns} from sources.src_customers order by row_number") == [
        ("ann@example.com", "ann@example.com", "+46701234567", "Ann", "Berg", "222 22", "SE", "Lund", "yes"),
        ("+46 70 123 45 67", None, "+46 70 123 45 67", None, None, None, "SE", None, "no"),
        ("shopify 72", None, None, "Cy", None, None, "SE", None, "no"),
    ]
    assert shop.columns("sources.src_customers") == contract("customers")


def test_a_ragged_line_arrives(tmp_path):
    (tmp_path / "orders_export.csv").write_text(OLD + "#9,ragged\n")
    run = rendered_sources("shopify", tmp_path)
    assert run.rows(
        "select order_id, order_status, row_defect from sources.src_order_lines where row_defect is not null"
    ) == [("#9", None, "wrong number of fields")]


def test_what_is_paid_on_delivery_is_sold_before_it_is_paid(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    cod = {"Payment Method": "Cash on Delivery (COD)"}
    orders = [
        order("#1", "pending", "20.00", **CUP, **cod),
        order("#2", "pending", "20.00", **CUP, **cod | {"Tags": "vip, Order Canceled"}),
        order("#3", "pending", "20.00", **CUP, **{"Payment Method": "Bank Deposit", "Tags": "not canceled"}),
        order("#4", "paid", "20.00", **CUP, **cod | {"Tags": "Cancelled"}),
    ]
    # the second file repeats the third order, as it was before
    (raw / "orders_export (9).csv").write_text(export(order("#3", "voided", "20.00", **CUP)))
    (raw / "orders_export (10).csv").write_text(export(*orders))
    run = rendered_sources("shopify", raw)
    assert run.rows("select order_id, order_status from sources.src_order_lines order by row_number") == [
        ("#1", "paid on delivery"),
        ("#2", "cancelled"),
        ("#3", "pending"),
        ("#4", "paid"),
    ]
    asked = rendered("shopify", raw, "src_order_lines", pending_is_sale=False)
    assert asked.rows("select order_status from sources.src_order_lines where order_id = '#1'") == [("pending",)]


def test_amounts_beyond_a_million_discounts_below_zero_and_amounts_that_are_none(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    sofa = item("Sofa", "1500000.00", **{"Lineitem quantity": "2"})
    orders = export(
        # a code takes a tenth
        order("#1", "paid", "2700000.00", **sofa),
        order("#2", "paid", "15.00", **CUP | {"Lineitem discount": "-5.00"}),
        order("#3", "paid", "20.00", **CUP | {"Lineitem discount": "none of it"}),
        order("#4", "partially_refunded", "20.00", **CUP, **{"Refunded Amount": "a part"}),
        order("#5", "paid", "30.00", **CUP),
        line("#5", **CUP),
    )
    # a row that cannot be read takes nothing of what the code took off
    (raw / "orders_export.csv").write_text(orders + "#5,ragged" + "," * 10 + "1,Cup,20.00\n")
    run = built("shopify", raw, "orders", "SEK")
    money = "order_id, cast(list_revenue as double), cast(discount_amount as double), cast(net_revenue as double)"
    assert run.rows(f"select {money} from shop.orders order by 1") == [
        ("#1", 3000000.0, 300000.0, 2700000.0),
        ("#2", 20.0, 5.0, 15.0),
        ("#4", 20.0, 0.0, 20.0),
        ("#5", 40.0, 10.0, 30.0),
    ]
    assert run.rows(
        "select order_id, reject_reason from staging.stg_order_lines__typed where reject_reason is not null order by 1"
    ) == [
        ("#3", "discount_amount is not a number"),
        ("#4", "unit_price is not a number"),
        ("#5", "wrong number of fields"),
    ]


def test_what_was_paid_back_of_a_kept_order_is_credited_to_the_cent(tmp_path):
    """Postage may be in it; that an order came back whole Shopify says itself."""
    raw = tmp_path / "raw"
    raw.mkdir()
    orders = [
        order("#1", "partially_refunded", "180.00", **PLATE, **{"Refunded Amount": "199.00"}),
        # the tip was kept
        order("#2", "partially_refunded", "180.00", **PLATE, **{"Refunded Amount": "180.00"}),
        line("#2", **TIP),
        # a code took 30 of 180
        order("#3", "partially_refunded", "150.00", **PLATE, **{"Refunded Amount": "150.00"}),
    ]
    (raw / "orders_export.csv").write_text(export(*orders))
    run = built("shopify", raw, "orders", "SEK")
    assert run.rows("select order_id, order_status, cast(net_revenue as double) from shop.orders order by 1") == [
        ("#1", "completed", -19.0),
        ("#2", "completed", 20.0),
        ("#3", "completed", 0.0),
    ]
    assert run.rows("select count(*) from sources.src_order_lines where product_id = 'refund'") == [(3,)]


def test_codes_are_read_and_where_an_order_went_and_who_paid_is_kept_as_a_hash_alone(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    header = [*HEADER, "Shipping Street", "Shipping Zip", "Billing Name"]
    ways = [
        ("12 Mill Lane", "'LS1 4AB", "Ada Byrne"),
        ("MILL LN. 12", "LS14AB", "BYRNE, Ada"),
        ("9 Mill Lane", "", "Bo Li"),
    ]
    text = io.StringIO()
    writer = csv.DictWriter(text, header, lineterminator="\n")
    writer.writeheader()
    for number, (street, code, payer) in enumerate(ways, 1):
        clues = {"Shipping Street": street, "Shipping Zip": code, "Billing Name": payer, "Discount Code": "WELCOME10"}
        writer.writerow(order(f"#{number}", "paid", "20.00", **CUP, **clues))
    (raw / "orders_export.csv").write_text(text.getvalue())
    run = built("shopify", raw, "orders", "SEK")
    told = run.rows("select coupon_code, shipping_address, payment_name from staging.stg_order_lines order by order_id")
    assert [code for code, *_ in told] == ["WELCOME10"] * 3
    assert told[0] == told[1]
    assert len({told[0], told[2]}) == 2
    kept = run.rows("""
        select table_schema || '.' || table_name, column_name from information_schema.columns
        where data_type = 'VARCHAR' and table_schema in ('staging', 'intermediate', 'shop')
            or table_name like 'src_shopify%' and data_type = 'VARCHAR'
    """)
    assert len(kept) > 50
    for table, column in kept:
        clear = f"select 1 from {table} where regexp_matches({column}, '(?i)mill l|byrne') limit 1"
        assert run.rows(clear) == [], table


def checked(capsys, raw):
    assert main(["check", "--source", "shopify", "--raw", str(raw)]) == 0
    return capsys.readouterr().out


def test_the_check_counts_orders_in_several_files_and_needs_no_other_file(tmp_path, capsys):
    for name, text in {"orders_export_1": OLD, "orders_export_2": NEW}.items():
        (tmp_path / f"{name}.csv").write_text(text)
    said = checked(capsys, tmp_path)
    assert "orders: 1 order stands in several files; each is whole in the one whose name comes last" in said
    assert "\nproducts" not in said
    assert "not in products" not in said


def test_a_file_of_orders_may_be_called_anything(tmp_path, capsys):
    (tmp_path / "sales of july.csv").write_text(NEW)
    said = checked(capsys, tmp_path / "sales of july.csv")
    assert "orders: sales of july.csv" in said
    assert "in several files" not in said


def test_the_check_says_that_the_day_of_what_came_back_is_not_known(tmp_path, capsys):
    (tmp_path / "orders_export_1.csv").write_text(NEW)
    # a part of an order was paid back
    assert "of what came back 1 line does not say when: it counts from the day of its order" in checked(
        capsys, tmp_path
    )
