"""Runs of the models that segments need, and no more; what has to be true of segments in any shop."""

import json

from console import DBT
from warehouses import Warehouse

NEEDED = ["customer_segments", "segment_profiles", "segment_features", "segment_transitions", "customer_tastes",
          "customer_attitudes", "int_segment_history", "int_segment_member_history"]  # fmt: skip
SELECTION = ["--select", *(f"+{model}" for model in NEEDED), "--resource-type", "model"]
SEEDS_TOO = ["--resource-type", "seed"]


def segments(workshop, name, as_of=None, *flags, source="demo", raw="", **settings):
    """The warehouse of this name after one more run of the models that segments need."""
    chosen = json.dumps({"as_of": as_of, **settings})
    loaded = [] if workshop.file(name).exists() else SEEDS_TOO
    command = [DBT, "build", *SELECTION, *loaded, "--profiles-dir", "profiles", "--vars", chosen, *flags]
    ran = workshop.at_bench(name, command, source, raw)
    assert ran.code == 0, ran.output[-4000:]
    return Warehouse(workshop.file(name), ran)


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
