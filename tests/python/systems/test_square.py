"""The Square source: sales, refunds as transactions of their own, voided items, and zones called by spoken names."""

import pytest
from rendered_warehouse import rendered_sources
from round_trip import built
from source_warehouse import contract

HEADER = (
    "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,"
    "Transaction ID,Payment ID,Device Name,Event Type,Location,Customer ID,Itemization Type,Channel\n"
)
ZONE = "Pacific Time (US & Canada)"


def sold(day, rest):
    """Rows of a moment: item and category, money and transaction, and what follows the till."""
    return "".join(f"{day},{ZONE},{row}\n" for row in rest.splitlines())


OLD = (
    HEADER
    # two equal lines are two coffees
    + sold(
        "2024-06-01,13:47:01",
        """Coffee,Latte,1.0,Large,,"Oat, Ice",$5.50,$0.00,$5.50,$0.40,T1,P1,Till,Payment,Main,C1,Physical Good,
Coffee,Latte,1.0,Large,,"Oat, Ice",$5.50,$0.00,$5.50,$0.40,T1,P1,Till,Payment,Main,C1,Physical Good,
None,Mug,3.0,Regular,MUG-1,,"$1,200.00",-$0.01,"$1,199.99",$0.00,T1,P1,Till,Payment,Main,C1,Physical Good,""",
    )
    # by weight, without a customer, after the clocks were set back
    + sold(
        "2024-12-01,09:55:11",
        """None,Beans,0.375,,,,$6.75,$0.00,$6.75,$0.00,T2,P2,Till,Payment,Main,,,Web shop
None,,1.0,,,,$10.00,$0.00,$10.00,$0.00,T2,P2,Till,Payment,Main,,Custom Amount,
Coffee,Latte (Voided),1.0,Large,,,$0.00,$0.00,$0.00,$0.00,T2,P2,Till,Payment,Main,,,""",
    )
    # this transaction is exported again
    + sold("2024-12-31,23:59:59", "Coffee,Latte,9.0,,,,$9.00,$0.00,$9.00,$0.00,T3,P3,Till,Payment,Main,,,")
)
NEW = (
    HEADER
    + sold("2024-12-31,23:59:59", "Coffee,Latte,1.0,Regular,,,$4.00,-$4.00,$0.00,$0.00,T3,P3,Till,Payment,Main,,,")
    # what was reduced by a quarter comes back
    + sold(
        "2025-01-02,08:00:00",
        "Coffee,Mug,-2.0,Regular,MUG-1,,-$14.95,$3.74,-$11.21,-$1.05,T4,P4,Till,Refund,Main,,Physical Good,",
    )
    + "2025-01-02,08:00:00,Nowhere Time,Coffee,Latte,1.0,,,,$4.00,$0.00,$4.00,$0.00,T5,P5,Till,Payment,Main,,,\n"
)
CUSTOMERS = (
    "Reference ID,First Name,Last Name,Email Address,Phone Number,City,Postal Code,Square Customer ID,"
    "Email Subscription Status\n"
    ",Ann,Berg,ann@example.com,'+15035550100,Portland,97201,C1,subscribed\n"
)


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    raw = tmp_path_factory.mktemp("square") / "raw"
    raw.mkdir()
    (raw / "items-2024-01-01-2025-01-01.csv").write_text(OLD)
    (raw / "items-2025-01-01-2025-02-01.csv").write_text(NEW)
    (raw / "export-20250202-001509.csv").write_text(CUSTOMERS)
    return raw


@pytest.fixture(scope="module")
def shop(raw):
    run = rendered_sources("square", raw)
    return run


def test_lines_with_their_prices_and_what_came_back(shop):
    columns = (
        "order_id, product_id, line_number, cast(quantity as double), cast(unit_price as double), "
        "cast(discount_amount as double)"
    )
    assert shop.rows(
        f"select {columns}, order_status, is_product, channel from sources.src_order_lines order by row_number"
    ) == [
        ("T1", "Latte - Large", "1", 1.0, 5.5, 0.0, None, None, "Main"),
        ("T1", "Latte - Large", "2", 1.0, 5.5, 0.0, None, None, "Main"),
        ("T1", "MUG-1", "3", 3.0, 400.0, 0.01, None, None, "Main"),
        ("T2", "Beans", "1", 0.375, 18.0, 0.0, None, None, "Web shop"),
        ("T2", "Custom Amount", "2", 1.0, 10.0, 0.0, None, "false", "Main"),
        ("T2", "Latte - Large", "3", 1.0, 0.0, 0.0, "cancelled", None, "Main"),
        ("T3", "Latte", "1", 1.0, 4.0, 4.0, None, None, "Main"),
        ("T4", "MUG-1", "1", -2.0, 7.475, 3.74, "returned", None, "Main"),
        ("T5", "Latte", "1", 1.0, 4.0, 0.0, None, None, "Main"),
    ]
    assert shop.columns("sources.src_order_lines") == contract("order_lines")


def test_times_bear_the_offset_of_the_zone_and_an_unknown_zone_is_said(shop):
    columns = "distinct order_id, ordered_at, row_defect"
    assert shop.rows(f"select {columns} from sources.src_order_lines where order_id <> 'T4' order by 1") == [
        ("T1", "2024-06-01 13:47:01 -0700", None),
        ("T2", "2024-12-01 09:55:11 -0800", None),
        ("T3", "2024-12-31 23:59:59 -0800", None),
        (
            "T5",
            "2025-01-02 08:00:00",
            "the time zone Nowhere Time is not in seeds/reference/time_zone_names.csv",
        ),
    ]


def test_money_is_that_of_net_sales(raw):
    run = built("square", raw, "order_lines")
    assert run.rows("""
        select order_id, cast(sum(gross_revenue) as double), cast(sum(net_revenue) as double)
        from shop.order_lines group by all order by all
    """) == [("T1", 1210.99, 1210.99), ("T2", 16.75, 16.75), ("T3", 0.0, 0.0), ("T4", 0.0, -11.21)]


def test_products_are_those_that_were_sold_and_customers_those_of_the_directory(shop):
    assert shop.rows("select product_id, product_name, category from sources.src_products order by product_id") == [
        ("Beans", "Beans", "None"),
        ("Latte", "Latte", "Coffee"),
        ("Latte - Large", "Latte - Large", "Coffee"),
        ("MUG-1", "Mug", "Coffee"),
    ]
    columns = "customer_id, email, phone, first_name, last_name, postal_code, city, marketing_consent"
    assert shop.rows(f"select {columns} from sources.src_customers") == [
        ("C1", "ann@example.com", "+15035550100", "Ann", "Berg", "97201", "Portland", "subscribed")
    ]
    assert shop.columns("sources.src_products") == contract("products")
    assert shop.columns("sources.src_customers") == contract("customers")


def test_older_and_foreign_exports(tmp_path):
    """No time zone, other dates, amounts with decimal commas, amounts of returns in brackets, sales before tax."""
    (tmp_path / "items.csv").write_text(
        "Date,Time,Item,Qty,Product Sales,Discounts,Net Sales,Gross Sales,Transaction ID\n"
        '31/12/2023,9:05:00,Tea,"2,0","12,50 €","0,00 €","12,50 €","13,75 €",T1\n'
        '31/12/2023,9:05:00,Tea,"1,0","(6,25 €)","0,00 €","(6,25 €)","(6,88 €)",T2\n'
        # a weight has three decimals, and commas do not make another row dearer
        '31/12/2023,9:05:00,Tea,"1,375","12,50 €","0,00 €","12,50 €","13,75 €",T3\n'
        '31/12/2023,9:05:00,Tea,"1,000","$1,250.00","$0.00","$1,250.00","$1,375.00",T4\n'
    )
    run = rendered_sources("square", tmp_path)
    columns = "order_id, ordered_at, quantity, cast(unit_price as double), order_status"
    assert run.rows(f"select {columns} from sources.src_order_lines order by row_number") == [
        ("T1", "2023-12-31 09:05:00", "2.000000", 6.25, None),
        ("T2", "2023-12-31 09:05:00", "-1.000000", 6.25, "returned"),
        ("T3", "2023-12-31 09:05:00", "1.375000", 9.090909, None),
        ("T4", "2023-12-31 09:05:00", "1000.000000", 1.25, None),
    ]


def test_one_row_of_an_odd_zone_or_amount_is_refused_alone(tmp_path):
    header = "Date,Time,Time Zone,Item,Qty,Gross Sales,Discounts,Net Sales,Transaction ID,Event Type\n"
    good = f"05/31/2023,23:06:04,{ZONE},Mug,1,$10.00,$0.00,$10.00,"
    rows = (
        *(good + f"T{number},Payment" for number in range(4)),
        "06/01/2023,10:11:04,Kyiv Time,Mug,1,$5.00,$0.00,$5.00,U1,Payment",
        # no zone: the setting has it
        "06/01/2023,10:11:04,,Mug,1,$5.00,$0.00,$5.00,U2,Payment",
        f"06/01/2023,10:11:04,{ZONE},Mug,2,10.00 (USD),$0.00,9.00 (USD),U3,Payment",
        f"06/01/2023,10:11:04,{ZONE},Mug,2,$10.00,a part,never,U4,Payment",
        # nothing below zero came back, but for a word that says so
        f"06/01/2023,10:11:04,{ZONE},Mug,1,$5.00,-$5.00,-$0.00,U5,Payment",
        f"06/01/2023,10:11:04,{ZONE},Mug,1,$5.00,$0.00,$5.00,U6,Refund",
        f"06/01/2023,10:11:04,{ZONE},Sofa,3,4500000,0,4500000,U7,Payment",
    )
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "items.csv").write_text(header + "\n".join(rows) + "\n")
    run = built("square", raw, "orders")
    money = "order_id, cast(ordered_at as string), cast(gross_revenue as double), cast(net_revenue as double)"
    assert run.rows(f"select {money} from shop.orders where order_id like 'U%' order by 1") == [
        ("U2", "2023-06-01 10:11:04", 5.0, 5.0),
        ("U5", "2023-06-01 17:11:04", 0.0, 0.0),
        ("U6", "2023-06-01 17:11:04", 0.0, -5.0),
        ("U7", "2023-06-01 17:11:04", 4500000.0, 4500000.0),
    ]
    assert run.rows(
        "select order_id, reject_reason from staging.stg_order_lines__typed where reject_reason is not null order by 1"
    ) == [
        ("U1", "the time zone Kyiv Time is not in seeds/reference/time_zone_names.csv"),
        ("U3", "unit_price is not a number"),
        ("U4", "unit_price is not a number"),
    ]
    assert run.rows("select unit_price from sources.src_order_lines where order_id = 'U3'") == [("10.00 (USD)",)]


def test_a_ragged_line_arrives(tmp_path):
    (tmp_path / "items.csv").write_text(NEW + "2025-01-03,ragged\n")
    run = rendered_sources("square", tmp_path)
    assert run.rows(
        "select ordered_at, order_id, row_defect from sources.src_order_lines where row_defect like 'wrong%'"
    ) == [("2025-01-03 ragged", None, "wrong number of fields")]
