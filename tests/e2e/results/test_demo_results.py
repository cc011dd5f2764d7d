"""What was planted in the demo shop is found, and every figure is what a plain program makes of the same files."""

import json
from collections import Counter, defaultdict
from datetime import timedelta
from decimal import Decimal
from itertools import combinations

import duckdb
import numpy as np
import pytest
from customer_insight.recommendations.sessions import session_strategies
from demo_seeds import moment, read_csv
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from warehouses import PLANTED, SEEDS

FACTS = json.loads((PLANTED / "facts.json").read_text(encoding="utf-8"))


def test_refused_rows_are_the_planted_defects_with_their_reasons(demo, seeds):
    found = demo.rows("select source_table, row_number, reason from quality.rejected_rows")
    planted = [(row["source_table"], int(row["row_number"]), row["reason"]) for row in seeds.planted["defects"]]
    assert sorted(found) == sorted(planted)


def test_rows_in_are_the_rows_of_the_files_and_every_one_is_accounted_for(demo, seeds):
    for table, rows_in, accepted, rejected, after_as_of in demo.rows(
        "select * exclude (source_system) from quality.row_counts"
    ):
        assert rows_in == FACTS["rows"].get(table, 0)
        assert accepted == len(seeds.tables.get(table, []))
        assert rows_in == accepted + rejected + after_as_of


def test_as_of_is_the_latest_order_or_event(demo, seeds):
    assert demo.column("select distinct as_of from shop.customers") == [seeds.as_of]


def rule_table(demo):
    rules = demo.records("select * from recommendations.association_rules order by lift desc, rule_id")
    for rule in rules:
        rule["antecedent"], rule["consequent"] = json.loads(rule["antecedent"]), json.loads(rule["consequent"])
    return rules


@pytest.mark.parametrize("planted", FACTS["rules"], ids=lambda rule: rule["consequent_name"])
def test_a_planted_rule_is_found_with_its_strength_among_the_best(demo, planted):
    rules = rule_table(demo)
    (place,) = [
        place
        for place, rule in enumerate(rules)
        if rule["antecedent"] == planted["antecedent"] and rule["consequent"] == [planted["consequent"]]
    ]
    assert rules[place]["confidence"] == pytest.approx(planted["expected_confidence"], abs=0.05)
    assert rules[place]["lift"] == pytest.approx(planted["expected_lift"], rel=0.1)
    assert place < 15


def test_every_rule_of_one_basket_in_a_hundred_is_among_products_that_were_planted_together(demo):
    together = [{*rule["antecedent"], rule["consequent"]} for rule in FACTS["rules"]]
    strange = [
        rule
        for rule in rule_table(demo)
        if rule["support"] >= 0.01
        and not any({*rule["antecedent"], *rule["consequent"]} <= products for products in together)
    ]
    assert strange == []


@pytest.fixture(scope="module")
def suspects(demo):
    """Customers who teach nothing."""
    return set(demo.column("select id from quality.suspicions where kind = 'customer' and left_out_of = 'all'"))


@pytest.fixture(scope="module")
def baskets(seeds, suspects):
    """Order -> its sold products, of those who may teach."""
    baskets = defaultdict(set)
    for line in seeds.lines:
        if line["is_sold"] and line["is_product"] and line["customer_id"] not in suspects:
            baskets[line["order_id"]].add(line["product_id"])
    return baskets


def test_rules_between_categories_are_those_of_a_plain_count(demo, seeds, baskets):
    count = Counter()
    for products in baskets.values():
        paths = {(seeds.products.get(product) or {}).get("category") for product in products} - {None}
        categories = {"/".join(level.strip() for level in path.split("/")) for path in paths}
        count.update(frozenset(chosen) for size in (1, 2, 3, 4) for chosen in combinations(sorted(categories), size))
    mined = json.loads(demo.one("select metrics from quality.model_runs where model = 'category_rules'"))
    least = mined["minimum_support_count"]
    assert 5 <= least <= -(-len(baskets) // 100)
    expected = {
        (whole - {consequent}, consequent): (number, number / count[whole - {consequent}])
        for whole, number in count.items()
        if len(whole) > 1 and number >= least
        for consequent in whole
        if number >= 0.2 * count[whole - {consequent}]
    }
    found = {
        (frozenset(json.loads(antecedent)), json.loads(consequent)[0]): (number, confidence)
        for antecedent, consequent, number, confidence in demo.rows(
            "select antecedent, consequent, support_count, confidence from recommendations.category_rules"
        )
    }
    assert found == expected
    assert found


def test_open_carts_and_no_others_get_what_their_most_confident_rules_say(demo, seeds):
    cart = defaultdict(dict)
    events = sorted(seeds.events, key=lambda event: (event.occurred_at, event.row_number))
    for event in events:
        if event.event_type == "add_to_cart":
            cart[event.visitor_id][event.product_id] = event.occurred_at
        elif event.event_type in {"remove_from_cart", "purchase"}:
            cart[event.visitor_id].pop(event.product_id, None)
    customers = defaultdict(set)
    for named in [*seeds.links, *seeds.sessions]:
        customers[named.visitor_id].add(named.customer_id)
    erased = set(demo.column("select customer_id from shop.customers where is_erased"))
    ordered_at = defaultdict(list)
    for customer, line in seeds.sold_products():
        ordered_at[customer, line["product_id"]].append(line["ordered_at"])
    bots = {row["visitor_id"] for row in seeds.planted["bots"]}
    frequent = demo.one("select count(*) from recommendations.frequent_itemsets where item_count = 1")
    rules = [rule for rule in rule_table(demo) if rule["lift"] > 1 and rule["p_value"] * frequent**2 <= 0.05]
    expected = {}
    for visitor, products in cart.items():
        if visitor in bots or customers[visitor] & erased:
            continue
        inside = {
            product
            for product, at in products.items()
            if at >= seeds.as_of - timedelta(days=30)
            and not any(later >= at for each in customers[visitor] for later in ordered_at[each, product])
        }
        fitting = {}
        for rule in sorted(rules, key=lambda rule: (rule["confidence"], -rule["antecedent_length"], rule["lift"])):
            (consequent,) = rule["consequent"]
            if set(rule["antecedent"]) <= inside and consequent not in inside | seeds.unavailable:
                fitting[consequent] = rule
        ranked = sorted(fitting.values(), key=lambda rule: (-rule["confidence"], -rule["lift"], rule["consequent"]))
        if ranked:
            expected[visitor] = [(*rule["consequent"], rule["rule_id"]) for rule in ranked[:10]]
    found = defaultdict(list)
    for visitor, product, rule, reason in demo.rows("""
        select s.visitor_id, c.product_id, c.rule_id, c.reason
        from recommendations.cart_recommendations as c inner join shop.sessions as s using (session_id)
        order by s.visitor_id, c.recommendation_rank
    """):
        found[visitor].append((product, rule))
        assert "baskets with" in reason
    assert found == expected
    assert len(found) >= 5


def test_open_visits_and_no_others_get_ten_products_that_the_visitor_may_look_at_next(demo, seeds):
    bots = {row["visitor_id"] for row in seeds.planted["bots"]}
    erased = set(demo.column("select customer_id from shop.customers where is_erased"))
    customers = defaultdict(set)
    for named in [*seeds.links, *seeds.sessions]:
        customers[named.visitor_id].add(named.customer_id)
    latest = {session.visitor_id: session for session in seeds.sessions if session.visitor_id not in bots}
    kinds = {"view", "click", "add_to_cart", "purchase"}
    looked_at = defaultdict(list)
    for event in sorted(seeds.events, key=lambda event: (event.occurred_at, event.row_number)):
        session = latest.get(event.visitor_id)
        if session and event.product_id and event.event_type in kinds and event.occurred_at >= session.started_at:
            looked_at[event.visitor_id].append(event.product_id)
    expected = {
        visitor
        for visitor, session in latest.items()
        if session.ended_at >= seeds.as_of - timedelta(hours=24)
        and looked_at[visitor]
        and not customers[visitor] & erased
    }
    rows = demo.rows("""
        select s.visitor_id, r.product_id, r.because_product_id, r.reason
        from recommendations.session_recommendations as r inner join shop.sessions as s using (session_id)
    """)
    assert Counter(row[0] for row in rows) == dict.fromkeys(expected, 10)
    assert len(expected) >= 20
    for visitor, product, because, reason in rows:
        assert product != looked_at[visitor][-1]
        assert because is None or because in looked_at[visitor]
        assert (reason == "Looked at before in this visit") == (because == product)
    (learned,) = demo.column("select parameters from quality.model_runs where model = 'session_recommendations'")
    assert json.loads(learned)["strategy"] != "session_popular"


def test_bots_are_flagged_by_the_right_rule_and_humans_are_not(demo, seeds):
    kinds = {row["bot_rule"]: row["kind"] for row in read_csv(SEEDS / "reference" / "bot_rules.csv")}
    named = {
        "crawler_user_agent": "user_agent",
        "superhuman_speed": "events_per_minute",
        "shopping_agent": "agent",
    }
    # on devices of customers, of whom somebody else sent the other visits
    ordering = {row["visitor_id"] for row in seeds.planted["channels"] if row["channel"] == "agents"}
    flagged = demo.rows("select distinct visitor_id, bot_rule from shop.sessions where is_bot")
    # what no rule of the shop's own names is of the list of user agents
    assert {(visitor, kinds.get(rule, "user_agent")) for visitor, rule in flagged} == {
        *((row["visitor_id"], named[row["kind"]]) for row in seeds.planted["bots"]),
        *((visitor, "agent") for visitor in ordering),
    }


@pytest.fixture(scope="module")
def groups(demo, seeds):
    """(planted group, segment, raw recency, frequency and money) of each customer with a segment and an order."""
    planted = {row["customer_id"]: row["behaviour_group"] for row in seeds.planted["customers"]}
    rows = demo.rows("""
        select customer_id, segment_id, recency_days, frequency, cast(monetary as double)
        from segments.customer_segments inner join segments.customer_rfm using (customer_id)
        where frequency > 0 order by customer_id
    """)
    rows = [row for row in rows if row[0] in planted]
    return [planted[row[0]] for row in rows], [row[1] for row in rows], np.array([row[2:] for row in rows], dtype=float)


def test_segments_are_the_planted_groups_and_plain_rfm_is_not(groups, record_property):
    planted, segments, raw = groups
    plain = KMeans(len(set(planted)), n_init=10, random_state=0).fit_predict(raw)
    ours, theirs = adjusted_rand_score(planted, segments), adjusted_rand_score(planted, plain)
    record_property("adjusted_rand_index", ours)
    print(f"\nadjusted Rand index: segments {ours:.3f}, K-Means on raw recency, frequency and money {theirs:.3f}")
    assert ours >= 0.8
    assert theirs < ours / 2


def test_nearly_every_customer_with_an_order_has_a_segment(demo):
    assert demo.one("select count(*) from shop.customers where orders > 0 and segment_id is null") == 0


def test_there_is_one_row_for_each_customer_that_any_file_names(demo, seeds):
    bots = {row["visitor_id"] for row in seeds.planted["bots"]}
    named = {
        row["customer_id"]
        for table, rows in seeds.tables.items()
        for row in rows
        if row.get("customer_id") and row.get("visitor_id") not in bots
    }
    found = demo.column("select customer_id from shop.customers")
    assert len(found) == len(set(found))
    assert set(found) == named


@pytest.fixture(scope="module")
def totals(seeds):
    """Customer -> orders, gross and net revenue, sessions and more, added up line by line."""
    bots = {row["visitor_id"] for row in seeds.planted["bots"]}
    totals = defaultdict(lambda: {"orders": set(), "gross": Decimal(0), "net": Decimal(0), "times": [], "sessions": 0})
    first_of_order = defaultdict(list)
    for line in seeds.lines:
        first_of_order[line["order_id"]].append(line["ordered_at"])
    for line in seeds.lines:
        customer = seeds.customer_of_order.get(line["order_id"])
        if customer is None:
            continue
        found = totals[customer]
        if line["status"] == "completed":
            found["gross"] += line["amount"]
        if line["status"] == "completed" or Decimal(line["quantity"] or 1) < 0:
            found["net"] += line["amount"]
        if line["is_sold"]:
            found["orders"].add(line["order_id"])
            found["times"].append(min(first_of_order[line["order_id"]]))
    # an agent that orders is nobody's visit
    agents = {
        (row["visitor_id"], moment(row["started_at"]))
        for row in seeds.planted["channels"]
        if row["channel"] == "agents"
    }
    for session in seeds.sessions:
        is_of_machine = session.visitor_id in bots or (session.visitor_id, session.started_at) in agents
        if session.customer_id and not is_of_machine:
            totals[session.customer_id]["sessions"] += 1
    return totals


def test_totals_of_customers_are_those_of_a_plain_program_to_the_cent(demo, totals):
    columns = "customer_id, orders, gross_revenue, net_revenue, sessions, first_ordered_at, last_ordered_at"
    unlike = []
    for customer, *found in demo.rows(f"select {columns} from shop.customers order by customer_id"):
        own = totals[customer]
        times = own["times"] or [None]
        expected = [len(own["orders"]), own["gross"], own["net"], own["sessions"], min(times), max(times)]
        if found != expected:
            unlike.append((customer, found, expected))
    assert unlike == []


def test_recency_is_whole_elapsed_days_and_frequency_and_money_are_the_totals(demo, totals, seeds):
    for customer, recency, frequency, monetary in demo.rows(
        "select customer_id, recency_days, frequency, monetary from segments.customer_rfm"
    ):
        own = totals[customer]
        assert (frequency, monetary) == (len(own["orders"]), own["gross"])
        assert recency == ((seeds.as_of - max(own["times"])).days if own["times"] else None)


@pytest.mark.parametrize("attribute", ["category", "brand", "channel"])
def test_favourites_are_on_most_of_the_sold_lines(demo, seeds, attribute):
    def value_of(line):
        if attribute == "channel":
            return line["channel"]
        value = seeds.products.get(line["product_id"], {}).get(attribute)
        return value.replace(" / ", "/") if value and attribute == "category" else value

    found = demo.rows(
        f"select customer_id, favourite_{attribute} from shop.customers where favourite_{attribute} is not null"
    )
    assert dict(found) == seeds.favourites(value_of)


def test_no_text_of_the_shop_has_blanks_around_it(demo):
    for table in ("shop.products", "shop.customers", "shop.orders", "shop.sessions"):
        for column, kind in demo.columns[table]:
            if kind == "VARCHAR":
                assert demo.one(f"select count(*) from {table} where {column} <> trim({column})") == 0, (table, column)


def test_popular_products_are_those_sold_most_and_most_recently(demo, seeds, suspects):
    sales = {
        (line["order_id"], line["product_id"], line["ordered_at"].date())
        for line in seeds.lines
        if line["is_sold"] and line["is_product"] and line["customer_id"] not in suspects
    }
    score = Counter()
    for _, product, day in sales:
        if product not in seeds.unavailable:
            score[product] += 0.5 ** ((seeds.as_of.date() - day).days / 60)
    best = sorted(score, key=lambda product: (-score[product], product))[:100]
    found = demo.rows("""
        select product_id, score from recommendations.popular_products
        where segment_id = 'all' order by popularity_rank
    """)
    assert [product for product, _ in found] == best
    assert [value for _, value in found] == pytest.approx([score[product] for product in best], abs=1e-6)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("customer_recommendations", "product_id"),
        ("session_recommendations", "product_id"),
        ("product_recommendations", "recommended_product_id"),
        ("popular_products", "product_id"),
    ],
)
def test_every_recommended_product_can_be_had(demo, seeds, table, column):
    recommended = set(demo.column(f"select distinct {column} from recommendations.{table}"))
    assert recommended
    assert not recommended & seeds.unavailable


def test_a_product_is_not_recommended_for_itself(demo):
    same = "select count(*) from recommendations.product_recommendations where product_id = recommended_product_id"
    assert demo.one(same) == 0


def test_a_repurchase_is_a_product_that_the_customer_bought_and_nothing_else_is(demo, seeds):
    rows = demo.rows("select customer_id, product_id, is_repurchase from recommendations.customer_recommendations")
    assert [row for row in rows if row[2] != (row[:2] in seeds.bought)] == []


def test_planted_tastes_are_found_in_what_is_new_to_a_customer(demo, seeds):
    """Customers of strong taste get new products of their department; the shop's popular ones come from everywhere."""
    strong = {"regulars", "browsers"}
    taste = {row["customer_id"]: row["taste"] for row in seeds.planted["customers"] if row["behaviour_group"] in strong}
    departments = dict(demo.rows("select product_id, split_part(category, '/', 1) from shop.products"))
    popular = demo.column("select product_id from recommendations.popular_products where segment_id = 'all' limit 10")
    lists = demo.rows("""
        select customer_id, product_id from recommendations.customer_recommendations where not is_repurchase
    """)
    found = [departments[product] == taste[customer] for customer, product in lists if customer in taste]
    everyone = [departments[product] == liked for liked in taste.values() for product in popular]
    assert np.mean(found) > 2 * np.mean(everyone)
    assert np.mean(found) > 0.5


def test_the_champion_beats_popular_beyond_chance_and_no_single_strategy_beats_it(demo):
    figures = demo.rows("""
        select strategy, value, ci_low, ci_high, is_champion from recommendations.recommendation_evaluation
        where audience = 'customers' and time_window = 'reporting' and scope = 'all' and metric = 'ndcg' and k = 10
    """)
    (champion,) = (row for row in figures if row[4])
    popular = next(row for row in figures if row[0] == "popular")
    assert champion[1] >= max(row[1] for row in figures if row[0] != "blended")
    assert champion[2] > popular[3]


SERVED = "select distinct strategy from recommendations.{}_recommendations where strategy not like '%popular%'"


def test_champions_stay_where_the_past_is_not_evaluated_again(demo, workshop):
    (champion,) = demo.column("select strategy from intermediate.int_recommendation_choice where is_champion")
    workshop.put_copy(demo.path, "not_evaluated")
    with duckdb.connect(str(workshop.file("not_evaluated"))) as connection:
        # as if an earlier run had chosen what is neither the default nor this run's champion
        parameters = json.dumps(session_strategies.defaults("sequential_rules"))
        connection.execute(
            f"update intermediate.int_session_choice set strategy = 'sequential_rules', parameters = '{parameters}'"
        )
        models = "case target when 'value' then 'pareto_nbd' else 'linear_svm' end"
        connection.execute(f"update intermediate.int_prediction_choice set model = {models}")
    scored = [f"ml_{name}_evaluation+" for name in ("recommendation", "session", "value", "purchase")]
    settings = ["--vars", "{evaluate: false, prediction_horizon_days: 20}"]
    kept = workshop.dbt("not_evaluated", "demo", "run", "--select", *scored, *settings)
    assert kept.column("select strategy from intermediate.int_recommendation_choice where is_champion") == [champion]
    for figures in ("recommendations.recommendation_evaluation", "predictions.prediction_evaluation"):
        query = f"select * from {figures} order by all"
        assert [row[:-1] for row in kept.rows(query)] == [row[:-1] for row in demo.rows(query)]
    assert kept.column(SERVED.format("customer")) == [champion]
    assert kept.column(SERVED.format("session")) == ["sequential_rules"]
    runs = {model: json.loads(used) for model, used in kept.rows("select model, parameters from quality.model_runs")}
    assert runs["customer_value"] == {"model": "pareto_nbd"}
    assert {used["model"] for used in runs["customer_predictions"].values()} == {"linear_svm"}
    judged = ", ".join(f"'{name}_evaluation'" for name in ("recommendation", "session", "value", "purchase"))
    said = kept.column(f"select status from quality.model_runs where model in ({judged})")
    assert len(said) == 4
    assert all("ot evaluated, as the setting evaluate asks" in status for status in said)


def test_what_another_source_or_a_later_time_taught_is_not_kept(demo, workshop):
    workshop.put_copy(demo.path, "not_kept")
    with duckdb.connect(str(workshop.file("not_kept"))) as connection:
        for table in ("choice", "evaluation"):
            connection.execute(f"update intermediate.int_recommendation_{table} set evaluated_source = 'files'")
        for table in ("choice", "evaluation", "calibration"):
            connection.execute(
                f"update intermediate.int_prediction_{table} set evaluated_at = evaluated_at + interval '1 day'"
            )
    steps = [f"ml_{name}_evaluation" for name in ("recommendation", "session", "value", "purchase")]
    kept = [f"int_recommendation_{table}" for table in ("choice", "evaluation")]
    kept += [f"int_prediction_{table}" for table in ("choice", "evaluation", "calibration")]
    kept += ["int_session_choice", "int_session_recommendation_evaluation"]
    tables = ["recommendation_evaluation", "prediction_evaluation", "calibration"]
    selected = [*steps, *kept, *tables]
    forgot = workshop.dbt("not_kept", "demo", "run", "--select", *selected, "--vars", "{evaluate: false}")
    assert forgot.column("select strategy from intermediate.int_recommendation_choice where is_champion") == [
        "item_based"
    ]
    assert forgot.column("select distinct audience from recommendations.recommendation_evaluation") == ["sessions"]
    assert forgot.column("select count(*) from predictions.prediction_evaluation") == [0]
    assert forgot.column("select distinct target from predictions.calibration") == ["product_purchase"]


@pytest.fixture(scope="module")
def asked_for(demo, workshop):
    """Recommendations of a strategy that is not the champion, without repurchases."""
    workshop.put_copy(demo.path, "asked_for")
    settings = ["--vars", "{recommendation_strategy: item_based, recommend_repurchase: false}"]
    return workshop.dbt("asked_for", "demo", "run", "--select", "ml_customer_recommendations+", *settings)


def test_another_strategy_than_the_champion_can_be_asked_for(demo, asked_for):
    assert demo.column(SERVED.format("customer")) != ["item_based"]
    assert asked_for.column(SERVED.format("customer")) == ["item_based"]


def test_without_repurchases_nothing_is_recommended_that_the_customer_bought(seeds, asked_for):
    rows = asked_for.rows("select customer_id, product_id, is_repurchase from recommendations.customer_recommendations")
    assert rows
    assert [row for row in rows if row[:2] in seeds.bought or row[2]] == []


def test_every_customer_who_is_not_erased_has_ten_different_recommendations(demo):
    assert (
        demo.rows("""
        select c.customer_id, count(r.product_id) from shop.customers as c
        left join recommendations.customer_recommendations as r using (customer_id)
        where not c.is_erased group by all having count(distinct r.product_id) <> 10
    """)
        == []
    )


def test_predictions_are_probabilities_and_the_profile_shows_the_same(demo):
    wrong = demo.rows("""
        select p.customer_id from predictions.customer_predictions as p
        left join shop.customers as c using (customer_id)
        where c.purchase_probability is distinct from p.purchase_probability
            or not p.purchase_probability between 0 and 1
            or p.churn_probability > 1 - p.purchase_probability + 1e-9
            or (p.churn_probability is null) != (c.orders = 0)
            or (p.null_reason is null) != (c.orders > 0)
            or p.expected_next_order_at < p.as_of
            or p.expected_orders_365d < p.expected_orders_90d
            or p.total_clv != p.historic_clv + p.predicted_clv_365d
    """)
    assert wrong == []
    predicted = demo.one("select count(*) from predictions.customer_predictions")
    assert predicted == demo.one("select count(*) from shop.customers where orders + sessions > 0 and not is_erased")


def test_drivers_add_up_to_the_probability(demo):
    (metrics,) = demo.column("select metrics from quality.model_runs where model = 'customer_predictions'")
    curve = json.loads(metrics)["purchase"]["calibration"]
    gaps = demo.one(f"""
        with sums as (
            select customer_id, sum(effect) as log_odds from predictions.prediction_drivers
            where target = 'purchase' group by all
        )
        select max(abs(p.purchase_probability - 1 / (1 + exp(-({curve["slope"]} * s.log_odds + {curve["level"]})))))
        from predictions.customer_predictions as p inner join sums as s using (customer_id)
    """)
    assert gaps < 1e-9


def test_the_champion_of_purchases_tells_buyers_from_others_and_is_not_beaten_by_a_simpler_model(demo):
    figures = {
        (metric, model): (value, is_champion)
        for metric, model, value, is_champion in demo.rows("""
            select metric, model, value, is_champion from predictions.prediction_evaluation
            where target = 'purchase' and cut_at = (
                select max(cut_at) from predictions.prediction_evaluation where target = 'purchase'
            )
        """)
    }
    (champion,) = [model for (metric, model), (_, is_champion) in figures.items() if metric == "auc" and is_champion]
    assert figures["auc", champion][0] > figures["auc", "bayesian"][0] > 0.65
    assert figures["log_loss", champion][0] <= figures["log_loss", "bayesian"][0]
