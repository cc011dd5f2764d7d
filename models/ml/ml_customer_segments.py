"""Rows of lists: the segment of each customer, the segments and their features, as lists, and how they were found."""

from customer_insight.segments import segmentation
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    return with_settings(
        segmentation.run,
        dbt.ref("int_segment_features_input").to_arrow_table(),
        dbt.ref("int_earlier_segments_input").to_arrow_table(),
    ).as_rows("customer_segments")
