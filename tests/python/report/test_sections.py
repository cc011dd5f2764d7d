"""What sections say of shops in which little is known; shops as tables in memory."""

import csv
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from customer_insight.report import wording
from customer_insight.report.metrics import read_metrics
from customer_insight.report.money import Money
from customer_insight.report.page import _clock
from customer_insight.report.results import Results
from customer_insight.report.sections.campaigns import campaigns
from customer_insight.report.sections.channels import channels
from customer_insight.report.sections.data_quality import data_quality
from customer_insight.report.sections.demand import demand
from customer_insight.report.sections.glance import glance
from customer_insight.report.sections.predictions import predictions
from customer_insight.report.sections.recommendations import recommendations
from customer_insight.report.sections.rfm import MEANING, rfm
from customer_insight.report.sections.rules import rules
from customer_insight.report.sections.voice_of_customers import voice_of_customers

ROOT = Path(__file__).parents[3]
METRICS = read_metrics(ROOT / "models" / "metrics" / "metrics.yml")
AS_OF = datetime(2025, 12, 31, 22)
TABLES = {
    "quality.model_runs": """model varchar, status varchar, parameters varchar, metrics varchar, data_from_at timestamp,
        data_to_at timestamp""",
    "quality.row_counts": """source_system varchar default 'files', source_table varchar, rows_in bigint,
        accepted bigint default 0, rejected bigint, after_as_of bigint default 0""",
    "quality.rejected_rows": "source_system varchar default 'files', source_table varchar, reason varchar",
    "quality.suspicions": "kind varchar, id varchar, rule varchar, left_out_of varchar",
    "recommendations.association_rules": """rule_id varchar, antecedent varchar, consequent varchar,
        antecedent_names varchar, consequent_names varchar, antecedent_length int, consequent_length int,
        support_count bigint, confidence double, confidence_ci_low double, confidence_ci_high double, lift double,
        q_value double, is_redundant boolean""",
    "recommendations.customer_recommendations": "customer_id varchar, as_of timestamp",
    "recommendations.recommendation_evaluation": """audience varchar, time_window varchar, cut_at timestamp,
        scope varchar, strategy varchar, metric varchar, k int, value double, ci_low double, ci_high double,
        customers bigint, is_champion boolean""",
    "segments.customer_rfm": """customer_id varchar, recency_days bigint, frequency bigint, monetary double,
        r_score int, f_score int, m_score int, fm_score int, rfm_segment varchar""",
    "shop.orders": """order_id varchar, customer_id varchar, ordered_at timestamp, order_date date,
        gross_revenue double, net_revenue double, gross_margin double, is_sale boolean, customer_order_number bigint""",
    "shop.sessions": """session_id varchar, started_at timestamp, session_date date, is_bot boolean,
        is_converted boolean""",
    "shop.activity_daily": "activity_date date",
    "shop.channels_daily": """activity_date date default '2025-12-01', channel varchar, sessions bigint default 0,
        converted_sessions bigint default 0, agent_sessions bigint default 0, orders bigint default 0,
        gross_revenue double default 0, new_customers bigint default 0, cost double, profit double""",
    "quality.shop_facts": "fact varchar, value varchar, reason varchar",
    "shop.products": "product_id varchar, product_name varchar",
    "shop.customers": """customer_id varchar, is_erased boolean, rfm_segment varchar, r_score int, fm_score int,
        orders bigint, gross_revenue double, last_ordered_at timestamp, open_messages bigint, as_of timestamp""",
    "predictions.customer_predictions": """customer_id varchar, horizon_days int, purchase_probability double,
        churn_probability double, predicted_clv_365d double""",
    "predictions.prediction_evaluation": """target varchar, model varchar, metric varchar, value double, ci_low double,
        ci_high double, customers bigint, cut_at timestamp, is_champion boolean""",
    "campaigns.campaign_effects": """campaign_id varchar, campaign_name varchar default 'Spring',
        variant varchar default 'A',
        segment_id varchar default 'all', metric varchar, family varchar default 'other', customers bigint default 100,
        control_customers bigint default 50, compared_with varchar default 'holdout', effect double, ci_low double,
        ci_high double, sequential_ci_low double, sequential_ci_high double, adjusted_p_value double,
        elapsed_share double default 1, verdict varchar default 'not proven', finding varchar default '',
        starts_at timestamp""",
    "campaigns.campaign_results": """campaign_id varchar, campaign_name varchar, variant varchar, segment_id varchar,
        customers bigint, starts_at timestamp""",
    "quality.campaign_problems": """campaign_id varchar, problem varchar, other_campaign_id varchar, affected bigint,
        counted_in varchar, effect varchar""",
    "voice.review_sentiment": """review_id varchar, sentiment varchar, is_rating_contradicted boolean,
        reviewed_at timestamp""",
    "voice.message_sentiment": "message_id varchar, sentiment varchar",
    "voice.message_intents": "message_id varchar, intent varchar, is_answered boolean, sent_at timestamp",
    "voice.review_aspects": "review_id varchar, aspect varchar, sentiment varchar",
    "voice.product_voice": """product_id varchar, aspect varchar, reviews bigint, praised_share double,
        category_share double, q_value double, example varchar""",
    "voice.complaint_costs": """aspect varchar, customers bigint, repeat_share double, matched_repeat_share double,
        difference double, ci_low double, ci_high double, assumptions varchar""",
    "voice.voice_evaluation": """task varchar, metric varchar, value double, ci_low double, ci_high double,
        texts bigint, is_champion boolean""",
    "predictions.demand_forecast": """level varchar default 'shop', id varchar default 'shop', measure varchar,
        period varchar default 'week', period_start date, forecast double, low_80 double, high_80 double""",
    "predictions.demand_past": """level varchar default 'shop', id varchar default 'shop', measure varchar,
        period varchar default 'week', period_start date, forecast double, low_80 double, high_80 double,
        actual double""",
    "predictions.demand_evaluation": """level varchar default 'shop', measure varchar, model varchar, metric varchar,
        value double""",
    "predictions.calibration": """target varchar, model varchar, bin int, customers bigint, predicted double,
        observed double""",
}


@pytest.fixture
def shop():
    """An empty shop in Berlin that sells for pounds."""
    connection = duckdb.connect()
    for table, columns in TABLES.items():
        connection.execute(f"create schema if not exists {table.split('.')[0]}")
        connection.execute(f"create table {table} ({columns})")
    connection.execute("create macro shop_day(instant) as cast(instant as date)")
    return Results(connection, "run", AS_OF, Money("GBP"), "Europe/Berlin")


def fill(shop: Results, table: str, *rows: dict[str, object]) -> None:
    for row in rows:
        values = ", ".join(f"${name}" for name in row)
        shop.connection.execute(f"insert into {table} ({', '.join(row)}) values ({values})", row)


def told(shop: Results, model: str, status: str, parameters: str = "{}", metrics: str = "{}") -> None:
    row = {"model": model, "status": status, "parameters": parameters, "metrics": metrics}
    fill(shop, "quality.model_runs", row)


def texts(thing: object) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from texts(getattr(thing, field.name))
    elif isinstance(thing, (list, tuple)):
        for each in thing:
            yield from texts(each)


def rule(name: str, **how: object) -> dict[str, object]:
    usual = {"antecedent_length": 1, "consequent_length": 1, "support_count": 20, "confidence": 0.5, "lift": 3.0}
    usual |= {"confidence_ci_low": 0.4, "confidence_ci_high": 0.6, "q_value": 0.01, "is_redundant": False}
    sides = {
        "antecedent": name,
        "consequent": f"{name} lid",
        "antecedent_names": name,
        "consequent_names": f"{name} lid",
    }
    return {"rule_id": name, **sides, **usual, **how}


class TestRules:
    def test_what_can_be_chance_is_nowhere(self, shop):
        told(shop, "association_rules", "ok")
        chance = rule("Mug", lift=50.0, support_count=100, q_value=0.2), rule("Jug", lift=90.0, support_count=1)
        fill(shop, "recommendations.association_rules", rule("Pot"), rule("Pan", is_redundant=True, lift=9.0), *chance)
        section = rules(shop)
        assert section.blocks[0].title == "20 of 40 baskets with Pot also hold Pot lid: 3 times what chance would bring"
        assert section.blocks[0].note.endswith(
            "1 rule, each a circle. Left out: 2 that can be chance and 1 that a shorter rule says already."
        )
        assert not any(name in text for text in texts(section) for name in ("Mug", "Jug", "Pan"))

    @pytest.mark.parametrize(
        ("both", "confidence", "said"), [(8, 1.0, "8 of 8"), (50, 50 / 99, "50 of 99"), (60, 0.6, "60 of 100")]
    )
    def test_of_few_baskets_it_says_how_many_they_are(self, shop, both, confidence, said):
        told(shop, "association_rules", "ok")
        fill(shop, "recommendations.association_rules", rule("Pot", support_count=both, confidence=confidence))
        found = rules(shop).blocks[0]
        assert found.title.startswith(f"{said} baskets with Pot also hold Pot lid")
        assert f"Pot → Pot lid: {said} baskets" in found.drawing.wide

    def test_a_shop_in_which_all_can_be_chance_says_so(self, shop):
        told(shop, "association_rules", "ok")
        fill(shop, "recommendations.association_rules", rule("Mug", q_value=0.2), rule("Jug", q_value=0.06))
        assert rules(shop).nothing == (
            "2 pairs and sets of products came up, and chance could have brought each of them: more orders are needed."
        )

    def test_a_shop_without_any_says_at_what_there_would_be_some(self, shop):
        status = "No two items are together in 150 of 15000 baskets, the fewest that count."
        told(shop, "association_rules", f"{status} The first are there at min_support 0.004.")
        assert rules(shop).nothing == (
            "No two products are together in 150 of the 15000 baskets, which is the least that counts. There would be"
            " something if 0.4 % of the baskets were enough; whoever builds this page can set that."
        )


class TestRecommendations:
    def judged(self, shop: Results, cut_at: datetime) -> str:
        told(shop, "recommendation_evaluation", "ok")
        usual = {"audience": "customers", "time_window": "reporting", "cut_at": cut_at, "scope": "all", "k": 10}
        usual |= {"ci_low": 0.1, "ci_high": 0.3, "customers": 40}
        for strategy in ("popular", "ease"):
            for metric in ("hit_rate", "precision", "recall", "ndcg"):
                row = {"strategy": strategy, "metric": metric, "value": 0.2, "is_champion": strategy == "ease"}
                fill(shop, "recommendations.recommendation_evaluation", usual | row)
        return recommendations(shop, METRICS["recommendation_coverage"]).blocks[0].note

    def test_hidden_days_are_those_of_the_shop(self, shop):
        note = self.judged(shop, datetime(2025, 12, 1, 23))
        assert note.startswith(
            "What happened from 2 December 2025 on was hidden, lists were made of what was known until"
        )

    def test_where_products_were_hidden_no_time_was(self, shop):
        note = self.judged(shop, datetime(2025, 12, 31, 23))
        assert note.startswith("A part of what 40 customers had bought was hidden, lists were made without it")
        assert "2025" not in note

    def test_where_ways_were_not_compared_it_says_what_was_checked_all_the_same(self, shop):
        told(shop, "recommendation_evaluation", "Not evaluated, as the setting evaluate asks: ease is used as before.")
        fill(shop, "recommendations.customer_recommendations", {"customer_id": "A"})
        assert recommendations(shop, METRICS["recommendation_coverage"]).blocks[-1].sentences == [
            "How good they are nobody knows yet. Different ways were not compared on the past in this build."
        ]
        for number, observed in enumerate((0.02, 0.11), start=1):
            tenth = {"target": "product_purchase", "model": "m", "bin": number, "customers": 40, "predicted": 0.14}
            fill(shop, "predictions.calibration", tenth | {"observed": observed})
        said, checked = recommendations(shop, METRICS["recommendation_coverage"]).blocks[-2:]
        assert said.sentences == [
            "Which way to choose them is best nobody knows yet. Different ways were not compared on the past in this"
            " build. How likely a recommended product is bought was checked on the past all the same."
        ]
        assert checked.title.startswith("How far to trust “who buys a recommended product”")
        assert not any("recommended product" in text for text in texts(predictions(shop)))


class TestWhatWasLearned:
    def test_a_step_that_was_left_out_looked_at_no_days(self, shop):
        told(shop, "value_evaluation", "Not evaluated, as the setting evaluate asks: mbg_nbd is used as before.")
        told(shop, "customer_value", "ok")
        shop.connection.execute("update quality.model_runs set data_from_at = $1, data_to_at = $1", [AS_OF])
        fill(shop, "quality.row_counts", {"source_table": "order_lines", "rows_in": 1, "rejected": 0})
        assert data_quality(shop).blocks[-1].rows == [
            ["What customers will bring", "As expected.", "31 Dec 2025", "31 Dec 2025"],
            [
                "Test on the past: what customers will bring",
                "Different ways were not compared on the past in this build.",
                "",
                "",
            ],
        ]


class TestGroups:
    def fill(self, shop: Results, *, has_money: bool) -> None:
        for number in range(5):
            fill(
                shop,
                "segments.customer_rfm",
                {"customer_id": str(number), "recency_days": number, "frequency": 1, "r_score": 5 - number}
                | {"monetary": 10.0 if has_money else 0.0, "fm_score": 1, "rfm_segment": "New"},
            )
            order = {"order_id": str(number), "ordered_at": AS_OF, "gross_revenue": 10.0 if has_money else None}
            fill(shop, "shop.orders", order)

    def test_who_has_no_order_may_have_cancelled_one(self):
        assert MEANING["Prospect"] == "Known, without an order that was kept: win the first one."
        with (ROOT / "seeds" / "reference" / "audience_rules.csv").open(encoding="utf-8") as seed:
            (said,) = (row["description"] for row in csv.DictReader(seed) if row["audience"] == "never_ordered")
        assert said == "Visited or signed up and has no order that was kept"

    def test_a_shop_without_prices_hears_nothing_of_money(self, shop):
        self.fill(shop, has_money=False)
        section = rfm(shop)
        assert section.title == "Customers by recency and frequency"
        said = " ".join(texts(section))
        assert not any(word in said for word in ("revenue", "money", "for much", "for little", "£"))

    def test_with_prices_each_cell_has_its_share(self, shop):
        self.fill(shop, has_money=True)
        assert "20 % of revenue" in list(texts(rfm(shop)))

    def test_every_name_has_an_advice_and_none_speaks_of_coming_back_to_who_bought_once(self):
        with (ROOT / "seeds" / "reference" / "rfm_segments.csv").open(encoding="utf-8") as seed:
            cells = list(csv.DictReader(seed))
        assert {cell["rfm_segment"] for cell in cells} <= set(MEANING)
        for name in {cell["rfm_segment"] for cell in cells if cell["says_came_back"] == "false"}:
            assert not any(word in MEANING[name] for word in (" back", "again", "often", "return"))


class TestPredictions:
    def test_a_shop_that_is_too_young_says_why_and_shows_nothing(self, shop):
        told(
            shop,
            "customer_predictions",
            "Purchase: the orders reach back 10 days, too short to speak of 30."
            " Churn: the orders reach back 10 days, too short to speak of 90.",
        )
        told(
            shop,
            "customer_value",
            "The purchases reach back 10 days: who is alive, orders and money to come are predicted from 90 days on, "
            "the next order from 180.",
        )
        fill(shop, "predictions.customer_predictions", {"customer_id": "A", "horizon_days": 30})
        section = predictions(shop)
        assert not section.blocks
        assert section.nothing == (
            "The orders reach back 10 days, too short to say who buys within 30 and who stays away for 90 days. The"
            " orders reach back 10 days. What customers will bring can be said after 90 days, and when they come next"
            " after 180."
        )

    def test_what_is_known_is_shown_and_what_is_not_is_said(self, shop):
        ends = '{"purchase": {"expected_buyers": {"expected": 2.0, "low_80": 1.4, "high_80": 3.1}}}'
        told(
            shop, "customer_predictions", "Churn: the orders reach back 40 days, too short to speak of 90.", "{}", ends
        )
        told(
            shop,
            "customer_value",
            "The purchases reach back 40 days: orders to come know no season.",
        )
        for number in range(8):
            known = {
                "customer_id": str(number),
                "horizon_days": 30,
                "purchase_probability": 0.25 + 0.1 * (-1) ** number,
            }
            fill(shop, "predictions.customer_predictions", known)
        chart, why = predictions(shop).blocks
        assert chart.title == "About 2 (1 to 3) of 8 customers will buy within the next 30 days"
        assert why.sentences == [
            "The orders reach back 40 days, too short to say who stays away for 90 days.",
            "The orders reach back 40 days, so what customers will bring knows no season.",
        ]

    def test_where_all_are_alike_it_says_so_and_why_and_draws_nothing(self, shop):
        status = (
            "Purchase: what is known of customers does not tell those who bought in windows of 30 days from others."
        )
        told(shop, "customer_predictions", status)
        for number in range(249):
            known = {"customer_id": str(number), "horizon_days": 30, "purchase_probability": 0.336 + number / 1e5}
            fill(shop, "predictions.customer_predictions", known | {"churn_probability": 0.7})
            customer = {"customer_id": str(number), "rfm_segment": "At risk", "r_score": 1, "fm_score": 4}
            fill(shop, "shop.customers", customer)
        said, why = predictions(shop).blocks
        assert said.sentences == [
            "About 84 of 249 customers will buy within the next 30 days (34 %). Who they are cannot be said: all have"
            " about the same probability."
        ]
        assert why.sentences == [
            "What is known of customers does not tell who buys within 30 days from who does not: all have the same"
            " probability."
        ]

    def test_customers_who_will_bring_something_are_todays_and_amounts_have_a_currency(self, shop):
        told(shop, "customer_predictions", "ok", '{"churn": {"days": 60}}')
        for number in range(20):
            known = {"customer_id": str(number), "horizon_days": 30, "purchase_probability": 0.1}
            known |= {"churn_probability": 0.6 + number / 100, "predicted_clv_365d": 100.0}
            fill(shop, "predictions.customer_predictions", known)
            customer = {"customer_id": str(number), "rfm_segment": "At risk" if number else None, "r_score": 1}
            customer |= {"fm_score": 4, "orders": 3, "gross_revenue": 1500 + number, "last_ordered_at": AS_OF}
            fill(shop, "shop.customers", customer)
        blocks = predictions(shop).blocks
        value, away = blocks[1:]
        assert value.title == (
            "Today's customers will order for about £2,000 in the next 365 days; the best tenth of them for 10 % of it"
        )
        assert "New customers come on top" in value.note
        assert away.columns[-1] == "Will not order within 60 days"
        assert away.rows[0][3] == "£1,519"
        assert all(row[1] == "At risk" for row in away.rows)


class TestWho:
    @pytest.mark.parametrize(("customer", "blocks"), [("id-" + 32 * "a", 1), ("C0001", 0)])
    def test_where_an_id_stands_for_an_address_it_says_who_knows_whose(self, shop, customer, blocks):
        told(shop, "customer_predictions", "ok")
        fill(shop, "predictions.customer_predictions", {"customer_id": customer, "churn_probability": 0.7})
        lost = {"customer_id": customer, "rfm_segment": "At risk", "r_score": 1, "fm_score": 4}
        fill(shop, "shop.customers", lost)
        said = [text for block in predictions(shop).blocks[1:] for text in block.sentences]
        assert len(said) == blocks
        assert all("staging.stg_published_ids" in text for text in said)


class TestTheClock:
    @pytest.mark.parametrize(
        ("is_set", "currency", "said"),
        [
            (True, "GBP", ["Days and hours are those of UTC.", "Amounts are in GBP."]),
            (
                False,
                None,
                [
                    "Days and hours are UTC; the setting time_zone gives the shop's own.",
                    "The shop's files name no currency; the setting reporting_currency (such as EUR) says which it is.",
                ],
            ),
        ],
    )
    def test_what_can_be_set_is_named(self, is_set, currency, said):
        assert _clock(Results(duckdb.connect(), "run", AS_OF, Money(currency), is_zone_set=is_set)) == said

    @pytest.mark.parametrize("is_set", [True, False])
    def test_where_nothing_has_a_date_there_are_no_days(self, is_set):
        nothing_dated = Results(duckdb.connect(), "run", None, Money("GBP"), is_zone_set=is_set, has_dates=False)
        assert _clock(nothing_dated) == ["Amounts are in GBP."]


class TestWhatCameBack:
    def sold(self, shop: Results, *orders: tuple[int, float, float]) -> None:
        """Orders so many days ago, with what was sold and what is left."""
        for number in range(60):
            fill(shop, "shop.activity_daily", {"activity_date": date(2025, 12, 31) - timedelta(days=number)})
        for number, (days, gross, net) in enumerate(orders):
            at = AS_OF - timedelta(days=days)
            order = {"order_id": str(number), "customer_id": "A", "ordered_at": at, "order_date": at.date()}
            fill(shop, "shop.orders", order | {"gross_revenue": gross, "net_revenue": net, "is_sale": gross > 0})

    def test_what_is_left_stands_beside_revenue(self, shop):
        self.sold(shop, (0, 100.0, 100.0), (1, 0.0, -30.0))
        assert glance(shop, METRICS).blocks[0].tiles[0].changes[0] == "£70.00 after what came back"

    def test_where_nothing_came_back_in_those_days_nothing_is_said(self, shop):
        self.sold(shop, (0, 100.0, 100.0), (40, 0.0, -30.0))
        assert not any("came back" in change for change in glance(shop, METRICS).blocks[0].tiles[0].changes)

    @pytest.mark.parametrize(("left", "columns"), [(-30.0, ["Revenue", "Net revenue"]), (0.0, ["Revenue", "Orders"])])
    def test_months_have_a_column_of_it_where_anything_ever_came_back(self, shop, left, columns):
        self.sold(shop, (10, 100.0, 100.0), (40, 0.0, left))
        table = glance(shop, METRICS).blocks[1].table
        assert table.columns[1:3] == columns
        if left:
            assert [row[:3] for row in table.rows] == [
                ["December 2025", "£100.00", "£100.00"],
                ["November 2025", "£0.00", "-£30.00"],
            ]

    def test_the_definition_of_revenue_says_what_comes_off_where(self):
        assert "completed lines" in METRICS["revenue"].description
        assert "What came back by a credit note is still in it, and is shown apart" in METRICS["revenue"].description


class TestMargin:
    def tile(self, shop: Results, margins: list[float | None]) -> tuple[str, ...]:
        for number in range(60):
            fill(shop, "shop.activity_daily", {"activity_date": date(2025, 12, 31) - timedelta(days=number)})
        for number, margin in enumerate(margins):
            order = {"order_id": str(number), "customer_id": "A", "ordered_at": AS_OF, "order_date": AS_OF.date()}
            order |= {"gross_revenue": 50.0, "gross_margin": margin, "is_sale": True, "customer_order_number": 1}
            fill(shop, "shop.orders", order)
        revenue = glance(shop, METRICS).blocks[0].tiles[0]
        return (revenue.value, *revenue.changes)

    def test_where_every_cost_is_known_margin_stands_beside_revenue(self, shop):
        assert self.tile(shop, [20.0, 30.0]) == ("£100.00", "£50.00 of it is margin, 50 %")

    def test_where_some_are_known_it_says_of_how_much(self, shop):
        assert self.tile(shop, [20.0, None]) == ("£100.00", "40 % margin on 50 % of it, where all costs are known")

    def test_where_none_is_known_nothing_is_said(self, shop):
        assert self.tile(shop, [None]) == ("£50.00",)


class TestCampaigns:
    @pytest.fixture
    def shop(self, shop):
        fill(shop, "shop.orders", {"order_id": "o", "gross_revenue": 10.0, "is_sale": True})
        return shop

    def table(self, shop):
        return [list(row) for row in campaigns(shop).blocks[1].rows]

    def test_without_any_it_says_how_to_give_one(self, shop):
        assert "campaigns.csv" in campaigns(shop).nothing

    def test_where_nobody_was_left_alone_it_says_what_was_sent_and_that_nothing_can_be_told(self, shop):
        fill(
            shop,
            "campaigns.campaign_results",
            {"campaign_id": "c", "campaign_name": "Spring", "variant": "A", "segment_id": "all", "customers": 1200},
        )
        said = " ".join(texts(campaigns(shop)))
        assert (
            "Spring: shown to 1,200 people. What it brought cannot be told: nobody was left alone, or too few." in said
        )

    def test_profit_in_all_and_its_interval_stand_beside_the_verdict(self, shop):
        effect = {"metric": "profit", "campaign_id": "c", "starts_at": datetime(2025, 3, 1)}
        fill(
            shop,
            "campaigns.campaign_effects",
            effect | {"effect": 2.5, "ci_low": 1.5, "ci_high": 3.5, "verdict": "works"},
            effect | {"variant": "B", "effect": -0.5, "ci_low": -1.5, "ci_high": 0.5},
            effect | {"variant": "C", "effect": 1.0, "ci_low": None, "ci_high": None, "elapsed_share": 0.5},
            effect | {"metric": "revenue", "effect": 9.0, "ci_low": 8.0, "ci_high": 10.0, "verdict": "works"},
            effect | {"segment_id": "rfm: Loyal", "effect": 5.0, "ci_low": 3.0, "ci_high": 8.0, "verdict": "works",
                      "finding": "Works: much.", "adjusted_p_value": 0.01},
        )  # fmt: skip
        section = campaigns(shop)
        (summary, table, *others) = section.blocks
        assert summary.sentences[:1] == [
            "Of the last 3 comparisons with customers who were left alone, 1 proves that it changed the profit: "
            "together by £250.00 of profit. Of the others nobody can say."
        ]
        assert [row[3:] for row in table.rows] == [
            ["£250.00 profit", "£150.00 and £350.00", "works"],
            ["-£50.00 profit", "-£150.00 and £50.00", "not proven"],
            ["£100.00 profit", wording.UNKNOWN, "not proven, still running"],
        ]
        assert ["Loyal", "Spring A", "Works: much."] in others[-1].rows

    def test_that_nothing_is_proven_is_an_answer(self, shop):
        effect = {"metric": "revenue", "campaign_id": "c", "effect": 1.0, "ci_low": -1.0, "ci_high": 3.0}
        fill(shop, "campaigns.campaign_effects", effect)
        assert "not one proves that a campaign changed the revenue" in campaigns(shop).blocks[0].sentences[0]

    def test_each_campaign_is_measured_by_the_best_that_is_known_of_it(self, shop):
        """One has a cost, one has no costs of its lines, one nobody's money can be told of."""
        known = {"effect": 2.0, "ci_low": 1.0, "ci_high": 3.0}
        unsure = {"effect": 2.0}
        rows = [
            {"campaign_id": "a", "campaign_name": "Dear", "metric": "profit", **known, "verdict": "works"},
            {"campaign_id": "a", "campaign_name": "Dear", "metric": "revenue", **known},
            {"campaign_id": "b", "campaign_name": "Free", "metric": "margin", **unsure},
            {"campaign_id": "b", "campaign_name": "Free", "metric": "revenue", **known},
            {"campaign_id": "b", "campaign_name": "Free", "metric": "orders", **known},
            {"campaign_id": "c", "campaign_name": "Small", "metric": "revenue", **unsure},
            {"campaign_id": "c", "campaign_name": "Small", "metric": "orders", "effect": 0.01, "ci_low": -0.01,
             "ci_high": 0.1, "verdict": "harms"},
            {"campaign_id": "d", "campaign_name": "Tiny", "metric": "revenue", **unsure},
        ]  # fmt: skip
        fill(shop, "campaigns.campaign_effects", *rows)
        assert [(row[0], *row[3:5]) for row in self.table(shop)] == [
            ("Dear A", "£200.00 profit", "£100.00 and £300.00"),
            ("Free A", "£200.00 revenue", "£100.00 and £300.00"),
            ("Small A", "1 order", "-1 order and 10 orders"),
            ("Tiny A", "£200.00 revenue", wording.UNKNOWN),
        ]
        assert campaigns(shop).blocks[0].sentences[0].endswith(
            "2 prove that they changed the profit or the orders: together by £200.00 of profit and 1 order. "
            "Of the others nobody can say."
        )  # fmt: skip

    def test_a_shop_without_prices_counts_orders(self, shop):
        shop.connection.execute("update shop.orders set gross_revenue = 0")
        effect = {"campaign_id": "c", "effect": 0.0, "ci_low": 0.0, "ci_high": 0.0}
        orders = effect | {"metric": "orders", "effect": 0.02, "ci_low": -0.01, "ci_high": 0.05}
        fill(shop, "campaigns.campaign_effects", effect | {"metric": "revenue"}, orders)
        assert [row[3:5] for row in self.table(shop)] == [["2 orders", "-1 order and 5 orders"]]

    def test_with_whom_each_is_compared(self, shop):
        effect = {"metric": "revenue", "effect": 1.0, "ci_low": -1.0, "ci_high": 3.0}
        fill(
            shop,
            "campaigns.campaign_effects",
            effect | {"campaign_id": "a", "control_customers": 1074},
            effect | {"campaign_id": "b", "variant": "B", "control_customers": 1200, "compared_with": "A"},
            effect | {"campaign_id": "c", "control_customers": 5000, "compared_with": "not drawn",
                      "verdict": "not randomised", "elapsed_share": 0.5},
            effect | {"campaign_id": "d", "control_customers": 0, "effect": None, "ci_low": None, "ci_high": None},
        )  # fmt: skip
        assert [(row[2], row[-1]) for row in self.table(shop)] == [
            ("left alone: 1,074", "not proven"),
            ("A: 1,200", "not proven"),
            ("not shown it: 5,000", "not proven: nobody was drawn, still running"),
            ("nobody", "not proven"),
        ]
        said = campaigns(shop).blocks[0].sentences
        assert said[0].startswith("Of one comparison with customers who were left alone, not one proves")
        assert (
            said[1] == "Of one comparison of one form of a campaign with another, not one proves that the two differ."
        )
        assert said[2].startswith("1 effect is only estimated, from customers who were not shown the campaign")

    def test_what_nobody_was_drawn_for_is_found_with_its_assumption(self, shop):
        effect = {"campaign_id": "c", "compared_with": "not drawn", "effect": 1.0, "verdict": "not randomised"}
        fill(
            shop,
            "campaigns.campaign_effects",
            effect | {"metric": "revenue", "finding": "Money."},
            effect | {"metric": "conversion", "finding": "This holds only if."},
            {"campaign_id": "d", "metric": "conversion", "finding": "Not asked."},
            {"campaign_id": "d", "metric": "orders", "family": "success", "finding": "Judged."},
        )
        (findings,) = [block for block in campaigns(shop).blocks if getattr(block, "caption", "").startswith("By what")]
        assert [row[1] for row in findings.rows] == ["This holds only if.", "Judged."]

    def test_while_it_runs_the_interval_is_that_of_daily_looks(self, shop):
        effect = {"campaign_id": "c", "metric": "revenue", "effect": 1.0, "ci_low": 0.5, "ci_high": 1.5}
        early = {"sequential_ci_low": -1.0, "sequential_ci_high": 3.0}
        fill(
            shop,
            "campaigns.campaign_effects",
            effect | early | {"elapsed_share": 0.5},
            # nobody was drawn: there is no such interval
            effect | {"campaign_id": "d", "elapsed_share": 0.5, "compared_with": "not drawn"},
            effect | early | {"campaign_id": "e"},
        )
        assert [row[4] for row in self.table(shop)] == [
            "-£100.00 and £300.00",
            "£50.00 and £150.00",
            "£50.00 and £150.00",
        ]

    def test_what_was_sent_and_has_no_effect_is_listed_beside_the_others(self, shop):
        fill(shop, "campaigns.campaign_effects", {"campaign_id": "c", "metric": "revenue", "effect": 1.0})
        sent = {"variant": "A", "segment_id": "all", "customers": 1}
        fill(
            shop,
            "campaigns.campaign_results",
            sent | {"campaign_id": "c", "campaign_name": "Spring"},
            sent | {"campaign_id": "d", "campaign_name": "Autumn"},
            sent | {"campaign_id": "e", "campaign_name": "Winter"},
            sent | {"campaign_id": "e", "campaign_name": "Winter", "variant": "holdout"},
            sent | {"campaign_id": "f", "campaign_name": "Unsent", "variant": "holdout"},
        )
        said = [text for block in campaigns(shop).blocks for text in texts(block) if "cannot be told" in text]
        assert said == [
            "Autumn: shown to 1 person. What it brought cannot be told: nobody was left alone, or too few.",
            "Winter: shown to 1 person. What it brought cannot be told: too few customers were drawn, or their time "
            "has not begun.",
        ]

    @pytest.mark.parametrize(
        ("affected", "counted_in", "said"),
        [(1, "touches", "1 touch"), (1, "customers", "1 customer"), (1, "rows", "1 row"), (1200, "rows", "1,200 rows")],
    )
    def test_one_of_a_kind_reads_right(self, shop, affected, counted_in, said):
        problem = {
            "campaign_id": "c",
            "problem": "odd",
            "affected": affected,
            "counted_in": counted_in,
            "effect": "Little.",
        }
        fill(shop, "quality.campaign_problems", problem)
        assert campaigns(shop).blocks[-1].rows[0][2] == said

    def test_problems_say_what_they_do(self, shop):
        problem = {
            "campaign_id": "c",
            "problem": "no start",
            "affected": 0,
            "counted_in": None,
            "effect": "Nobody is drawn.",
        }
        fill(shop, "quality.campaign_problems", problem)
        assert campaigns(shop).blocks[-1].rows == [["No start", "c", "", "Nobody is drawn."]]


def test_where_nobody_wrote_the_page_says_how_to_give_what_was_written(shop):
    assert "tables of reviews" in voice_of_customers(shop).nothing


def test_too_few_reviews_to_learn_from_say_so_and_open_messages_are_counted(shop):
    fill(shop, "voice.review_sentiment", {"review_id": "1", "is_rating_contradicted": None})
    fill(shop, "voice.message_sentiment", {"message_id": "1"})
    fill(shop, "shop.customers", {"customer_id": "A", "open_messages": 2}, {"customer_id": "B", "open_messages": None})
    about = {"intent": "order_status", "is_answered": True}
    fill(shop, "voice.message_intents", about | {"sent_at": AS_OF}, about | {"sent_at": AS_OF - timedelta(days=91)})
    fill(shop, "voice.message_intents", about | {"is_answered": False, "sent_at": AS_OF})
    told(shop, "review_voice", "12 rated reviews have words, and learning needs 100.")
    said = " ".join(texts(voice_of_customers(shop).blocks))
    assert "1 review and 1 message are known" in said
    assert "12 rated reviews have words" in said
    assert "2 messages wait for an answer" in said
    assert "Order status 2 1" in said


def test_a_product_that_stands_out_has_its_example_and_what_a_complaint_cost_is_proven_or_not(shop):
    fill(shop, "shop.products", {"product_id": "P", "product_name": "Kettle"})
    for number in range(20):
        review = {"review_id": str(number), "sentiment": "positive" if number < 15 else "negative"}
        fill(shop, "voice.review_sentiment", review | {"is_rating_contradicted": number == 15, "reviewed_at": AS_OF})
        fill(shop, "voice.review_aspects", {"review_id": str(number), "aspect": "price", "sentiment": "positive"})
    kettle = {"product_id": "P", "aspect": "quality", "reviews": 40, "praised_share": 0.2, "category_share": 0.7}
    fill(shop, "voice.product_voice", kettle | {"q_value": 0.001, "example": "It leaks."})
    fill(shop, "voice.product_voice", kettle | {"aspect": "price", "q_value": 0.06, "example": "Dear."})
    cost = {"customers": 50, "repeat_share": 0.3, "matched_repeat_share": 0.5, "assumptions": "No experiment."}
    fill(shop, "voice.complaint_costs", cost | {"aspect": "size", "difference": -0.2, "ci_low": -0.3, "ci_high": -0.1})
    # leaves out zero alone, and not among two
    fill(
        shop, "voice.complaint_costs", cost | {"aspect": "price", "difference": 0.1, "ci_low": 0.005, "ci_high": 0.195}
    )
    trust = {"task": "sentiment", "metric": "auc", "value": 0.9, "texts": 500, "is_champion": True}
    fill(shop, "voice.voice_evaluation", trust)
    said = " ".join(texts(voice_of_customers(shop).blocks))
    assert "By their words 75 of 100 reviews are content, of the last 90 days 75 of 100." in said
    assert "Tested on 500 later reviews whose stars were hidden" in said
    assert "1 review has stars that say the opposite of the words" in said
    assert "Kettle Quality 40 20 % 70 % It leaks." in said
    assert "Dear." not in said
    assert "-20 (-30 to -10) stay away" in said
    assert "+10 (+0 to +20) not proven" in said


def test_a_shop_of_a_few_days_says_why_nothing_is_forecast(shop):
    told(shop, "demand_forecast", "Nothing is forecast: sales reach back 5 whole days, and it needs 28.")
    assert "5 whole days" in demand(shop).nothing


def test_the_next_weeks_stand_beside_what_came_of_the_last_forecast(shop):
    for week in range(6):
        row = {"measure": "orders", "period_start": date(2025, 12, 10) + timedelta(days=7 * week), "forecast": 10.0}
        ends = {"low_80": 8.0, "high_80": 13.0}
        past = week < 2
        table = "predictions.demand_past" if past else "predictions.demand_forecast"
        fill(shop, table, row | ends | ({"actual": 12.0} if past else {}))
    figure = {"measure": "orders", "model": "in_use", "metric": "error_of_total", "value": 0.1}
    fill(shop, "predictions.demand_evaluation", figure)
    said = " ".join(texts(demand(shop).blocks))
    assert "The next four weeks bring about 40 orders; past forecasts of four weeks were off by 10 % on average" in said
    assert "10 Dec 2025 10 orders 8 orders and 13 orders 12 orders" in said
    assert "24 Dec 2025 10 orders 8 orders and 13 orders \u2013" in said


class TestChannels:
    def test_a_shop_whose_files_say_nothing_hears_what_would(self, shop):
        fill(shop, "quality.shop_facts", {"fact": "channels", "value": "not told"})
        fill(shop, "shop.channels_daily", {"channel": "unknown", "sessions": 5})
        assert channels(shop).nothing.startswith("This shop's files do not say who sends its visits")

    def test_what_was_spent_what_is_left_and_what_nobody_knows(self, shop):
        facts = {"channels": "told", "cost of garden podcast": "175.00"}
        fill(shop, "quality.shop_facts", *({"fact": fact, "value": value} for fact, value in facts.items()))
        fill(
            shop,
            "shop.channels_daily",
            {"channel": "paid search", "sessions": 40, "converted_sessions": 10, "orders": 12, "gross_revenue": 600,
             "new_customers": 3, "cost": 50, "profit": 100},
            {"channel": "assistants", "sessions": 10, "converted_sessions": 4, "orders": 4, "gross_revenue": 90,
             "profit": 30},
            {"channel": "agents", "agent_sessions": 7, "orders": 1, "gross_revenue": 20, "profit": None},
            {"channel": "garden podcast", "cost": 175, "profit": -175},
            {"channel": "email", "activity_date": date(2025, 9, 1), "gross_revenue": 9000},
        )  # fmt: skip
        table, told = channels(shop).blocks
        assert [row[0] for row in table.rows] == ["Paid search", "Assistants", "Agents", "Garden podcast"]
        assert [cell if isinstance(cell, str) else cell.text for cell in table.rows[0]] == [
            "Paid search", "£600.00", "12", "3", "40", "25 %", "£50.00", "£100.00", "£2.00",
        ]  # fmt: skip
        assert table.rows[1][-3:] == [wording.UNKNOWN, "£30.00", wording.UNKNOWN]
        assert table.rows[3][-3:] == ["£175.00", "-£175.00", "-£1.00"]
        assert told.sentences[:3] == [
            "Assistants sent 10 visits, of which 40 % bought.",
            "7 visits were those of agents, that shop or read for a person: they count in no number of visits, and "
            "what they bought (1 order) does.",
            "Money was spent on what no rule knows, of all time: garden podcast (£175.00). The seed channel_words can "
            "say which channel it is.",
        ]

    def test_without_costs_there_is_no_column_of_them(self, shop):
        fill(shop, "quality.shop_facts", {"fact": "channels", "value": "told"})
        fill(shop, "shop.channels_daily", {"channel": "email", "sessions": 3, "orders": 1, "gross_revenue": 9})
        assert channels(shop).blocks[0].columns == [
            "Channel",
            "Revenue",
            "Orders",
            "New customers",
            "Visits",
            "that buy",
        ]
