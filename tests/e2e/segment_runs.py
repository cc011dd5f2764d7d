"""Runs of the models that segments need, and no more; what has to be true of segments in any shop."""

NEEDED = ["customer_segments", "segment_profiles", "segment_features", "segment_transitions", "customer_tastes",
          "customer_attitudes", "int_segment_history", "int_segment_member_history"]  # fmt: skip


def segments(workshop, name, as_of=None, *flags, source="demo", raw="", **settings):
    """The warehouse of this name after one more run of the models that segments need."""
    if as_of:
        settings["as_of"] = as_of
    return workshop.models(name, NEEDED, *flags, source=source, raw=raw, **settings)


def segments_make_sense(warehouse):
    """Counts agree, names are different and no jargon, numbers are numbers, and what is unknown says why."""
    customers = warehouse.one("select count(*) from segments.customer_segments")
    assert customers == warehouse.one("select coalesce(sum(customers), 0) from segments.segment_profiles")
    names = warehouse.column("select segment_name from segments.segment_profiles")
    assert len(names) == len(set(names))
    for table in ("customer_segments", "segment_features", "segment_profiles", "customer_attitudes"):
        doubles = [column for column, kind in warehouse.columns[f"segments.{table}"] if kind == "DOUBLE"]
        odd = " or ".join(f"not isfinite({column})" for column in doubles)
        assert warehouse.one(f"select count(*) from segments.{table} where {odd}") == 0
    silent = "coalesce(price_sensitivity, discount_use, variety_seeking, brand_loyalty) is null"
    reasons = f"select count(*) from segments.customer_attitudes where {silent} and unknown_because is null"
    assert warehouse.one(reasons) == 0
    assert not [text for text in names if "cluster" in text.lower()]
