"""The click stream fits the orders and holds what sessions must cope with."""

from collections import Counter, defaultdict

from customer_insight.demo import senders, words_people


def test_every_online_order_of_the_last_half_year_is_purchased_on_its_channel(good):
    bought = defaultdict(set)
    for row in good["events"]:
        if row["event_type"].lower() == "purchase":
            bought[row["order_id"]].add(row["product_id"])
    missing = total = 0
    for row in good["order_lines"]:
        online = row["channel"] in ("web", "app") and row["ordered_at"] >= "2025-07-01"
        if online and row["is_product"].lower() in ("true", "1", "yes"):
            total += 1
            missing += row["product_id"] not in bought[row["order_id"]]
    assert total > 4000
    assert missing < 0.005 * total  # rejected events


def test_what_is_bought_online_was_viewed_and_put_in_the_cart_before(good):
    seen = defaultdict(set)
    unseen = total = 0
    for row in good["events"]:  # by time
        kind, key = row["event_type"].lower(), (row["visitor_id"], row["product_id"])
        if kind == "purchase" and row["platform"] != "store":
            total += 1
            unseen += not {"view", "add_to_cart"} <= seen[key]
        seen[key].add(kind)
    assert unseen < 0.02 * total


def test_there_are_carts_left_ties_late_carts_and_sessions_longer_than_a_day(good):
    kinds = Counter(row["event_type"].lower() for row in good["events"])
    assert kinds["add_to_cart"] > kinds["purchase"] + 1500
    assert {"view", "search", "click", "add_to_cart", "remove_from_cart", "purchase", "rate"} == set(kinds)
    times = Counter((row["visitor_id"], row["occurred_at"]) for row in good["events"])
    assert sum(number > 1 for number in times.values()) > 1000
    late = [r for r in good["events"] if r["occurred_at"] >= "2025-12-31 23:00" and r["event_type"] == "add_to_cart"]
    assert len(late) >= 5
    assert max(row["occurred_at"] for row in good["events"]) < "2026-01-01"
    days = defaultdict(set)
    for row in good["events"]:
        days[row["visitor_id"], row["occurred_at"][:10]].add(row["occurred_at"][11:13])
    assert sum(len(hours) >= 23 for hours in days.values()) >= 2


def test_bots_are_as_planted(good, planted):
    crawlers = {row["visitor_id"] for row in planted["bots"] if row["kind"] == "crawler_user_agent"}
    scrapers = {row["visitor_id"] for row in planted["bots"] if row["kind"] == "superhuman_speed"}
    agents = set(words_people.AGENTS[words_people.AGENT_STARTS[4] :])
    assert {row["visitor_id"] for row in good["events"] if row["user_agent"] in agents} == crawlers
    shopping = {row["visitor_id"] for row in planted["bots"] if row["kind"] == "shopping_agent"}
    ordering = {row["visitor_id"] for row in planted["channels"] if row["channel"] == "agents"}
    by_agent = {row["visitor_id"] for row in good["events"] if row["user_agent"] in senders.AGENT_BROWSERS}
    assert by_agent == shopping | ordering
    assert len(shopping) == 20
    assert len(ordering) > 5
    minutes = Counter((row["visitor_id"], row["occurred_at"][:16]) for row in good["events"])
    assert {visitor for (visitor, _), number in minutes.items() if number > 60} == scrapers


def test_shared_visitors_have_two_customers(good, planted):
    owners = defaultdict(set)
    for row in good["identity_links"]:
        owners[row["visitor_id"]].add(row["customer_id"])
    shared = {row["visitor_id"]: {row["customer_id"], row["other_customer_id"]} for row in planted["shared_visitors"]}
    assert len(shared) > 20
    linked = {visitor: customers for visitor, customers in owners.items() if len(customers) > 1}
    assert all(customers == shared[visitor] for visitor, customers in linked.items())
    assert len(linked) > 0.75 * len(shared)


def test_what_the_shop_does_not_sell_is_searched_for_and_nothing_is_looked_at_afterwards(good, facts):
    wanted, sessions = set(facts["searches"]["not_sold"]), defaultdict(list)
    for row in good["events"]:
        sessions[row["visitor_id"]].append(row)
    followed, seen = Counter(), Counter()
    for rows in sessions.values():
        for row, following in zip(rows, [*rows[1:], None], strict=True):
            if row["search_query"] in wanted:
                seen[row["search_query"]] += 1
                near = following is not None and following["occurred_at"][:13] == row["occurred_at"][:13]
                followed[row["search_query"]] += near and following["event_type"] in ("view", "click")
    assert set(seen) == wanted
    assert min(seen.values()) >= 1
    assert sum(followed.values()) <= 0.03 * sum(seen.values())  # by another session of the visitor
    assert Counter(row["search_query"] for row in good["events"])["dutch oven"] >= 3
