"""Order lines without dates as the tables of orders have them, at an `as_of` that the shop sets."""

import pytest
from rendered_warehouse import Stopped, rendered

LINES = """\
order_id,product_id,ordered_at,customer_id,line_number,quantity,unit_price,order_status,returned_at
O1,mug,,ann,1,2,5,,
O1,pot,,ann,2,1,20,,2024-03-01
O1,lid,,ann,3,1,8,,2024-07-01
O1,box,,ann,4,1,1,,1970-01-01
O2,mug,,ann,1,1,6,,
O2,mug,,ann,2,-1,5,returned,2024-03-01
O2,mug,,ann,3,-1,5,returned,2024-07-01
O3,mug,,bob,1,1,6,,
O3,pot,,eve,2,1,20,,
O4,mug,,,1,1,7,cancelled,
"""
EVENTS = (
    "occurred_at,event_type,visitor_id,customer_id,product_id\n2024-05-01,view,v,ann,pot\n2024-09-01,view,v,ann,lid\n"
)
MODELS = "orders order_lines products row_counts shop_facts"
AS_OF = "2024-06-01 00:00:00"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The tables as known in June: one visit is later, as is the second return and the second credit note."""
    folder = tmp_path_factory.mktemp("undated")
    raw = folder / "raw"
    raw.mkdir()
    (raw / "order_lines.csv").write_text(LINES)
    (raw / "events.csv").write_text(EVENTS)
    return rendered("files", raw, MODELS, as_of=AS_OF)


def test_lines_are_known_at_every_instant_and_what_came_back_from_its_own_on(built):
    assert built.rows(
        "select source_table, rows_in, accepted, rejected, after_as_of from quality.row_counts "
        "where rows_in > 0 order by 1"
    ) == [("events", 2, 1, 0, 1), ("order_lines", 10, 9, 0, 1)]
    lines = built.rows(
        "select order_id, line_number, order_status, returned_at::date::string from shop.order_lines "
        "where order_id in ('O1', 'O2') order by 1, 2"
    )
    assert lines == [
        ("O1", 1, "completed", None),
        ("O1", 2, "returned", "2024-03-01"),
        ("O1", 3, "completed", None),
        ("O1", 4, "completed", None),
        ("O2", 1, "completed", None),
        ("O2", 2, "returned", "2024-03-01"),
    ]


def test_orders_are_whole_and_at_no_time(built):
    found = built.rows(
        "select order_id, customer_id, gross_revenue, net_revenue, customer_order_number from shop.orders order by 1"
    )
    assert [(*row[:2], float(row[2]), float(row[3]), row[4]) for row in found] == [
        ("O1", "ann", 19, 19, 1),
        ("O2", "ann", 6, 1, 2),
        # of an unknown day, so of the first one who is named
        ("O3", "bob", 26, 26, 1),
        ("O4", None, 0, 0, None),
    ]
    assert built.rows("select count(ordered_at), count(order_date), count(is_first_order) from shop.orders") == [
        (0, 0, 0)
    ]
    assert built.rows("select as_of::string from staging.stg_as_of") == [("2024-06-01 00:00:00",)]
    assert built.rows("select value from quality.shop_facts where fact = 'order_dates'") == [("none",)]


def test_a_price_is_that_of_most_lines(built):
    prices = built.rows("select product_id, price from shop.products where product_id in ('mug', 'pot') order by 1")
    assert [(product, float(price)) for product, price in prices] == [("mug", 6), ("pot", 20)]


def test_amounts_in_several_currencies_stop_the_build(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "order_lines.csv").write_text("order_id,product_id,unit_price,currency\nO1,mug,5,EUR\nO2,mug,6,USD\n")
    with pytest.raises(
        Stopped, match=r"A rate is one of a day, and there are no dates: write all amounts in one currency\."
    ):
        rendered("files", raw, "int_lines_from_order_lines", as_of=AS_OF, reporting_currency="EUR")
