"""Where a prediction does not tell customers apart: a chart or a list of them would claim that it does."""

from __future__ import annotations

from customer_insight.report.results import Results

# Of the highest probability: what lies closer together is said as one.
NEAR = 0.05
RANGE = """
select count({name}) as customers, min({name}) as low, max({name}) as high from predictions.customer_predictions
"""


def are_alike(results: Results, name: str) -> bool:
    """Whether all have about the same `purchase_probability` or `churn_probability`; one customer has no peer."""
    row = results.row(RANGE.format(name=name))
    return bool(row["customers"] > 1 and row["high"] - row["low"] <= NEAR * row["high"])
