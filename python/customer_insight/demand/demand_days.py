"""What was sold on which day, as one row of numbers a series: of the shop, or of each category."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints

SHOP, CATEGORY = "shop", "category"
LEVELS = (SHOP, CATEGORY)
# buyers of a day are counted on each day: a week's are those of its days added up
MEASURES = ("orders", "revenue", "units", "buyers", "returning_buyers", "new_buyers")


@dataclass(frozen=True)
class DemandDays:
    """The series of one level. codes: (series,), rising. values: by measure, (series, days), last day last."""

    codes: Ints
    values: dict[str, Floats]

    @property
    def day_count(self) -> int:
        """Whole days from the shop's first sale to the last whole day."""
        return int(self.values[MEASURES[0]].shape[1])


def read_demand_days(table: pa.Table) -> dict[str, DemandDays]:
    """By level, from level, group_code, age_days (whole; 0: the last whole day) and MEASURES; one row a group and day.

    Days without a row are zeros, from the shop's first sale on. Every level is there, with no series where nothing is.
    Raises ValueError where a day lies after the last whole one, or where a group has two rows for a day.
    """
    level = np.asarray(arrays.texts(table, "level"), dtype=object)
    code, age = arrays.codes(table, "group_code"), arrays.codes(table, "age_days")
    if (age < 0).any():
        raise ValueError("Column 'age_days' must not be negative: nothing after the last whole day is known.")
    days = int(age.max()) + 1 if age.size else 0
    figures = {name: np.nan_to_num(arrays.doubles(table, name)) for name in MEASURES}
    found: dict[str, DemandDays] = {}
    for name in LEVELS:
        rows = np.flatnonzero(level == name)
        codes, series = arrays.dense(code[rows])
        place = series * max(days, 1) + (days - 1 - age[rows])
        if np.unique(place).size < place.size:
            raise ValueError("Columns 'level', 'group_code', 'age_days' must be distinct: one row a group and day.")
        values: dict[str, Floats] = {}
        for measure in MEASURES:
            filled = np.zeros(codes.size * days)
            filled[place] = np.maximum(figures[measure][rows], 0.0)
            values[measure] = filled.reshape(codes.size, days)
        found[name] = DemandDays(codes, values)
    return found
