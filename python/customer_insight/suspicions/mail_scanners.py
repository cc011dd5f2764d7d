"""Clicks in what a shop shows that a program makes: on everything, or at once, as the scanners of mail servers do."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from scipy import stats

from customer_insight.numerics import arrays
from customer_insight.suspicions.suspicion_rules import NOBODY, SuspicionRule, suspects

_MOST_AT_ONCE = 0.5


def find(touches: pa.Table, everything: SuspicionRule | None, at_once: SuspicionRule | None) -> pa.Table:
    """Rows of both rules. touches: customer_code, shown, clicked, clicked_at_once, age_days (since the last click)."""
    if touches.num_rows == 0:
        return NOBODY
    shown, clicked, quick = (arrays.doubles(touches, name) for name in ("shown", "clicked", "clicked_at_once"))
    code, age = arrays.codes(touches, "customer_code"), arrays.doubles(touches, "age_days")
    found = [NOBODY]
    if everything is not None:
        # the usual share of all others
        usual = (clicked.sum() - clicked) / np.maximum(shown.sum() - shown, 1)
        chance = stats.binom.sf(clicked - 1, shown, usual)
        chosen = (shown >= everything.at_least) & (clicked >= everything.share * shown) & (chance <= everything.chance)
        at = np.flatnonzero(chosen)
        words = [f"clicked on {int(clicked[place])} of {int(shown[place])} things that were shown" for place in at]
        found.append(suspects(everything, code[at], shown[at], chance[at], words, age[at]))
    # where most clicks come at once, times are of days, or both are noted together: they tell nobody apart
    if at_once is not None and quick.sum() <= _MOST_AT_ONCE * clicked.sum():
        chosen = (clicked >= at_once.at_least) & (quick >= at_once.share * clicked)
        at = np.flatnonzero(chosen)
        words = [f"{int(quick[place])} of {int(clicked[place])} clicks came within two seconds" for place in at]
        found.append(suspects(at_once, code[at], clicked[at], np.full(at.size, np.nan), words, age[at]))
    return pa.concat_tables(found)
