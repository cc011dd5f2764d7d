"""Names of tables, steps, ways and features as an owner says them; what is not listed keeps its words."""

from __future__ import annotations

from customer_insight.report import wording

STEPS = {
    "association_rules": "Products in one basket",
    "category_rules": "Categories in one basket",
    "campaign_effects": "What campaigns brought",
    "customer_phones": "Telephone numbers",
    "customer_predictions": "Who will buy, who stays away",
    "customer_recommendations": "Recommendations to customers",
    "customer_segments": "Kinds of customers",
    "customer_uplift": "Whom campaigns move",
    "customer_value": "What customers will bring",
    "demand_forecast": "What the next weeks bring",
    "offer_policy": "Who gets which offer next",
    "policy_evaluation": "What other choices would have brought",
    "earlier_lists": "Recommendations of the past, for campaigns",
    "products_bought_together": "Products bought together",
    "products_similar_content": "Products described alike",
    "products_viewed_together": "Products looked at together",
    "purchase_evaluation": "Test on the past: who will buy",
    "recommendation_evaluation": "Test on the past: recommendations",
    "recommendation_feedback": "What lists of products got back",
    "review_voice": "How customers feel, and about what",
    "suspicions": "Who is not what they seem",
    "bot_user_agents": "Bots",
    "session_evaluation": "Test on the past: recommendations during visits",
    "session_recommendations": "Recommendations during visits",
    "undrawn_effects": "Campaigns that nobody was drawn for",
    "value_evaluation": "Test on the past: what customers will bring",
}
SUSPICIONS = {
    "coupon_ring": "rings that share a code for first orders",
    "return_abuse": "sending nearly everything back",
    "wardrobing": "sending back late, after use",
    "regular_clicks": "clicks as regular as a program's",
    "clicks_on_everything": "clicks on everything",
    "clicked_at_once": "clicks at once",
    "review_burst": "bursts of reviews",
    "review_twin": "the same words from many",
    "decided": "your word",
}
# ways of recommending, short enough for a telephone
WAYS = {
    "popular": "bestsellers",
    "popular_in_segment": "bestsellers of the group",
    "popular_in_cluster": "bestsellers of similar customers",
    "personal_frequency": "what they buy again",
    "gp_topfreq": "what they bought most",
    "association_rules": "often in one basket",
    "content": "similar description",
    "item_based": "bought by the same people",
    "user_based": "similar customers",
    "up_cf": "similar customers lately",
    "tifu_knn": "buying rhythm",
    "ease": "linked products",
    "blended": "a mix of all",
    "staff": "chosen by the shop",
    "session_popular": "bestsellers",
    "sequential_rules": "usual next click",
    "session_item_based": "seen in the same visit",
    "vs_knn": "similar visits",
    "stan": "similar recent visits",
}
# models that predict, as their papers and textbooks call them; of value models those that may be used
VALUE_MODELS = {"mbg_nbd": "MBG/NBD", "pareto_nbd": "Pareto/NBD"}
MODELS = VALUE_MODELS | {"linear_svm": "support vector machine"}
# what speaks for and against a customer's next order; features whose value means nothing to a reader end with none
FEATURES = {
    "all_other_features": "everything else",
    "has_ordered": "has ordered",
    "order_days": "days with an order",
    "orders_last_30_days": "orders in the last 30 days",
    "orders_last_90_days": "orders in the last 90 days",
    "orders_last_365_days": "orders in the last 365 days",
    "orders_same_days_last_year": "orders on the same days a year before",
    "pause_in_own_rhythm": "pause, in times of the usual one",
    "rhythm_log_odds": "rhythm of all orders so far",
    "gross_revenue": "revenue",
    "gross_revenue_last_90_days": "revenue of the last 90 days",
    "average_order_value": "value of an order",
    "products_per_order": "products in an order",
    "discount_share": "share of discount",
    "views_last_7_days": "products looked at in the last 7 days",
    "views_last_30_days": "products looked at in the last 30 days",
    "add_to_carts_last_7_days": "products put into the cart in the last 7 days",
    "add_to_carts_last_30_days": "products put into the cart in the last 30 days",
    "messages_last_30_days": "messages to the shop in the last 30 days",
    "messages_last_90_days": "messages to the shop in the last 90 days",
    "reviews_last_90_days": "reviews in the last 90 days",
    "unhappy_texts_last_30_days": "unhappy reviews and messages in the last 30 days",
    "unhappy_texts_last_90_days": "unhappy reviews and messages in the last 90 days",
    "unhappy_texts_last_365_days": "unhappy reviews and messages in the last year",
}
AMOUNTS = frozenset({"gross_revenue", "gross_revenue_last_90_days", "average_order_value"})
SHARES = frozenset({"discount_share"})
WITHOUT_VALUE = frozenset({"has_ordered", "rhythm_log_odds"})
LISTS = {
    "bought_together": "bought together",
    "viewed_together": "looked at together",
    "similar_content": "described alike",
}
LISTS |= {"blended": "all of this together", "looks_alike": "looks alike"}


def step(name: str) -> str:
    """`customer_value` is `What customers will bring`."""
    return STEPS.get(name) or wording.in_words(name).capitalize()


def way(strategy: str) -> str:
    """`item_based` is `others bought it, too`."""
    return WAYS.get(strategy) or wording.in_words(strategy)


def suspicion(rule: str) -> str:
    """`coupon_ring` is `rings that share a code for first orders`."""
    return SUSPICIONS.get(rule) or wording.in_words(rule)


def model(name: str) -> str:
    """`random_forest` is `random forest`."""
    return MODELS.get(name) or wording.in_words(name)


def feature(name: str) -> str:
    """`order_days` is `days with an order`."""
    return FEATURES.get(name) or wording.in_words(name)


def list_of(method: str) -> str:
    """`viewed_together` is `looked at together`."""
    return LISTS.get(method) or wording.in_words(method)


def table(name: str) -> str:
    """`order_lines` is `Order lines`."""
    return wording.in_words(name).capitalize()
