"""Real public data, built whole: every figure that others have published or that plain SQL over the file gives.

How well its past foretells its future is judged by the long tests.
"""

import duckdb
import pytest
from built_shops import REAL_SHOPS, RETAIL
from segment_runs import segments
from sklearn.metrics import adjusted_rand_score

WEEK_BEFORE = "2011-12-02 00:00:00"


class TestThePastOfOnlineRetail:
    def test_purchase_probabilities_come_true_within_two_hundredths(self, retail_evaluated):
        figures = dict(
            retail_evaluated.rows("""
                select metric, value from predictions.prediction_evaluation
                where target = 'purchase' and is_champion and cut_at = (
                    select max(cut_at) from predictions.prediction_evaluation where target = 'purchase'
                )
            """)
        )
        assert figures["calibration_error"] < 0.02
        assert figures["auc"] > 0.80

    def test_the_champion_beats_popular_beyond_chance_and_no_single_strategy_beats_it(self, retail_evaluated):
        figures = retail_evaluated.rows("""
            select strategy, value, ci_low, ci_high, is_champion from recommendations.recommendation_evaluation
            where audience = 'customers' and time_window = 'reporting' and scope = 'all' and metric = 'ndcg' and k = 10
            order by value desc
        """)
        assert len(figures) == 12
        (champion,) = (row for row in figures if row[4])
        popular = next(row for row in figures if row[0] == "popular")
        assert champion[:2] == figures[0][:2]
        assert champion[2] > popular[3]

    def test_probabilities_of_purchase_come_true_about_as_often_as_they_say(self, retail_evaluated):
        bins = retail_evaluated.rows("""
            select customers, predicted, observed from predictions.calibration
            where target = 'product_purchase' order by bin
        """)
        total = sum(count for count, _, _ in bins)
        assert sum(count * abs(predicted - observed) for count, predicted, observed in bins) / total < 0.03
        assert sorted(observed for _, _, observed in bins)[-1] == bins[-1][2]


class TestBothSheets:
    def test_every_row_of_both_sheets_is_accounted_for(self, retail_evaluated):
        counts = retail_evaluated.one(
            "select * exclude (source_system) from quality.row_counts where source_table = 'order_lines'"
        )
        assert counts == ("order_lines", 1_044_847, 1_029_637, 15_210, 0)

    def test_rows_are_refused_for_these_reasons(self, retail_evaluated):
        reasons = retail_evaluated.rows("select reason, count(*) from quality.rejected_rows group by 1")
        assert dict(reasons) == {
            "exact duplicate of another row": 1_044_847 - 1_033_035,
            "quantity is negative, and order_status is not returned or cancelled": 3_393,
            "unit_price is negative": 5,
        }

    def test_credit_notes_are_cancelled_orders(self, retail_evaluated):
        notes = (
            "count_if(order_id ilike 'c%'), count_if(order_status = 'cancelled'), count_if(order_status = 'returned')"
        )
        assert retail_evaluated.one(f"select {notes} from shop.order_lines") == (19_104, 19_104, 0)

    def test_lines_without_a_price_are_there_and_no_sale(self, retail_evaluated):
        # 18 lines of PADS cost a tenth of a penny, which is no cent
        free = (
            "count_if(unit_price = 0 and product_id <> 'PADS'), cast(sum(gross_revenue) filter (unit_price = 0) as int)"
        )
        refused = """
            select count(*) from quality.rejected_rows
            where reason like 'quantity is negative%' and cast(row_json ->> 'unit_price' as double) = 0
        """
        lines, revenue = retail_evaluated.one(f"select {free} from shop.order_lines")
        assert lines + retail_evaluated.one(refused) == 6_014
        assert revenue == 0

    def test_customers_with_a_sale(self, retail_evaluated):
        assert retail_evaluated.one("select count(*) from shop.customers where orders > 0") == 5_878


class TestSegmentsOfOnlineRetail:
    @pytest.fixture(scope="class")
    def weeks(self, retail_evaluated, workshop, retail_file):
        """The last day in a warehouse that knows the week before, and in one that knows no earlier day."""

        def run(as_of=None):
            return segments(workshop, "retail_weeks", as_of, source="online_retail", raw=retail_file)

        run(WEEK_BEFORE).connection.close()
        return run(), retail_evaluated

    def test_customers_who_bought_nothing_new_stay_in_their_segment(self, weeks):
        customers, stayed = weeks[0].one(f"""
            select count(*), avg(case when segment_id = previous_segment_id then 1.0 else 0 end)
            from segments.customer_segments
            where previous_segment_id is not null and customer_id not in (
                select customer_id from intermediate.int_orders
                where ordered_at > timestamp '{WEEK_BEFORE}' and customer_id is not null
            )
        """)
        print(f"\nof {customers} customers without a new order {stayed:.2%} stay")
        assert customers > 5_000
        assert stayed >= 0.95

    def test_the_segments_are_those_that_a_fresh_look_finds(self, weeks):
        followed, fresh = (
            week.column("select segment_id from segments.customer_segments order by customer_id") for week in weeks
        )
        agreement = adjusted_rand_score(followed, fresh)
        print(f"\nadjusted Rand index of followed and fresh segments {agreement:.3f}")
        assert agreement >= 0.9

    def test_a_segment_is_what_it_was_under_its_name(self, weeks):
        assert weeks[0].one("select count_if(is_new) from segments.segment_profiles") == 0
        odd = "from_segment_id = to_segment_id and from_segment_name <> to_segment_name"
        assert weeks[0].rows(f"select * from segments.segment_transitions where {odd}") == []

    def test_most_customers_are_what_the_name_says(self, weeks):
        """Of a segment's customers at least eight in ten are on the side of the shop's median that the word says."""
        words = {"Recent": "-recency_days", "Lapsed": "recency_days", "New": "-tenure_days", "frequent": "orders",
                 "occasional": "-orders", "big spenders": "gross_revenue", "small spenders": "-gross_revenue",
                 "long pauses": "average_days_between_orders"}  # fmt: skip
        said = []
        for word, measure in words.items():
            said += weeks[0].rows(f"""
                with customers as (
                    select g.segment_name, {measure} as value, median({measure}) over () as middle
                    from segments.customer_segments as g
                    inner join intermediate.int_customers as c using (customer_id)
                    inner join intermediate.int_segment_features_input as f using (customer_code)
                )
                select segment_name, avg(case when value >= middle then 1.0 else 0 end)
                from customers where contains(segment_name, '{word}') and value is not null group by 1
            """)
        # eight in ten when the name was given, a week before
        assert [row for row in said if row[1] < 0.75] == []
        assert len(said) >= 6

    def test_habits_that_the_data_cannot_show_are_null_with_the_reason(self, weeks):
        known, told = weeks[0].one("""
            select count(coalesce(price_sensitivity, discount_use, brand_loyalty)), count(unknown_because)
            from segments.customer_attitudes
        """)
        assert (known, told) == (0, weeks[0].one("select count(*) from segments.customer_attitudes"))
        assert (
            weeks[0].one("select count(*) from segments.customer_attitudes where variety_seeking is not null") > 3_000
        )


class TestSecondSheet:
    def test_every_row_is_accounted_for(self, retail):
        counts = retail.one(
            "select * exclude (source_system) from quality.row_counts where source_table = 'order_lines'"
        )
        assert counts == ("order_lines", 541_909, 535_303, 6_606, 0)
        reasons = retail.rows("select reason, count(*) from quality.rejected_rows group by 1")
        assert dict(reasons) == {
            "exact duplicate of another row": 541_909 - 536_641,
            "quantity is negative, and order_status is not returned or cancelled": 1_336,
            "unit_price is negative": 2,
        }

    def test_credit_notes_are_cancelled_orders(self, retail):
        notes = (
            "count_if(order_id ilike 'c%'), count_if(order_status = 'cancelled'), count_if(order_status = 'returned')"
        )
        assert retail.one(f"select {notes} from shop.order_lines") == (9_251, 9_251, 0)

    def test_customers_invoices_and_money_are_the_published_ones(self, retail):
        sales = "from shop.orders where is_sale and customer_id is not null"
        assert retail.one(f"select count(distinct customer_id), count(*) {sales}") == (4_338, 18_532)
        assert float(retail.one(f"select sum(gross_revenue) {sales}")) == 8_887_208.89
        lines = """
            select count(*), count(distinct product_id) from shop.order_lines
            where order_status = 'completed' and customer_id is not null and (unit_price > 0 or product_id = 'PADS')
        """
        assert retail.one(lines) == (392_692, 3_665)

    def test_net_revenue_is_what_the_file_says_less_its_credit_notes(self, retail, retail_file):
        net = duckdb.sql(f"""
            select sum(cast(quantity * cast(price as decimal(18, 4)) as decimal(18, 2)))
            from (select distinct * from '{retail_file}' where sheet = '2010-2011')
            where customerid is not null and price > 0 and ((quantity > 0) = (invoice not ilike 'c%'))
        """).fetchall()
        assert retail.rows("select sum(net_revenue) from shop.orders where customer_id is not null") == net
        assert float(net[0][0]) == 8_278_519.42

    def test_half_the_customers_bought_in_the_last_50_days(self, retail):
        rfm = "from segments.customer_rfm where frequency > 0"
        assert retail.one(f"select median(recency_days) {rfm}") == 50

    def test_two_thirds_order_again_and_a_fifth_brings_three_quarters(self, retail):
        repeat, top = retail.one("""
            with ranked as (
                select frequency, monetary, percent_rank() over (order by monetary desc) as place
                from segments.customer_rfm where frequency > 0
            )
            select avg(case when frequency > 1 then 1.0 else 0 end),
                sum(monetary) filter (where place <= 0.2) / sum(monetary)
            from ranked
        """)
        assert repeat == pytest.approx(0.656, abs=0.0005)
        assert top == pytest.approx(0.746, abs=0.001)

    def test_rules_are_as_many_and_as_strong_as_published(self, retail):
        count, lift = retail.one("select count(*), max(lift) from recommendations.association_rules")
        assert count == 877
        assert lift == pytest.approx(78.77, abs=0.005)
        assert retail.one("select min(confidence) from recommendations.association_rules") >= 0.5


class TestRees46:
    def test_every_row_is_accounted_for(self, rees46):
        counts = rees46.rows("select * exclude (source_system) from quality.row_counts where rows_in > 0 order by 1")
        assert counts == [("events", 17_434, 17_429, 5, 0), ("products", 6_493, 6_493, 0, 0)]
        reasons = rees46.column("select distinct reason from quality.rejected_rows")
        assert reasons == ["exact duplicate of another row"]

    def test_sessions_at_thirty_minutes(self, rees46):
        measures = "count(*), count_if(is_converted), count(distinct visitor_id), cast(sum(purchases) as bigint)"
        assert rees46.one(f"select {measures} from shop.sessions") == (4_518, 193, 4_504, 214)
        # 165 in the log, one of them twice
        assert rees46.one("select cast(sum(add_to_carts) as bigint) from shop.sessions") == 164

    def test_a_purchasing_session_is_an_order(self, rees46):
        assert rees46.one("select count(*), cast(sum(lines) as bigint) from shop.orders") == (193, 214)

    def test_money_is_the_sum_of_the_purchases(self, rees46, public_data):
        log = public_data / "rees46" / "2019-Oct-first-hours.csv"
        purchases = f"select distinct * from read_csv('{log}', all_varchar = true) where event_type = 'purchase'"
        paid = duckdb.sql(f"select sum(cast(price as decimal(18, 2))) from ({purchases})").fetchall()
        assert rees46.rows("select sum(gross_revenue) from shop.customers") == paid

    def test_every_visitor_of_the_last_hours_gets_ten_products_to_look_at_next(self, rees46):
        lists = """
            select s.visitor_id, count(*) as products
            from recommendations.session_recommendations as r inner join shop.sessions as s using (session_id)
            group by s.visitor_id
        """
        assert rees46.one(f"select count(*), min(products), max(products) from ({lists})") == (4_504, 10, 10)
        learned = "select parameters ->> 'strategy' from quality.model_runs where model = 'session_recommendations'"
        assert rees46.one(learned) != "session_popular"

    def test_products_and_customers_are_those_of_the_log(self, rees46):
        assert rees46.one("select count(*) from shop.products") == 6_493
        assert rees46.one("select count(*) from shop.customers") == 4_504
        assert rees46.one("select count(*) from shop.products where brand is null") > 0


@pytest.mark.parametrize("shop", REAL_SHOPS)
def test_singular_tests_warn_of_nothing_in_real_data(shop, request):
    assert "Warning:" not in request.getfixturevalue(shop).output


@pytest.mark.parametrize("shop", RETAIL)
def test_codes_that_are_no_products_are_never_recommended(shop, request):
    retail = request.getfixturevalue(shop)
    codes = ("POST", "DOT", "M", "m", "C2", "D", "S", "B", "BANK CHARGES", "ADJUST", "ADJUST2", "AMAZONFEE", "CRUK",
             "PADS", "TEST001", "TEST002")  # fmt: skip
    listed = ", ".join(f"'{code}'" for code in codes)
    assert retail.rows(f"select product_id from shop.products where is_product and product_id in ({listed})") == []
    for table, column in (
        ("association_rule_items", "product_id"),
        ("customer_recommendations", "product_id"),
        ("product_recommendations", "recommended_product_id"),
        ("popular_products", "product_id"),
    ):
        odd = f"select count(*) from recommendations.{table} as r inner join shop.products as p"
        assert retail.one(f"{odd} on r.{column} = p.product_id where not p.is_product") == 0
