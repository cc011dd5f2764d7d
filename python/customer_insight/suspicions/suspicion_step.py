"""All rules of suspicion that learn what is usual, over one shop as of one moment."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa
from threadpoolctl import threadpool_limits

from customer_insight.numerics import arrays
from customer_insight.steps.step_result import OK, StepResult
from customer_insight.suspicions import (
    coupon_rings,
    mail_scanners,
    return_abuse,
    review_bursts,
    review_twins,
    unlike_others,
)
from customer_insight.suspicions.suspicion_rules import read_rules


def run(
    rules: pa.Table,
    coupon_uses: pa.Table,
    clues: pa.Table,
    returns: pa.Table,
    touches: pa.Table,
    reviews: pa.Table,
    habits: pa.Table,
) -> StepResult:
    """Suspects by rule; each table as the module of its rule says, rules as `read_rules`. A rule without a row is off.

    Table suspicions: rule, code (of a customer, or of a review where the rule is about reviews), score, chance (null
    where the rule is no test), reason, age_days (since the last thing that speaks for it; null where nobody knows).
    """
    known = read_rules(rules)
    with threadpool_limits(1):
        found = pa.concat_tables(
            [
                coupon_rings.find(coupon_uses, clues, known.get("coupon_ring")),
                return_abuse.find(returns, known.get("return_abuse"), known.get("wardrobing")),
                mail_scanners.find(touches, known.get("clicks_on_everything"), known.get("clicked_at_once")),
                review_bursts.find(reviews, known.get("review_burst")),
                review_twins.find(reviews, known.get("review_twin")),
                unlike_others.find(habits, known.get("unlike_others")),
            ]
        ).combine_chunks()
    counts = Counter(found["rule"].to_pylist())
    return StepResult(
        tables={"suspicions": found},
        status=OK,
        parameters={},
        metrics={"suspects": dict(sorted(counts.items()))},
        input_fingerprint=_fingerprint(
            {
                ("rule",): rules,
                ("coupon", "customer_code"): coupon_uses,
                ("kind", "customer_code"): clues.drop_columns("clue_code"),
                ("returned", "customer_code"): returns,
                ("clicked", "customer_code"): touches,
                ("review_code",): reviews,
                ("orders", "customer_code"): habits,
            },
            found,
        ),
    )


def _fingerprint(tables: dict[tuple[str, ...], pa.Table], found: pa.Table) -> str:
    """By what each table is sorted by. Numbers of shared things hang on the key of their hashes: what is found does
    not.
    """
    parts: dict[str, Any] = {}
    for number, table in enumerate(
        [*(each.sort_by([(key, "ascending") for key in by]) for by, each in tables.items()), found]
    ):
        for name in table.column_names:
            is_text = pa.types.is_string(table[name].type) or pa.types.is_large_string(table[name].type)
            parts[f"{number}_{name}"] = arrays.texts(table, name) if is_text else arrays.doubles(table, name)
    return arrays.fingerprint(parts)
