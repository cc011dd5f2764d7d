"""The public tables, each once, with what every proof about all of them has to know.

A table of the marts that is missing here fails in test_contracts.py. What is here is in every proof: the contract, keys
and descriptions (test_contracts.py), small groups (test_small_groups.py), nothing from the future and the same bytes
(test_same_bytes.py).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class PublicTable:
    """What is promised of one table, and how the proofs look at it. Either `group_sizes` or `no_group` is given."""

    columns: str
    """The columns that the interface names. There may be more; none of these may be renamed."""
    learned: bool = False
    """Whether a learned step made the rows, so that run_id says which run, and as_of of when."""
    group_sizes: str = ""
    """SQL of the sizes of the groups that rows speak of: none may be below `min_group_size`."""
    no_group: str = ""
    """Why no group can be too small: what a row is about instead."""
    counts_all_rows: str = ""
    """Columns that count all rows of the input, those later than as_of included; `*`: the rows themselves do."""


def of_segments(shown: str) -> str:
    """SQL of the sizes of the segments in a query that has segment_id."""
    return f"select count(*) from ({shown}) join segments.customer_segments using (segment_id) group by segment_id"


def of_rules(table: str) -> str:
    """SQL of the baskets behind the rules that a table with rule_id names."""
    return f"select support_count from {table} join recommendations.association_rules using (rule_id)"


ONE_CUSTOMER = "A row is about one customer, for the shop's own use."
ONE_VISIT = "A row is about one visit."
ONE_ORDER = "A row is about one order."
ONE_REVIEW = "A row is about one review."
ONE_MESSAGE = "A row is about one message, for the shop's own use."
ALL_CUSTOMERS = "A row is about a day of the shop, with all who were there."
BUILD = "A row is about the build or its input."

PUBLIC_TABLES = {
    "shop.customers": PublicTable(
        "customer_id first_ordered_at last_ordered_at orders gross_revenue net_revenue "
        "average_order_value average_days_between_orders sessions last_seen_at favourite_category "
        "favourite_brand favourite_channel recency_days frequency monetary r_score f_score "
        "m_score fm_score rfm_segment segment_id segment_name p_alive churn_probability purchase_probability "
        "expected_orders_90d expected_orders_365d predicted_clv_365d total_clv expected_next_order_at",
        no_group=ONE_CUSTOMER,
    ),
    "shop.products": PublicTable("product_id", no_group="A row is about one product, with all who bought it."),
    "shop.orders": PublicTable("order_id", no_group=ONE_ORDER),
    "shop.order_lines": PublicTable("order_id product_id", no_group=ONE_ORDER),
    "shop.sessions": PublicTable(
        "session_id visitor_id customer_id started_at ended_at duration_seconds events views searches "
        "add_to_carts purchases entry_page exit_page platform referrer is_converted is_bot bot_rule "
        "channel channel_source campaign_name",
        no_group=ONE_VISIT,
    ),
    "shop.order_channels": PublicTable(
        "order_id first_touch_channel first_touch_days last_touch_channel last_touch_days touches", no_group=ONE_ORDER
    ),
    "shop.channels_daily": PublicTable(
        "activity_date channel sessions visitors orders gross_revenue profit new_customers cost return_on_cost",
        no_group=ALL_CUSTOMERS,
    ),
    "shop.funnel_daily": PublicTable("", no_group=ALL_CUSTOMERS),
    "shop.activity_daily": PublicTable("", no_group=ALL_CUSTOMERS),
    "segments.customer_rfm": PublicTable(
        "customer_id recency_days frequency monetary r_score f_score m_score fm_score rfm_segment",
        no_group=ONE_CUSTOMER,
    ),
    "segments.customer_segments": PublicTable(
        "customer_id segment_id segment_name distance silhouette map_x map_y previous_segment_id",
        learned=True,
        no_group=ONE_CUSTOMER,
    ),
    "segments.segment_profiles": PublicTable(
        "segment_id segment_name customers share description",
        learned=True,
        # a small segment keeps its row, its name and its size: customers are in it
        group_sizes=of_segments("from segments.segment_profiles where description not like '%: withheld.'"),
    ),
    "segments.segment_features": PublicTable(
        "segment_id feature mean z_score",
        learned=True,
        group_sizes=of_segments("select distinct segment_id from segments.segment_features"),
    ),
    "segments.segment_transitions": PublicTable(
        "",
        learned=True,
        group_sizes="select customers from segments.segment_transitions",
    ),
    "segments.customer_tastes": PublicTable("customer_id category share affinity", no_group=ONE_CUSTOMER),
    "segments.customer_attitudes": PublicTable(
        "customer_id price_sensitivity discount_use variety_seeking brand_loyalty", no_group=ONE_CUSTOMER
    ),
    "activation.customer_activation": PublicTable(
        "customer_id email_sha256 phone_sha256 rfm_segment segment_id rec_1 rec_2 rec_3 rec_4 rec_5",
        no_group=ONE_CUSTOMER,
    ),
    "activation.audience_membership": PublicTable("audience customer_id membership", no_group=ONE_CUSTOMER),
    "activation.audience_sizes": PublicTable(
        "audience customers",
        group_sizes="""
            select count(*) filter (membership <> 'removed')
            from activation.audience_sizes join activation.audience_membership using (audience) group by audience
            union all select unnest([reachable, added, removed]) from activation.audience_sizes
        """,
    ),
    "activation.assignments": PublicTable(
        "campaign_id customer_id variant arm propensity assigned_at audience", no_group=ONE_CUSTOMER
    ),
    "activation.campaign_lists": PublicTable(
        "campaign_id customer_id variant arm propensity assigned_at audience", no_group=ONE_CUSTOMER
    ),
    "campaigns.campaign_results": PublicTable(
        "campaign_id variant segment_id customers impressions clicks conversions revenue margin satisfaction",
        group_sizes="select customers from campaigns.campaign_results",
    ),
    "campaigns.campaign_effects": PublicTable(
        "campaign_id variant segment_id metric effect relative_effect ci_low ci_high p_value adjusted_p_value "
        "sample_ratio_p_value minimum_detectable_effect method verdict",
        learned=True,
        group_sizes="select unnest([customers, nullif(control_customers, 0)]) from campaigns.campaign_effects",
    ),
    "campaigns.customer_uplift": PublicTable(
        "customer_id campaign_id uplift ci_low ci_high", learned=True, no_group=ONE_CUSTOMER
    ),
    "campaigns.offer_policy": PublicTable(
        "customer_id action propensity expected_margin reason", learned=True, no_group=ONE_CUSTOMER
    ),
    "campaigns.uplift_evaluation": PublicTable(
        "campaign_id learner metric value ci_low ci_high customers is_champion",
        learned=True,
        no_group="A row is about all customers of a campaign; one of fewer than a thousand has none.",
    ),
    "campaigns.policy_evaluation": PublicTable(
        "policy estimator value ci_low ci_high effective_sample verdict",
        learned=True,
        group_sizes="select people from campaigns.policy_evaluation",
    ),
    "campaigns.recommendation_feedback": PublicTable(
        "strategy position impressions clicks click_rate conversions",
        learned=True,
        group_sizes="select people from campaigns.recommendation_feedback",
    ),
    "recommendations.frequent_itemsets": PublicTable(
        "itemset item_count support_count support",
        learned=True,
        group_sizes="select support_count from recommendations.frequent_itemsets",
    ),
    "recommendations.association_rules": PublicTable(
        "rule_id antecedent consequent antecedent_names consequent_names "
        "antecedent_length consequent_length support_count support confidence lift leverage conviction zhangs_metric "
        "jaccard",
        learned=True,
        group_sizes="select support_count from recommendations.association_rules",
    ),
    "recommendations.association_rule_items": PublicTable(
        "rule_id side product_id", learned=True, group_sizes=of_rules("recommendations.association_rule_items")
    ),
    "recommendations.category_rules": PublicTable(
        "", learned=True, group_sizes="select support_count from recommendations.category_rules"
    ),
    "recommendations.product_recommendations": PublicTable(
        "product_id method recommendation_rank recommended_product_id score reason",
        learned=True,
        no_group="A row is about two products; what a single basket or visit has together is left out.",
    ),
    "recommendations.customer_recommendations": PublicTable(
        "customer_id recommendation_rank product_id score purchase_probability "
        "strategy because_product_id reason is_repurchase",
        learned=True,
        no_group=ONE_CUSTOMER,
    ),
    "recommendations.session_recommendations": PublicTable(
        "session_id recommendation_rank product_id score reason", learned=True, no_group=ONE_VISIT
    ),
    "recommendations.cart_recommendations": PublicTable(
        "session_id recommendation_rank product_id score rule_id reason",
        learned=True,
        group_sizes=of_rules("recommendations.cart_recommendations"),
    ),
    "recommendations.popular_products": PublicTable(
        "segment_id popularity_rank product_id score",
        group_sizes=of_segments(
            "select distinct segment_id from recommendations.popular_products where segment_id <> 'all'"
        ),
    ),
    "recommendations.recommendation_evaluation": PublicTable(
        "cut_at scope strategy metric k value ci_low ci_high customers is_champion",
        learned=True,
        group_sizes="select customers from recommendations.recommendation_evaluation where value is not null",
    ),
    "predictions.customer_predictions": PublicTable(
        "customer_id horizon_days p_alive churn_probability purchase_probability "
        "expected_orders_90d expected_orders_365d average_order_value historic_clv predicted_clv_365d "
        "clv_low clv_high total_clv "
        "average_days_between_orders expected_next_order_at model",
        learned=True,
        no_group=ONE_CUSTOMER,
    ),
    "predictions.prediction_drivers": PublicTable(
        "customer_id target driver_rank feature feature_value effect", learned=True, no_group=ONE_CUSTOMER
    ),
    "predictions.prediction_evaluation": PublicTable(
        "cut_at target model metric value ci_low ci_high customers is_champion",
        learned=True,
        group_sizes="select customers from predictions.prediction_evaluation where value is not null",
    ),
    "predictions.calibration": PublicTable(
        "target model bin customers predicted observed",
        learned=True,
        group_sizes="select customers from predictions.calibration",
    ),
    "voice.review_sentiment": PublicTable(
        "review_id product_id customer_id sentiment probability is_rating_contradicted language",
        learned=True,
        no_group=ONE_REVIEW,
    ),
    "voice.message_sentiment": PublicTable(
        "message_id customer_id sentiment probability language is_learned_from_messages",
        learned=True,
        no_group=ONE_MESSAGE,
    ),
    "voice.message_intents": PublicTable(
        "message_id intent probability second_intent is_answered",
        learned=True,
        no_group=ONE_MESSAGE,
    ),
    "voice.message_entities": PublicTable(
        "message_id entity_type start_position end_position value product_id", learned=True, no_group=ONE_MESSAGE
    ),
    "voice.suggested_replies": PublicTable(
        "message_id reply_rank reply_text source_message_id score reason", learned=True, no_group=ONE_MESSAGE
    ),
    "voice.review_aspects": PublicTable("review_id aspect sentiment probability", learned=True, no_group=ONE_REVIEW),
    "voice.product_voice": PublicTable(
        "product_id aspect reviews praised_share ci_low ci_high q_value example",
        learned=True,
        group_sizes="select reviews from voice.product_voice",
    ),
    "voice.voice_weekly": PublicTable(
        "week_start source aspect", learned=True, group_sizes="select texts from voice.voice_weekly"
    ),
    "voice.complaint_costs": PublicTable(
        "aspect customers matched repeat_share matched_repeat_share difference ci_low ci_high assumptions",
        group_sizes="select unnest([customers, matched]) from voice.complaint_costs",
    ),
    "voice.similar_words": PublicTable(
        "word similar_word score",
        learned=True,
        no_group="A row is about two words; those that too few people wrote are left out.",
    ),
    "voice.search_terms": PublicTable(
        "search_term searches visitors", learned=True, group_sizes="select visitors from voice.search_terms"
    ),
    "voice.voice_evaluation": PublicTable(
        "task model metric value ci_low ci_high texts is_champion",
        learned=True,
        group_sizes="select texts from voice.voice_evaluation where value is not null",
    ),
    "predictions.demand_forecast": PublicTable(
        "level id measure period period_start forecast low_80 high_80 low_95 high_95 model",
        learned=True,
        no_group="A row is about days that have not come.",
    ),
    "predictions.demand_past": PublicTable(
        "level id measure period period_start forecast low_80 high_80 low_95 high_95 actual model",
        learned=True,
        no_group="A row is about days of the shop, or of a category, with all who bought.",
    ),
    "predictions.demand_evaluation": PublicTable(
        "level measure model metric value ci_low ci_high windows is_champion",
        learned=True,
        no_group="A row is about weeks of the shop, with all who bought.",
    ),
    "quality.suspicions": PublicTable(
        "kind id rule score chance reason known_at decision decision_reason left_out_of",
        no_group="A row is about one customer, visitor, visit or review.",
    ),
    "quality.campaign_problems": PublicTable(
        "campaign_id problem other_campaign_id affected counted_in effect", no_group=BUILD
    ),
    "quality.customer_joins": PublicTable(
        "customer_id own_customer_id source_system joined_by evidence known_at joined_at", no_group=ONE_CUSTOMER
    ),
    "quality.product_joins": PublicTable(
        "product_id own_product_id source_system joined_by evidence", no_group="A row is about one product."
    ),
    "quality.shared_clues": PublicTable(
        "kind id customers reason", no_group="A row is about one address, number or device, for the shop's own use."
    ),
    "quality.rejected_rows": PublicTable(
        "source_system source_table row_number reason row_json", no_group=BUILD, counts_all_rows="*"
    ),
    "quality.row_counts": PublicTable(
        "source_system source_table rows_in accepted rejected after_as_of",
        no_group=BUILD,
        counts_all_rows="rows_in rejected after_as_of",
    ),
    "quality.column_readings": PublicTable(
        "source_system source_table column_name column_type reading filled_rows",
        no_group=BUILD,
        counts_all_rows="filled_rows",
    ),
    "quality.model_runs": PublicTable("run_id model status parameters metrics", learned=True, no_group=BUILD),
    "quality.staff_rule_status": PublicTable(
        "rule action is_in_force products status", no_group="A row is about a rule of staff."
    ),
    "quality.shop_facts": PublicTable("fact value reason", no_group=BUILD, counts_all_rows="reason"),
}


def models_of(tables) -> str:
    """The models of tables, as `rendered` asks for them: {'shop.orders'} -> 'orders'."""
    return " ".join(name.partition(".")[2] for name in tables)
