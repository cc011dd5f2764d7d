"""The Olist source: persons behind orders' customers, pieces as rows, categories translated, reviews of orders."""

import pytest
from customer_insight.commands.cli import main
from rendered_warehouse import rendered_sources
from source_warehouse import contract

FILES = {
    "olist_orders_dataset": (
        "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at\n"
        "o1,c1,delivered,2017-10-02 10:56:33,2017-10-02 11:07:15\n"
        "o2,c2,unavailable,2018-01-15 23:30:00,\n"
        "o3,c3,canceled,2018-02-15 08:00:00,\n"
        "o4,c4,shipped,2018-03-15 08:00:00,\n"
    ),
    "olist_order_items_dataset": (
        "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value\n"
        "o1,1,a0b1c2d3,s,2017-10-06,58.90,13.29\n"
        "o1,2,a0b1c2d3,s,2017-10-06,58.90,13.29\n"
        "o2,1,e4f5a6b7,s,2017-10-06,10.00,1.00\n"
        "o4,1,a0b1c2d3,s,2017-10-06,58.90,13.29\n"
        "o4,2,e4f5a6b7,s,2017-10-06,10.00,13.29\n"
        "o9,1,a0b1c2d3,s,2017-10-06,58.90,13.29\n"
        ",,,,,,\n"
    ),
    # called as somebody saved it
    "olistcustomerdataset": (
        "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state\n"
        "c1,ann,14409,franca,SP\nc2,ann,1151,sao paulo,SP\nc3,bo,1151,sao paulo,SP\nc4,cy,1151,sao paulo,SP\n"
    ),
    "olist_products_dataset": (
        "product_id,product_category_name,product_name_lenght\n"
        "a0b1c2d3,perfumaria,40\ne4f5a6b7,pc_gamer,40\n99999999,,\n"
    ),
    "product_category_name_translation": (
        "\ufeffproduct_category_name,product_category_name_english\nperfumaria,perfumery\n"
    ),
    "olist_order_reviews_dataset": (
        "review_id,order_id,review_score,review_comment_title,review_comment_message,review_creation_date,"
        "review_answer_timestamp\n"
        'r1,o1,4,,"Muito\nbom",2018-01-18 00:00:00,2018-01-18 21:46:59\n'
        "r1,o2,4,super,,2018-01-18 00:00:00,2018-01-18 21:46:59\n"
        "r2,o4,1,,,2018-01-18 00:00:00,2018-01-18 21:46:59\n"
        "r3,o3,1,,,2018-01-18 00:00:00,2018-01-18 21:46:59\n"
    ),
}


def written(raw, files=FILES):
    raw.mkdir(exist_ok=True)
    for name, text in files.items():
        (raw / f"{name}.csv").write_text(text, encoding="utf-8")
    return raw


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("olist")
    run = rendered_sources("olist", written(folder / "raw"))
    return run


def test_each_piece_is_a_line_of_the_person_who_ordered(shop):
    columns = "order_id, customer_id, line_number, quantity, unit_price, order_status, ordered_at, row_defect"
    rows = shop.rows(f"select {columns} from sources.src_order_lines order by row_number")
    assert rows == [
        ("o1", "ann", "1", "1", "58.90", "delivered", "2017-10-02 10:56:33", None),
        ("o1", "ann", "2", "1", "58.90", "delivered", "2017-10-02 10:56:33", None),
        ("o2", "ann", "1", "1", "10.00", "unavailable", "2018-01-15 23:30:00", None),
        ("o4", "cy", "1", "1", "58.90", "shipped", "2018-03-15 08:00:00", None),
        ("o4", "cy", "2", "1", "10.00", "shipped", "2018-03-15 08:00:00", None),
        ("o9", None, "1", "1", "58.90", None, None, "its order is not among the orders"),
    ]


def test_products_are_called_by_their_category_and_id(shop):
    assert shop.rows("select product_id, product_name, category from sources.src_products order by row_number") == [
        ("a0b1c2d3", "perfumery a0b1c2", "perfumery"),
        ("e4f5a6b7", "pc gamer e4f5a6", "pc gamer"),
        ("99999999", "999999", None),
    ]


def test_a_review_is_of_the_only_product_of_its_order(shop):
    columns = "review_id, product_id, customer_id, rating, title, review_text, reviewed_at"
    assert shop.rows(f"select {columns} from sources.src_reviews order by row_number") == [
        ("r1 o1", "a0b1c2d3", "ann", "4", None, "Muito\nbom", "2018-01-18 21:46:59"),
        ("r1 o2", "e4f5a6b7", "ann", "4", "super", None, "2018-01-18 21:46:59"),
    ]


def test_a_person_lives_where_the_last_order_went(shop):
    rows = shop.rows("select customer_id, city, updated_at from sources.src_customers order by row_number")
    assert rows[:2] == [("ann", "franca", "2017-10-02 10:56:33"), ("ann", "sao paulo", "2018-01-15 23:30:00")]


def test_an_order_that_stands_twice_makes_no_row_twice(tmp_path):
    again = FILES["olist_orders_dataset"] + "o1,c1,delivered,2017-10-02 10:56:33,2017-10-02 11:07:15\n"
    run = rendered_sources("olist", written(tmp_path / "raw", FILES | {"olist_orders_dataset": again}))
    for table, rows in {"order_lines": 6, "customers": 4, "reviews": 2}.items():
        counts = f"select count(*), count(distinct row_number) from sources.src_{table}"
        assert run.rows(counts) == [(rows, rows)], table


def test_tables_have_the_columns_of_the_input(shop):
    for table in ("order_lines", "products", "customers", "reviews"):
        assert shop.columns(f"sources.src_{table}") == contract(table)


def test_the_check_says_where_the_shop_is_and_what_it_needs(tmp_path, capsys):
    raw = written(tmp_path / "raw")
    assert main(["check", "--source", "olist", "--raw", str(raw)]) == 0
    said = capsys.readouterr().out
    assert "from 2017-10-02 to 2018-03-15" in said
    assert "1 x its order is not among the orders" in said
    assert "time_zone" not in said
    (raw / "olistcustomerdataset.csv").unlink()
    assert main(["check", "--source", "olist", "--raw", str(raw)]) == 1
    assert "expected customers beside orders, found none" in capsys.readouterr().out
