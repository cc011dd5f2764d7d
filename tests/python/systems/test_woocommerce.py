"""The WooCommerce source: orders as export plug-ins write them, their money and refunds, products with variations."""

from rendered_warehouse import rendered_sources
from round_trip import built
from source_warehouse import contract

# Advanced Order Export as Europe sets it: order columns on an order's first row alone, pieces less refunds.
FIRST_ROW_ONLY = """\
Order Number;Order Status;Order Date;Email (Billing);Phone (Billing);City (Billing);Country Code (Shipping);\
Cart Discount Amount;Order Subtotal Amount;Order Refund Amount;Order Total Amount;Order Total Tax Amount;\
SKU;Item #;Item Name;Quantity (- Refund);Item Cost;Coupon Code
1001;Completed;31.03.2024 10:22;Ann@Example.com;;Ulm;DE;5,00;30,00;0,00;29,75;4,75;A1;1;Cup;2;8,33;TEN
;;;;;;;;;;;;;2;Plate;1;8,34;FREE
;;;;;;;;;;;;;;;;;MORE
1002;Refunded;31.03.2024 11:00;;'+49 170 1;;DE;0,00;30,00;35,70;35,70;5,70;;;;;;
1003;Completed;31.03.2024 12:00;;'+49 170 1;;DE;0,00;30,00;11,90;35,70;5,70;A1;1;Cup;3;10,00;
1004;Processing;31.03.2024 13:00;;;;AT;0,00;30,00;11,90;35,70;5,70;A1;1;Cup;2;10,00;
"""
# The same plug-in with everything on every row; refunds as columns of items.
EVERY_ROW = """\
Order Number,Order Status,Order Date,Email (Billing),Currency,Order Refund Amount,Order Total Amount,\
Order Total Tax Amount,SKU,Item Name,Quantity,Quantity (- Refund),Item Cost,Order Line Subtotal,Order Line Total,\
Order Line Total Refunded,Order Line Total (- Refund)
1,Completed,2024-03-01 10:22,bo@example.com,EUR,10.00,40.00,0,A1,Cup,3,2,10.00,36.00,30.00,10.00,20.00
1,Completed,2024-03-01 10:22,bo@example.com,EUR,10.00,40.00,0,A2,Jug,1,1,10.00,10.00,10.00,0,10.00
2,Completed,2024-03-02 10:22,,EUR,5.95,59.50,9.50,A1,Cup,1,1,20.00,20.00,20.00,0,20.00
2,Completed,2024-03-02 10:22,,EUR,5.95,59.50,9.50,A1,Cup,1,1,30.00,30.00,30.00,0,30.00
3,Completed,2024-03-03 10:22,,EUR,20.00,20.00,0,A1,Cup,2,0,10.00,20.00,20.00,20.00,0
4,Failed,2024-03-04 10:22,,EUR,0,20.00,0,A1,Cup,2,2,10.00,20.00,20.00,0,20.00
"""
# Order/Customer CSV Export and WebToffee, one row an item: states as WordPress keeps them.
ONE_ROW_AN_ITEM = """\
order_id,order_number,order_date,status,discount_total,order_total,refunded_total,order_currency,billing_email,\
shipping_country,item_name,item_sku,item_quantity,item_subtotal,item_total,item_refunded,item_refunded_qty
91,51,2024-04-01 09:00:00,wc-completed,0.00,15.00,5.00,USD,cy@example.com,US,Tea,T1,2,10.00,10.00,5.00,-1
91,51,2024-04-01 09:00:00,wc-completed,0.00,15.00,5.00,USD,cy@example.com,US,Pot,,1,5.00,5.00,0,0
92,52,2024-04-02 09:00:00,pending,0.00,5.00,0.00,USD,cy@example.com,US,Pot,,1,5.00,5.00,0,0
"""
# WebToffee as it comes: one row an order, each item a text.
ONE_ROW_AN_ORDER = """\
order_number,order_date,status,order_total,order_subtotal,discount_total,tax_total,customer_email,refund_items,\
line_item_1,line_item_2
71,2024-05-01 09:00:00,completed,20.00,20.00,2.00,0,di@example.com,\
amount:1.50|reason:late|date:2024-05-03 10:00:00;amount:0.50|reason:|date:2024-05-04 10:00:00,\
name:Cup|product_id:9|sku:A1|quantity:2|total:18.00|sub_total:20.00,\
name:Pot | big|product_id:8|sku:|quantity:1|total:2.00|sub_total:2.00|_variation_id:81
72,2024-05-02 09:00:00,processing,2.00,2.00,0,0,di@example.com,,\
name:Pot|product_id:8|sku:|quantity:1|total:2.00|sub_total:2.00,
73,2024-05-02 10:00:00,completed,7.00,7.00,1.00,0,di@example.com,,,
"""
# Advanced Order Export with refunds as rows of their own.
REFUND_ROWS = """\
Order Number,Order Status,Order Date,Email (Billing),SKU,Item Name,Quantity,Item Cost,Order Line Total
1,Refunded,2024-03-01 10:22,bo@example.com,A1,Cup,3,10.00,30.00
1,Completed,2024-03-09 10:22,bo@example.com,A1,Cup,-3,10.00,-30.00
"""
PRODUCTS = (
    'ID,Type,SKU,Name,Published,"In stock?","Short description",Description,"Sale price","Regular price",Categories,'
    "Images,Parent,Brands,Stock,Backorders allowed?\n"
    r"""1,simple,A1,Cup,1,1,,"<p>A <b>blue</b>\ncup</p>",8,10,"Sale, Home > Cups\, Mugs, Home","1.jpg, 2.jpg",,Kil,4,0
2,variable,V,Shirt,1,1,Soft,,,,Clothes,https://x/3.jpg,,,,
3,variation,V-red,"Shirt - Red",1,0,,,,20,,,V,,0,notify
4,variation,V-blue,"Shirt - Blue",1,backorder,,,,20,,,id:2,,,
5,variable,W,Sock,1,1,,,,,Uncategorized,,,,,
6,variation,,"Sock - Long",1,1,,,,5,,,W,,,
7,grouped,G,Both,1,1,,,,,Clothes,,,,,
8,simple,,Pot,-1,1,,,,2,,,,,,
"""
)


def lines(tmp_path, more="", **files):
    """The lines that come out of such files of orders, in the order of their names."""
    raw = tmp_path / "raw"
    raw.mkdir()
    for name, text in files.items():
        (raw / f"{name}.csv").write_text(text)
    run = rendered_sources("woocommerce", raw)
    assert run.columns("sources.src_order_lines") == contract("order_lines")
    columns = "order_id, product_id, line_number, quantity, cast(unit_price as double), cast(discount_amount as double)"
    return run, run.rows(
        f"select {columns}, order_status, is_product from sources.src_order_lines {more} order by row_number"
    )


def test_orders_that_say_their_facts_once_and_count_pieces_less_refunds(tmp_path):
    run, found = lines(tmp_path, orders_2024=FIRST_ROW_ONLY)
    assert found == [
        ("1001", "A1", "1", "2.000000", 8.33, 0.0, "Completed", None),
        ("1001", "Plate", "2", "1.000000", 8.34, 0.0, "Completed", None),
        # of what was refunded whole the plug-in leaves the items out
        ("1002", "order without items", "1", None, 30.0, 0.0, "Refunded", "false"),
        ("1003", "A1", "1", "3.000000", 10.0, 0.0, "Completed", None),
        # a piece is gone already, so that the refund is not counted twice
        ("1004", "A1", "1", "2.000000", 10.0, 0.0, "Processing", None),
        # an amount, of which 19 % are tax
        ("1003", "refund", "3", "-1", 10.0, None, "returned", "false"),
    ]
    facts = "distinct order_id, ordered_at, customer_id, country"
    assert run.rows(f"select {facts} from sources.src_order_lines order by 1") == [
        ("1001", "31.03.2024 10:22", "Ann@Example.com", "DE"),
        ("1002", "31.03.2024 11:00", "+49 170 1", "DE"),
        ("1003", "31.03.2024 12:00", "+49 170 1", "DE"),
        ("1004", "31.03.2024 13:00", None, "AT"),
    ]
    assert run.rows("select customer_id, email, phone, city from sources.src_customers order by 1") == [
        ("+49 170 1", None, "+49 170 1", None),
        ("Ann@Example.com", "Ann@Example.com", None, "Ulm"),
    ]


def test_discounts_and_refunds_of_items(tmp_path):
    run, found = lines(tmp_path, orders=EVERY_ROW)
    assert found == [
        ("1", "A1", "1", "3.000000", 12.0, 6.0, "Completed", None),
        ("1", "A2", "2", "1.000000", 10.0, 0.0, "Completed", None),
        ("2", "A1", "1", "1.000000", 20.0, 0.0, "Completed", None),
        ("2", "A1", "2", "1.000000", 30.0, 0.0, "Completed", None),
        ("3", "A1", "1", "2.000000", 10.0, 0.0, "returned", None),
        ("4", "A1", "1", "2.000000", 10.0, 0.0, "Failed", None),
        ("1", "A1", "3", "-1.000000", 10.0, None, "returned", None),
        ("2", "refund", "5", "-1", 5.0, None, "returned", "false"),
    ]
    names = "select distinct product_id, product_name from sources.src_order_lines where quantity like '-%' order by 1"
    assert run.rows(names) == [(product, "Refund of which the day is not known") for product in ("A1", "refund")]


def test_one_row_an_item_with_the_order_on_each(tmp_path):
    _, found = lines(tmp_path, orders_export=ONE_ROW_AN_ITEM)
    assert found == [
        ("51", "T1", "1", "2.000000", 5.0, 0.0, "completed", None),
        ("51", "Pot", "2", "1.000000", 5.0, 0.0, "completed", None),
        ("52", "Pot", "1", "1.000000", 5.0, 0.0, "pending", None),
        ("51", "T1", "3", "-1.000000", 5.0, None, "returned", None),
    ]


def test_one_row_an_order_with_its_items_as_texts(tmp_path):
    run, found = lines(tmp_path, order_export_2024=ONE_ROW_AN_ORDER)
    assert found == [
        ("71", "A1", "1", "2.000000", 10.0, 2.0, "completed", None),
        ("72", "id:8", "1", "1.000000", 2.0, 0.0, "processing", None),
        ("73", "order without items", "1", None, 6.0, 0.0, "completed", "false"),
        ("71", "id:81", "2", "1.000000", 2.0, 0.0, "completed", None),
        ("71", "refund", "5", "-1", 2.0, None, "returned", "false"),
    ]
    assert run.rows("select product_name from sources.src_order_lines where product_id = 'id:81'") == [("Pot | big",)]


def test_refunds_that_are_rows_of_their_own_are_not_counted_twice(tmp_path):
    _, found = lines(tmp_path, orders=REFUND_ROWS)
    assert found == [
        ("1", "A1", "1", "3.000000", 10.0, 0.0, "completed", None),
        ("1", "A1", "2", "-3.000000", 10.0, 0.0, "returned", None),
    ]


def test_an_order_in_two_files_is_the_one_of_the_last(tmp_path):
    """The rows of its items that bear no order number go with it."""
    again = FIRST_ROW_ONLY.splitlines(keepends=True)
    _, found = lines(tmp_path, orders_1=FIRST_ROW_ONLY, orders_2="".join(again[:2]))
    assert [(order, product) for order, product, *_ in found] == [
        ("1002", "order without items"),
        ("1003", "A1"),
        ("1004", "A1"),
        ("1001", "A1"),
        ("1003", "refund"),
    ]


def test_money_through_staging(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "orders.csv").write_text(EVERY_ROW.replace("EUR", "GBP"))
    run = built("woocommerce", raw, "order_lines")
    assert run.rows("""
        select order_id, cast(sum(gross_revenue) as double), cast(sum(net_revenue) as double)
        from shop.order_lines group by all order by all
    """) == [("1", 40.0, 30.0), ("2", 50.0, 45.0), ("3", 0.0, 0.0), ("4", 0.0, 0.0)]


def money_of(tmp_path, text, name="orders.csv"):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / name).write_text(text)
    run = built("woocommerce", raw, "orders")
    money = "order_id, order_status, cast(gross_revenue as double), cast(net_revenue as double)"
    refused = (
        "select order_id, reject_reason from staging.stg_order_lines__typed where reject_reason is not null order by 1"
    )
    return run.rows(f"select {money} from shop.orders order by 1"), run.rows(refused)


def test_each_amount_is_read_by_itself(tmp_path):
    """A comma in one makes no other dearer, and a line's total is never the price of a piece."""
    found, refused = money_of(
        tmp_path,
        "Order Number,Order Status,Order Date,Email (Billing),Item Name,Quantity,Item Cost,Order Line Total\n"
        "1,completed,2024-01-05 10:00,c@x.de,Cup,2,9.00,18.00\n"
        '2,completed,2024-01-05 10:00,c@x.de,Cup,2,9.00,"18,00"\n'
        '3,completed,2024-01-05 10:00,c@x.de,Cup,3,"12,605042016807",\n'
        "4,completed,2024-01-05 10:00,c@x.de,Sofa,3,1500000,\n"
        '5,completed,2024-01-05 10:00,c@x.de,Sofa,3,,"4.500.000,00"\n'
        "6,completed,2024-01-05 10:00,c@x.de,Cup,2,9.00,18 (EUR)\n"
        # what is no amount, and a price below zero, which is none of a return
        "7,completed,2024-01-05 10:00,c@x.de,Cup,2,,18 (EUR)\n"
        "8,completed,2024-01-05 10:00,c@x.de,Cup,1,-10.00,\n"
        "9,completed,2024-01-05 10:00,c@x.de,Cup,-1,-10.00,\n",
    )
    assert found == [
        ("1", "completed", 18.0, 18.0),
        ("2", "completed", 18.0, 18.0),
        ("3", "completed", 37.82, 37.82),
        ("4", "completed", 4500000.0, 4500000.0),
        ("5", "completed", 4500000.0, 4500000.0),
        ("6", "completed", 18.0, 18.0),
        ("9", "returned", 0.0, -10.0),
    ]
    assert refused == [("7", "unit_price is not a number"), ("8", "unit_price is negative")]


def test_what_was_paid_back_for_an_order(tmp_path):
    """What its items brought, or more, is all of it; no sale is paid back; no order is worth less than nothing."""
    found, refused = money_of(
        tmp_path,
        "Order Number,Order Status,Order Date,Email (Billing),Item Name,Item Cost,Quantity,Order Refund Amount,"
        "Order Total Amount,Order Total Tax Amount\n"
        # its facts are on its first row alone, but for its number
        "1,completed,2024-01-05,a@x.de,Cup,10.00,1,5.00,20.00,0\n1,,,,Plate,10.00,1,,,\n"
        "2,pending,2024-01-05,a@x.de,Cup,10.00,1,10.00,10.00,0\n"
        "3,on-hold,2024-01-05,a@x.de,Cup,10.00,1,5.00,10.00,0\n"
        "4,failed,2024-01-05,a@x.de,Cup,10.00,1,5.00,10.00,0\n"
        "5,completed,2024-01-05,a@x.de,Cup,10.00,1,10.00,10.00,0\n"
        # the postage came back as well; then all but the postage, of which a fifth was tax
        "6,completed,2024-01-05,a@x.de,Cup,10.00,1,15.00,15.00,0\n"
        "7,completed,2024-01-05,a@x.de,Cup,10.00,1,12.00,18.00,3.00\n"
        "8,completed,2024-01-05,a@x.de,Cup,10.00,1,a part,10.00,0\n",
    )
    assert found == [
        ("1", "completed", 20.0, 15.0),
        ("2", "cancelled", 0.0, 0.0),
        ("3", "cancelled", 0.0, 0.0),
        ("4", "cancelled", 0.0, 0.0),
        ("5", "returned", 0.0, 0.0),
        ("6", "returned", 0.0, 0.0),
        ("7", "returned", 0.0, 0.0),
        ("8", "completed", 10.0, 10.0),
    ]
    assert refused == [("8", "unit_price is not a number")]


def test_orders_without_items_and_items_that_begin_later(tmp_path):
    found, _ = money_of(
        tmp_path,
        "order_number,order_date,status,customer_email,order_total,tax_total,shipping_total,fee_total,"
        "line_item_1,line_item_2,line_item_3,refund_items\n"
        # a total less tax, postage and fees
        "1,2024-01-05 10:00:00,completed,a@x.de,30.00,4.00,5.00,1.00,,,,\n"
        "2,2024-01-05 10:00:00,completed,a@x.de,30.00,0,0,0,,name:Plate|product_id:6|quantity:1|total:10.00,"
        "name:Cup|product_id:5|quantity:2|total:20.00,\n"
        "3,2024-01-05 10:00:00,completed,a@x.de,2000.00,0,0,0,name:Cup|product_id:5|quantity:2|total:2000.00,,,"
        '"id:7|amount:-1,005.00|reason:x;id:8|amount:-5.00|reason:y"\n',
    )
    assert found == [
        ("1", "completed", 20.0, 20.0),
        ("2", "completed", 30.0, 30.0),
        ("3", "completed", 2000.0, 990.0),
    ]


def test_people_live_where_their_last_order_says_by_its_date(tmp_path):
    header = "Order Number,Order Status,Order Date,Email (Billing),City (Billing),Item Name,Item Cost,Quantity\n"
    old = "1,completed,31/12/2020,a@x.de,Oldtown,Cup,10.00,1\n"
    new = "2,completed,01/02/2021,A@x.de,Newtown,Cup,10.00,2\n"
    run, _ = lines(tmp_path, orders=header + new + old)
    assert run.rows("select customer_id, city from sources.src_customers") == [("A@x.de", "Newtown")]


def test_products_are_what_lines_name(tmp_path):
    sold = "5,Completed,2024-03-05 10:22,,EUR,0,5.00,0,W,Sock - Long,1,1,5.00,5.00,5.00,0,5.00\n"
    run, _ = lines(tmp_path, orders=EVERY_ROW + sold, wc_product_export_1=PRODUCTS)
    columns = "product_id, product_name, description, category, brand, price, is_available, image_path"
    assert run.rows(f"select {columns} from sources.src_products order by row_number") == [
        ("A1", "Cup", "A blue cup", "Home > Cups, Mugs", "Kil", "8", "true", "1.jpg"),
        ("V-red", "Shirt - Red", "Soft", "Clothes", None, "20", "false", "https://x/3.jpg"),
        ("V-blue", "Shirt - Blue", "Soft", "Clothes", None, "20", "true", "https://x/3.jpg"),
        ("W", "Sock", None, None, None, None, "true", None),
        ("Pot", "Pot", None, None, None, "2", "false", None),
    ]
    stock = "select product_id, stock_units from sources.src_products where stock_units is not null"
    assert run.rows(stock) == [("A1", "4")]  # the shirt can be ordered without
    assert run.columns("sources.src_products") == contract("products")


def test_without_sku_products_have_the_number_that_lines_have(tmp_path):
    """A name may have been another when it was bought."""
    products = PRODUCTS.replace("8,simple,,Pot", "8,simple,,Big pot")
    run, _ = lines(tmp_path, order_export=ONE_ROW_AN_ORDER, product_export=products)
    assert run.rows("select product_id, product_name from sources.src_products where product_id like 'id:%'") == [
        ("id:8", "Big pot")
    ]


def test_a_ragged_line_arrives(tmp_path):
    run, _ = lines(tmp_path, orders=EVERY_ROW + "5,ragged\n")
    assert run.rows("select order_id, row_defect from sources.src_order_lines where row_defect is not null") == [
        ("5", "wrong number of fields")
    ]
