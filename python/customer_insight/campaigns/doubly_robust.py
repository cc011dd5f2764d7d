"""What campaigns that left nobody out at random brought, among those whom they touched (ATT).

A shop asks what the mails that it sent have brought, not what mails to everybody would: so the population of an effect
is the touched customers of a variant. That also needs less of the data: untouched customers who are like the touched,
not the other way round. It rests on all that decides both who was touched and who buys being among the features.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from threadpoolctl import threadpool_limits

from customer_insight.campaigns.adjusted_effects import ELAPSED
from customer_insight.campaigns.treated_effects import FOLDS, MOST_ODDS, TreatedEffects, prepared, treated_effects
from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import ArrowArray, Floats, Ints
from customer_insight.numerics.even_draws import drawn_evenly
from customer_insight.steps.step_result import OK, StepResult

pc: Any = pyarrow.compute  # its stubs know less than it does

# Customers of each variant, and of the untouched, at most: drawn by hash; standard errors hardly shrink beyond.
MOST_CUSTOMERS = 50_000
# Touched and untouched customers at least.
LEAST_CUSTOMERS = 200
# Untouched customers of equal weight who say as much as those that are like the touched, at least.
LEAST_CONTROLS = 50
# Of the touched, those like whom nobody was left untouched, at most.
MOST_UNMATCHED = 0.05

_TEXT, _COUNT, _DOUBLE = pa.string(), pa.int64(), pa.float64()
ADJUSTED: dict[str, pa.DataType] = {
    "variant": _TEXT,
    "metric": _TEXT,
    "customers": _COUNT,
    "control_customers": _COUNT,
    "mean": _DOUBLE,
    "control_mean": _DOUBLE,
    "effect": _DOUBLE,
    "standard_error": _DOUBLE,
    "relative_standard_error": _DOUBLE,
}


def run(customers: pa.Table) -> StepResult:
    """From one row per campaign and customer: campaign_id, variant (null: not touched), customer_code, y_… and f_….

    Table adjusted: campaign_id and ADJUSTED, one row per campaign, variant and metric (the outcome y_<metric>), in that
    order. customers are those who were compared: at most MOST_CUSTOMERS of a group. Raises ValueError where a customer
    stands twice in a campaign. An outcome that is null for a campaign's customers is left out there. With a column
    elapsed_share the rows have one: the campaign's least, since it runs as long as it does for one customer.
    """
    metrics = sorted(name.removeprefix("y_") for name in customers.column_names if name.startswith("y_"))
    names = sorted(name for name in customers.column_names if name.startswith("f_"))
    table = customers.take(pc.sort_indices(customers, [("campaign_id", "ascending"), ("customer_code", "ascending")]))
    codes = arrays.codes(table, "customer_code")
    campaigns = arrays.column(table, "campaign_id").to_pylist()
    variants: list[str | None] = [variant or None for variant in arrays.column(table, "variant").to_pylist()]
    starts = [place for place, name in enumerate(campaigns) if place == 0 or name != campaigns[place - 1]]
    outcomes, features = _matrix(table, [f"y_{metric}" for metric in metrics]), _matrix(table, names)
    elapsed = arrays.doubles(table, ELAPSED) if ELAPSED in table.column_names else None
    _checked(campaigns, codes)
    rows: list[dict[str, Any]] = []
    refused: list[str] = []
    with threadpool_limits(1):
        for start, end in itertools.pairwise([*starts, len(campaigns)]):
            part = slice(start, end)
            groups = np.array([variant or "" for variant in variants[part]])
            known = np.isfinite(outcomes[part])
            is_told = [bool(column.all()) for column in known.T]
            told = list(itertools.compress(metrics, is_told))
            unsure = [
                metric for metric, column in zip(metrics, known.T, strict=True) if column.any() and not column.all()
            ]
            if unsure:
                refused.append(f"Campaign {campaigns[start]}: {', '.join(unsure)} of some customers is not known.")
            for variant in sorted({name for name in variants[part] if name is not None}):
                found = _compared(groups, variant, codes[part], features[part], outcomes[part][:, is_told])
                if isinstance(found, str):
                    refused.append(f"Campaign {campaigns[start]}, {variant}: {found}.")
                else:
                    key = {"campaign_id": campaigns[start], "variant": variant}
                    key |= {} if elapsed is None else {ELAPSED: _least(elapsed[part])}
                    rows += [key | row for row in _rows(told, *found)]
    matrices = {"y": outcomes, "f": features} | ({} if elapsed is None else {"elapsed": elapsed})
    schema = pa.schema({"campaign_id": customers.schema.field("campaign_id").type} | ADJUSTED)
    if elapsed is not None:
        schema = schema.append(pa.field(ELAPSED, _DOUBLE))
    return StepResult(
        tables={"adjusted": pa.Table.from_pylist(rows, schema=schema)},
        status=_status(refused, bool(rows)),
        parameters={
            "folds": FOLDS,
            "least_controls": LEAST_CONTROLS,
            "least_customers": LEAST_CUSTOMERS,
            "most_customers": MOST_CUSTOMERS,
            "most_odds": MOST_ODDS,
            "most_unmatched": MOST_UNMATCHED,
            "population": "touched customers",
        },
        metrics={"campaigns": len(starts), "effects": len(rows), "refused": len(refused), "features": len(names)},
        input_fingerprint=_fingerprint(campaigns, variants, codes, matrices, metrics + names),
    )


def _least(values: Floats) -> float | None:
    """The least that is known; None where none is."""
    known = values[np.isfinite(values)]
    return float(known.min()) if known.size else None


def _status(refused: list[str], has_rows: bool) -> str:
    if refused:
        return " ".join(refused)
    return OK if has_rows else "Every campaign left a control out at random, or touched nobody: nothing is to adjust."


def _matrix(table: pa.Table, names: list[str]) -> Floats:
    columns = [arrays.doubles(table, name) for name in names]
    return np.column_stack(columns) if columns else np.zeros((table.num_rows, 0))


def _checked(campaigns: list[Any], codes: Ints) -> None:
    for place in np.flatnonzero(np.diff(codes) == 0):
        if campaigns[place] == campaigns[place + 1]:
            raise ValueError(
                f"Customer {codes[place]} stands twice in campaign {campaigns[place]!r}; expected one row for each."
            )


def _compared(
    groups: Any, variant: str, codes: Ints, features: Floats, outcomes: Floats
) -> tuple[TreatedEffects, int, int] | str:
    """The effects and how many customers were compared, or why nothing can be said."""
    order = drawn_evenly(codes, 2)
    drawn = []
    for name, what in ((variant, "touched"), ("", "not touched")):
        members = np.flatnonzero(groups == name)
        if members.size < LEAST_CUSTOMERS:
            size = "1 customer was" if members.size == 1 else f"{members.size} customers were"
            return f"{size} {what}, fewer than {LEAST_CUSTOMERS}"
        drawn.append(np.sort(members[np.argsort(order[members], kind="stable")[:MOST_CUSTOMERS]]))
    touched, untouched = drawn
    members = np.sort(np.concatenate(drawn))
    # each group is dealt out evenly; folds follow from the customers alone
    folds = np.empty(groups.size, dtype=np.int64)
    for part in drawn:
        folds[part[np.argsort(order[part], kind="stable")]] = np.arange(part.size) % FOLDS
    found = treated_effects(prepared(features[members]), groups[members] == variant, outcomes[members], folds[members])
    if found.unmatched_share > MOST_UNMATCHED:
        share = f"{100 * found.unmatched_share:.0f} %"
        return f"{share} of the touched customers are such as were touched nearly always, so nobody compares with them"
    if found.effective_controls < LEAST_CONTROLS:
        size = f"{found.effective_controls:.0f}"
        return f"too few untouched customers are like the touched: as good as {size}, needed are {LEAST_CONTROLS}"
    return found, touched.size, untouched.size


def _rows(metrics: list[str], found: TreatedEffects, touched: int, untouched: int) -> list[dict[str, Any]]:
    rows = []
    for place, metric in enumerate(metrics):
        mean, control_mean = float(found.mean[place]), float(found.control_mean[place])
        relative = float(found.relative_standard_error[place])
        rows.append(
            {
                "metric": metric,
                "customers": touched,
                "control_customers": untouched,
                "mean": mean,
                "control_mean": control_mean,
                "effect": mean - control_mean,
                "standard_error": float(found.standard_error[place]),
                "relative_standard_error": relative if np.isfinite(relative) else None,
            }
        )
    return rows


def _fingerprint(
    campaigns: list[Any], variants: list[str | None], codes: Ints, matrices: dict[str, Floats], names: list[str]
) -> str:
    texts: dict[str, ArrowArray] = {
        "campaigns": pa.array([repr(name) for name in campaigns], pa.large_string()),
        "variants": pa.array([repr(name) for name in variants], pa.large_string()),
        "names": pa.array(names, pa.large_string()),
    }
    return arrays.fingerprint({**texts, **matrices, "codes": codes})
