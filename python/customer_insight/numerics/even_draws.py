"""Numbers that look drawn and follow from a code alone: the same in every run and in any order of rows."""

from __future__ import annotations

import numpy as np

from customer_insight.numerics import SEED
from customer_insight.numerics.arrays import Floats, Ints


def drawn_evenly(codes: Ints, salt: int) -> Floats:
    """A number from 0 to 1 for each code and salt (SplitMix64: Steele, Lea and Flood, OOPSLA 2014)."""
    with np.errstate(over="ignore"):
        mixed = codes.astype(np.uint64) + np.uint64(salt + SEED) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    return np.asarray((mixed >> np.uint64(11)) * 2.0**-53, dtype=np.float64)
