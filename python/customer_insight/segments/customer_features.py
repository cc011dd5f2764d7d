"""Customer features made ready for distances: gaps filled, long tails shortened, units removed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from customer_insight import arrays
from customer_insight.arrays import Bools, Floats, Ints

# Features more skewed than this are taken as logarithms: money and counts have long tails, shares have not.
SKEWNESS_LIMIT = 1.0
# Standard deviations at which values are cut, so that one giant customer is no segment.
CLIP = 3.0


@dataclass(frozen=True)
class CustomerFeatures:
    """Customers by ascending code. values (customers, features) in original units, NaN for null.

    scaled (customers, used features): median where null, log1p(x / median of the positive) where skewed, mean 0,
    standard deviation 1, cut at 3. is_used (features,): neither constant nor empty. imputed: nulls filled (features,).
    """

    customer_codes: Ints
    names: list[str]
    values: Floats
    scaled: Floats
    is_used: Bools
    imputed: Ints


def read(table: pa.Table) -> CustomerFeatures:
    """All columns but customer_code are features. Raises ValueError where a customer has two rows."""
    codes = arrays.codes(table, "customer_code")
    order = np.argsort(codes, kind="stable")
    codes = codes[order]
    if codes.size and (np.diff(codes) == 0).any():
        raise ValueError("Column 'customer_code' must be distinct: one row a customer.")
    names = sorted(name for name in table.column_names if name != "customer_code")
    values = np.empty((codes.size, len(names)))
    scaled = np.zeros((codes.size, len(names)))
    is_used, imputed = np.zeros(len(names), dtype=np.bool_), np.zeros(len(names), dtype=np.int64)
    for position, name in enumerate(names):
        column = arrays.doubles(table, name)[order]
        values[:, position] = column
        is_null = np.isnan(column)
        if is_null.all() or np.ptp(column[~is_null]) == 0:
            continue
        standard = standardised(shortened(np.where(is_null, np.median(column[~is_null]), column)))
        if standard is not None:
            is_used[position], imputed[position] = True, is_null.sum()
            scaled[:, position] = standard
    return CustomerFeatures(codes, names, values, scaled[:, is_used], is_used, imputed)


def skewness(values: Floats) -> float:
    """Fisher's moment coefficient of skewness; 0 for equal values."""
    spread = values.std()
    return float((((values - values.mean()) / spread) ** 3).mean()) if spread > 0 else 0.0


def shortened(values: Floats) -> Floats:
    """log1p(x / typical x), signed, where values are skewed to the right; else unchanged."""
    values = values / max(np.abs(values).max(), 1e-300)  # no overflow in powers
    if skewness(values) <= SKEWNESS_LIMIT:
        return values
    typical = np.median(np.abs(values[values != 0]))
    return np.asarray(np.sign(values) * np.log1p(np.abs(values) / typical), dtype=np.float64)


def standardised(values: Floats) -> Floats | None:
    """Mean 0, standard deviation 1, cut at CLIP; None where the values do not differ."""
    spread = values.std()
    if not spread > 1e-12 * max(1.0, np.abs(values).max()):
        return None
    return np.asarray(np.clip((values - values.mean()) / spread, -CLIP, CLIP), dtype=np.float64)
