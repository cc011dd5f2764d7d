"""Runs of the models that segments need, and no more."""

import json

from console import DBT
from warehouses import Warehouse

NEEDED = ["customer_segments", "segment_profiles", "segment_features", "segment_transitions", "customer_tastes",
          "customer_attitudes", "int_segment_history", "int_segment_member_history"]  # fmt: skip
SELECTION = ["--select", *(f"+{model}" for model in NEEDED), "--resource-type", "model", "--resource-type", "seed"]


def segments(workshop, name, as_of=None, *flags, source="demo", raw="", **settings):
    """The warehouse of this name after one more run of the models that segments need."""
    chosen = json.dumps({"as_of": as_of, **settings})
    command = [DBT, "build", *SELECTION, "--profiles-dir", "profiles", "--vars", chosen, *flags]
    ran = workshop.at_bench(name, command, source, raw)
    assert ran.code == 0, ran.output[-4000:]
    return Warehouse(workshop.file(name), ran)
