"""The words that names and sentences of segments are made of."""

from __future__ import annotations

ALL = "All customers"
NEVER_BOUGHT = "browsers who have not bought"
ONE_TIME = "one-time"
AVERAGE = "average buyers"
ADJECTIVES = {
    "recency_days": ("lapsed", "recent"),
    "tenure_days": ("long-standing", "new"),
    "orders": ("frequent", "occasional"),
}
NOUNS = {"gross_revenue": ("big spenders", "small spenders")}
SUFFIXES = {
    "average_order_value": ("with large orders", "with small orders"),
    "average_days_between_orders": ("with long pauses", "who soon come again"),
    "discount_share": ("who get more discount", "who get less discount"),
    "distinct_categories": ("of many categories", "of few categories"),
    "evening_share": ("in the evening", "in the daytime"),
    "products_per_order": ("with full baskets", "with small baskets"),
    "order_to_visit_share": ("who browse little", "who browse much"),
    "return_share": ("who send back more", "who send back less"),
    "sessions": ("who visit often", "who seldom visit"),
    "variety_share": ("who rarely buy a product again", "who buy products again"),
    "views_per_session": ("who look at much", "who look at little"),
    "weekend_share": ("at the weekend", "on weekdays"),
}
# Features as the sentences of profiles, and names that tell twins apart, say them; others by the words of their name.
LABELS = {
    "recency_days": "number of days since the last order",
    "tenure_days": "number of days since first seen",
    "gross_revenue": "revenue",
    "average_order_value": "value of an order",
    "average_days_between_orders": "number of days between orders",
    "distinct_categories": "number of categories",
    "orders": "number of orders",
    "products_per_order": "number of products in an order",
    "discount_share": "share of discount",
    "return_share": "share sent back",
    "variety_share": "share of products not bought before",
    "weekend_share": "share of orders at the weekend",
    "evening_share": "share of orders in the evening",
    "sessions": "number of visits",
    "views_per_session": "number of products seen in a visit",
    "order_to_visit_share": "share of orders among orders and visits",
}
# What twins do more often, with more of a feature and with less, where its label is no word for a name.
TWINS = {"variety_share": ("try new things", "buy the same again")}
# Shares of which the word is about most of a customer's orders, not about more than others.
OF_MOST_ORDERS = {"evening_share", "weekend_share"}
