"""Rows of lists: frequent itemsets and association rules of the shop's baskets, and how they were found."""

from customer_insight.rules import association_rules


def model(dbt, session):
    dbt.config(materialized="table")
    baskets = dbt.ref("int_basket_items_input").select("basket_code, product_code as item_code")
    return association_rules.run(
        baskets.to_arrow_table(),
        min_support=dbt.config.meta_get("min_support"),
        min_confidence=dbt.config.meta_get("min_confidence"),
        max_itemset_length=dbt.config.meta_get("max_itemset_length"),
        max_consequent_length=dbt.config.meta_get("max_consequent_length"),
        max_rules=dbt.config.meta_get("max_rules"),
        memory_gb=dbt.config.meta_get("memory_gb"),
        engine=dbt.config.meta_get("itemset_engine"),
    ).as_rows("association_rules")
