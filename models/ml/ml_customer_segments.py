"""Rows of lists: the segment of each customer, the segments and their features, as lists, and how they were found."""

from customer_insight.segments import segmentation


def model(dbt, session):
    dbt.config(materialized="table")
    return segmentation.run(
        dbt.ref("int_segment_features_input").to_arrow_table(),
        dbt.ref("int_earlier_segments_input").to_arrow_table(),
        method=dbt.config.meta_get("segment_method"),
        segment_count=dbt.config.meta_get("segment_count"),
        churn_days=dbt.config.meta_get("churn_days"),
    ).as_rows("customer_segments")
