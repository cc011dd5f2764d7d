"""Channels of odd shops: orders alone, orders that know their day alone, costs of several sources."""

from rendered_warehouse import rendered


def test_orders_without_visits_are_of_the_channel_in_which_they_were_sold(tmp_path):
    (tmp_path / "order_lines.csv").write_text(
        "order_id,product_id,ordered_at,customer_id,channel,unit_price\n"
        "1,A,2026-03-01 10:00:00,c1,POS,5\n2,A,2026-03-02 10:00:00,c1,Online Store,5\n"
        "3,B,2026-03-02 11:00:00,,Amazon.de,7\n4,B,2026-03-02 12:00:00,c2,Shop Berlin,7\n"
    )
    (tmp_path / "customers.csv").write_text("customer_id,acquisition_channel\nc2,Google Ads\nc3,word of mouth\n")
    run = rendered("files", tmp_path, "order_channels channels_daily int_customer_channels shop_facts")
    columns = "order_id, first_touch_channel, last_touch_channel, last_touch_by, touches, first_touch_days"
    assert run.rows(f"select {columns} from shop.order_channels order by 1") == [
        ("1", "till", "till", "channel of the order", 1, 0),
        ("2", "till", "unknown", "nothing", 1, 1),
        ("3", "marketplace", "marketplace", "channel of the order", 0, None),
        ("4", "paid search", "shop berlin", "channel of the order", 1, None),
    ]
    days = run.rows(
        "select channel, sum(orders), sum(first_touch_orders) from shop.channels_daily group by 1 order by 1"
    )
    assert days == [
        ("marketplace", 1, 1),
        ("paid search", 0, 1),
        ("shop berlin", 1, 0),
        ("till", 1, 2),
        ("unknown", 1, 0),
    ]
    # without a cost of goods nobody knows what is left
    assert run.rows("select distinct profit, return_on_cost from shop.channels_daily") == [(None, None)]
    assert run.rows("from intermediate.int_customer_channels order by 1") == [
        ("c1", "till", "till"),
        ("c2", "paid search", "shop berlin"),
        ("c3", "referral", None),
    ]
    assert run.rows("select value from quality.shop_facts where fact = 'channels'") == [("not told",)]


def test_what_two_shops_spend_on_a_channel_on_a_day_adds_up_and_a_row_that_is_sent_again_counts_once(tmp_path):
    costs = {"one": "100\n2026-03-01,Google Ads,100", "two": "40", "three": "100"}
    for shop, cost in costs.items():
        (tmp_path / shop).mkdir()
        (tmp_path / shop / "order_lines.csv").write_text(
            "order_id,product_id,ordered_at,unit_price\n1,A,2026-03-01 10:00:00,5\n"
        )
        (tmp_path / shop / "channel_costs.csv").write_text(f"cost_date,channel,cost\n2026-03-01,Google Ads,{cost}\n")
    sources = ", ".join(f"files:{shop}={tmp_path}/{shop}" for shop in costs)
    run = rendered(sources, "", "channels_daily row_counts")
    assert run.rows("select cost from shop.channels_daily where cost is not null") == [(240,)]
    refused = "select sum(rejected) from quality.row_counts where source_table = 'channel_costs'"
    assert run.rows(refused) == [(1,)]


def test_an_order_of_a_day_is_placed_when_its_visit_says(tmp_path):
    (tmp_path / "order_lines.csv").write_text(
        "order_id,product_id,ordered_at,customer_id,unit_price\n1,A,2026-03-01,c1,5\n2,A,2026-03-09,c1,5\n"
    )
    (tmp_path / "events.csv").write_text(
        "occurred_at,event_type,visitor_id,customer_id,product_id,order_id,page_url\n"
        "2026-03-01 10:00:00,view,v1,,A,,https://shop.example/?utm_medium=email&utm_source=news\n"
        "2026-03-01 10:05:00,purchase,v1,c1,A,1,https://shop.example/thanks\n"
        "2026-03-09 20:00:00,view,v1,c1,A,,https://shop.example/?gclid=abc\n"
    )
    run = rendered("files", tmp_path, "order_channels")
    columns = "order_id, first_touch_channel, last_touch_channel, last_touch_days, touches"
    assert run.rows(f"select {columns} from shop.order_channels order by 1") == [
        ("1", "email", "email", 0, 1),
        # in the evening of the day came another visit, which bought nothing
        ("2", "email", "email", 7, 1),
    ]
