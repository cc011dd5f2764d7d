"""Who was assigned to a campaign's arms by lot, what came of it, and which of them are learned from.

Of a large campaign so many customers are drawn by a hash of their code: the same ones in every run and in any order of
the rows. Where all had one probability the arms are drawn apart, so that a small control group is not lost among the
others; the probabilities are then those of the drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.numerics.even_draws import drawn_evenly

FEATURE_PREFIX = "f_"
# Customers of a campaign that are learned from and judged by: where one in thirty converts, so many show effects that
# differ by a sixth between customers.
SAMPLE_CUSTOMERS = 200_000


@dataclass(frozen=True)
class AssignedCustomers:
    """The drawn customers of a campaign's variant, by rising code; features: (customers, features), NaN where unknown.

    place: from 0 to 1, by another hash, to part them by. assigned, responded: of all, those treated and the others.
    """

    campaign_id: str
    variant: str | None
    customers: Ints
    is_treated: Bools
    propensity: Floats
    outcome: Floats
    features: Floats
    place: Floats
    assigned: tuple[int, int]
    responded: tuple[int, int]


def feature_names(table: pa.Table) -> list[str]:
    """Columns f_…, by name."""
    return sorted(name for name in table.column_names if name.startswith(FEATURE_PREFIX))


def features(table: pa.Table, names: list[str]) -> Floats:
    """The named columns, shape (rows, features). Raises ValueError that names a missing one."""
    found = np.empty((table.num_rows, len(names)), order="F")
    for place, name in enumerate(names):
        found[:, place] = arrays.doubles(table, name)
    return found


def read_assigned_customers(table: pa.Table, names: list[str]) -> list[AssignedCustomers]:
    """Each campaign and variant, by rising campaign_id and variant (none first). Raises ValueError on odd rows."""
    campaigns, variants = _keys(table, "campaign_id"), _keys(table, "variant")
    customers = arrays.codes(table, "customer_code")
    propensity, outcome = arrays.doubles(table, "propensity"), arrays.doubles(table, "outcome")
    is_treated = arrays.doubles(table, "is_treated")
    _refuse("is_treated", "true or false", np.isfinite(is_treated), is_treated)
    _refuse("propensity", "a probability above 0 and below 1", (propensity > 0) & (propensity < 1), propensity)
    _refuse("outcome", "a number", np.isfinite(outcome), outcome)
    if (campaigns[1] < 0).any():
        raise ValueError(f"Column 'campaign_id' has {(campaigns[1] < 0).sum()} nulls; each row belongs to a campaign.")
    key = campaigns[1] * (len(variants[0]) + 1) + variants[1] + 1
    units, place = arrays.dense(key)
    order = np.argsort(place, kind="stable")
    starts = arrays.row_starts(place[order], units.size)
    found = []
    for number, unit in enumerate(units.tolist()):
        rows = order[starts[number] : starts[number + 1]]
        campaign, variant = divmod(unit, len(variants[0]) + 1)
        called = campaigns[0][campaign], variants[0][variant - 1] if variant else None
        if (twice := rows.size - arrays.distinct(customers[rows]).size) > 0:
            raise ValueError(
                f"Campaign {called[0]!r}{_variant(called[1])} has {twice} rows of customers that it has already: one"
                " row a customer is expected."
            )
        treated = is_treated[rows] > 0
        chosen, shifted = _drawn(customers[rows], treated, propensity[rows])
        responded = outcome[rows] != 0
        drawn = rows[chosen]
        found.append(
            AssignedCustomers(
                campaign_id=called[0],
                variant=called[1],
                customers=customers[drawn],
                is_treated=treated[chosen],
                propensity=shifted,
                outcome=outcome[drawn],
                features=features(table.take(drawn), names),
                place=drawn_evenly(customers[drawn], 1),
                assigned=(int(treated.sum()), int((~treated).sum())),
                responded=(int((responded & treated).sum()), int((responded & ~treated).sum())),
            )
        )
    return found


def fingerprint(campaigns: list[AssignedCustomers], codes: Ints, today: Floats) -> str:
    """Of what was drawn, in canonical order, how many there were, and who is to be scored: all that is looked at."""
    parts: dict[str, Any] = {"customer_code": codes, "features": np.ascontiguousarray(today)}
    for place, each in enumerate(campaigns):
        parts |= {
            f"{place}_called": pa.array([each.campaign_id, each.variant or "", str(each.variant is None)], pa.string()),
            f"{place}_counts": np.array([each.assigned, each.responded]),
            f"{place}_customers": each.customers,
            f"{place}_treated": each.is_treated,
            f"{place}_figures": np.column_stack([each.propensity, each.outcome, each.features]),
        }
    return arrays.fingerprint(parts)


def _drawn(customers: Ints, is_treated: Bools, propensity: Floats) -> tuple[npt.NDArray[np.intp], Floats]:
    """Which rows are drawn, by rising code, and their probabilities of being treated among the drawn."""
    by_code = np.argsort(customers, kind="stable")
    if customers.size <= SAMPLE_CUSTOMERS:
        return by_code, propensity[by_code]
    lot = drawn_evenly(customers, 0)
    if np.ptp(propensity) > 0:
        chosen = by_code[lot[by_code] <= np.partition(lot, SAMPLE_CUSTOMERS - 1)[SAMPLE_CUSTOMERS - 1]]
        return chosen, propensity[chosen]
    treated, others = np.flatnonzero(is_treated), np.flatnonzero(~is_treated)
    half = SAMPLE_CUSTOMERS // 2
    most = max(half, SAMPLE_CUSTOMERS - min(treated.size, others.size))
    is_chosen = np.zeros(customers.size, dtype=np.bool_)
    rates = []
    for rows in (treated, others):
        taken = min(rows.size, most)
        rates.append(taken / max(rows.size, 1))
        is_chosen[rows[np.argsort(lot[rows], kind="stable")[:taken]]] = True
    chosen = by_code[is_chosen[by_code]]
    kept = propensity[chosen] * rates[0]
    return chosen, np.asarray(kept / (kept + (1 - propensity[chosen]) * rates[1]))


def _keys(table: pa.Table, name: str) -> tuple[list[str], Ints]:
    """The distinct texts of a column, rising, and each row's place among them; -1 where null or no such column."""
    if name == "variant" and name not in table.column_names:
        return [], np.full(table.num_rows, -1)
    encoded: Any = arrays.one_chunk(arrays.column(table, name).cast(pa.large_string()).dictionary_encode())
    texts = encoded.dictionary.to_pylist()
    order = sorted(range(len(texts)), key=texts.__getitem__)
    place = np.empty(len(texts) + 1, dtype=np.int64)
    place[order], place[-1] = np.arange(len(texts)), -1
    return [texts[each] for each in order], place[np.asarray(encoded.indices.fill_null(len(texts)))]


def _variant(variant: str | None) -> str:
    return "" if variant is None else f", variant {variant!r},"


def _refuse(name: str, expected: str, is_good: Bools, values: Floats) -> None:
    if not is_good.all():
        odd = values[~is_good][0]
        found = "nothing" if np.isnan(odd) else f"{odd:g}"
        raise ValueError(f"Column {name!r}: expected {expected}, found {found} ({(~is_good).sum()} rows are odd).")
