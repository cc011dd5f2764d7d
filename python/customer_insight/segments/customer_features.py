"""Customer features made ready for distances: gaps filled, long tails shortened, units removed; and the way back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints

# Features more skewed than this are taken as logarithms: money and counts have long tails, shares have not.
SKEWNESS_LIMIT = 1.0
# Standard deviations at which values are cut, so that one giant customer is no segment.
CLIP = 3.0


@dataclass(frozen=True)
class Scale:
    """How one feature is scaled: x / largest, log1p(x / typical) if shortened (typical is 0 if not), then standardised.

    largest: in the feature's unit. typical: of x / largest. mean, spread: of what comes out of the logarithm.
    """

    largest: float
    typical: float
    mean: float
    spread: float

    def scaled(self, values: Floats) -> Floats:
        """Values in the feature's unit as standard deviations from the mean, cut at CLIP; any shape."""
        return np.asarray(np.clip((self._shortened(values) - self.mean) / self.spread, -CLIP, CLIP), dtype=np.float64)

    def _shortened(self, values: Floats) -> Floats:
        values = values / self.largest
        return _logarithm(values, self.typical) if self.typical else values

    def original(self, scaled: Floats) -> Floats:
        """The value in the feature's unit that is scaled to this: the inverse of `scaled`, but for what was cut."""
        values = scaled * self.spread + self.mean
        if self.typical:
            values = np.sign(values) * np.expm1(np.minimum(np.abs(values), 700.0)) * self.typical
        return np.asarray(values * self.largest, dtype=np.float64)


@dataclass(frozen=True)
class CustomerFeatures:
    """Customers by ascending code. values (customers, features) in original units, NaN for null.

    scaled (customers, used features): median where null, log1p(x / median of the positive) where skewed, mean 0,
    standard deviation 1, cut at 3. is_used (features,): neither constant nor empty. imputed: nulls filled (features,).
    scales: one for each used feature.
    """

    customer_codes: Ints
    names: list[str]
    values: Floats
    scaled: Floats
    is_used: Bools
    imputed: Ints
    scales: list[Scale]

    @property
    def used_names(self) -> list[str]:
        """Names of the used features, in the order of the columns of scaled."""
        return [name for name, used in zip(self.names, self.is_used, strict=True) if used]


def read_customer_features(table: pa.Table) -> CustomerFeatures:
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
    scales = []
    for position, name in enumerate(names):
        column = arrays.doubles(table, name)[order]
        values[:, position] = column
        is_null = np.isnan(column)
        if is_null.all() or np.ptp(column[~is_null]) == 0:
            continue
        filled = np.where(is_null, np.median(column[~is_null]), column)
        scale = scale_of(filled)
        if scale is not None:
            is_used[position], imputed[position] = True, is_null.sum()
            scaled[:, position] = scale.scaled(filled)
            scales.append(scale)
    return CustomerFeatures(codes, names, values, scaled[:, is_used], is_used, imputed, scales)


def skewness(values: Floats) -> float:
    """Fisher's moment coefficient of skewness; 0 for equal values."""
    spread = values.std()
    return float((((values - values.mean()) / spread) ** 3).mean()) if spread > 0 else 0.0


def _logarithm(values: Floats, typical: float) -> Floats:
    return np.asarray(np.sign(values) * np.log1p(np.abs(values) / typical), dtype=np.float64)


def shortened(values: Floats) -> tuple[Floats, float, float]:
    """log1p(x / typical x), signed, where values are skewed to the right, else unchanged, both over the largest value.

    Also returns the largest value and the typical one (a share of the largest; 0 where nothing was shortened).
    """
    largest = max(float(np.abs(values).max()), 1e-300)  # no overflow in powers
    values = values / largest
    if skewness(values) <= SKEWNESS_LIMIT:
        return values, largest, 0.0
    typical = float(np.median(np.abs(values[values != 0])))
    with np.errstate(over="ignore"):
        return _logarithm(values, typical), largest, typical


def scale_of(values: Floats) -> Scale | None:
    """The scale of a feature without gaps, shape (customers,); None where the values do not differ measurably."""
    short, largest, typical = shortened(values)
    with np.errstate(invalid="ignore"):
        mean, spread = float(short.mean()), float(short.std())
    if not spread > 1e-12 * max(1.0, np.abs(short).max()):
        return None
    return Scale(largest, typical, mean, spread)
