"""Rows of lists: the segment of each customer, the segments and their features, as lists, and how they were found."""

from customer_insight.segments import segmentation


def model(dbt, session):
    dbt.config(materialized="table")
    features = dbt.ref("int_segment_features_input").to_arrow_table()
    return segmentation.learn(
        features, method=dbt.config.meta_get("segment_method"), segment_count=dbt.config.meta_get("segment_count")
    ).as_rows("customer_segments")
