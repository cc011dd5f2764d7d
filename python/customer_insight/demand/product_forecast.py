"""Weeks of products: their share of the category's forecast, and how far that was off for products of their size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from customer_insight.demand import product_shares
from customer_insight.demand.demand_intervals import SHARES
from customer_insight.demand.forecasts import weeks
from customer_insight.demand.product_shares import WINDOW_WEEKS, YEAR_WEEKS, whole_of
from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.scoring.evaluation_table import EvaluationRow
from customer_insight.scoring.intervals import mean_intervals

# What products are forecast in: an order may have several.
PRODUCT_MEASURES = ("revenue", "units")
# Upper ends of the sizes of a product's week, in mean weeks of all that sell enough.
_SIZES = (0.2, 1.0, 5.0)
# Weeks of a size without which nothing is said of it.
_LEAST_WEEKS = 40


@dataclass(frozen=True)
class ProductWeeks:
    """codes: (products,), rising. category: place of each one's category. values: by measure, (products, weeks).

    is_offered: what sold in the last year, or whose whole category did not; the others are of the past alone.
    """

    codes: Ints
    category: Ints
    values: dict[str, Floats]
    is_offered: Bools


@dataclass(frozen=True)
class ProductForecast:
    """codes: (products,), of what is offered. said: (products, weeks).

    ends: (ends, products, weeks), NaN where too few weeks of that size were judged.
    """

    codes: Ints
    said: Floats
    ends: Floats
    method: str
    figures: list[EvaluationRow]


def read_product_weeks(table: pa.Table, category_codes: Ints, week_count: int) -> ProductWeeks:
    """From product_code, group_code, weeks_ago (0: the last seven whole days) and PRODUCT_MEASURES; a row a week.

    Raises ValueError where a product has two rows for a week, or a category that is not known.
    """
    codes, place = arrays.dense(arrays.codes(table, "product_code"))
    ago, group = arrays.codes(table, "weeks_ago"), arrays.codes(table, "group_code")
    is_known, at = arrays.find(category_codes, group)
    if not is_known.all():
        raise ValueError("Column 'group_code' must name categories of the days.")
    category = np.zeros(codes.size, dtype=np.int64)
    category[place] = at
    rows = np.flatnonzero((ago >= 0) & (ago < week_count))
    cell = place[rows] * max(week_count, 1) + (week_count - 1 - ago[rows])
    if np.unique(cell).size < cell.size:
        raise ValueError("Columns 'product_code', 'weeks_ago' must be distinct: one row a product and week.")
    values: dict[str, Floats] = {}
    for measure in PRODUCT_MEASURES:
        filled = np.zeros(codes.size * week_count)
        filled[cell] = np.maximum(np.nan_to_num(arrays.doubles(table, measure)[rows]), 0.0)
        values[measure] = filled.reshape(codes.size, week_count)
    lately = (values["units"][:, -YEAR_WEEKS:] > 0).any(axis=1)
    is_alive = np.bincount(category[lately], minlength=category_codes.size) > 0
    return ProductWeeks(codes, category, values, lately | ~is_alive[category])


def forecast(products: ProductWeeks, measure: str, used: Floats, ahead: Floats) -> ProductForecast:
    """used: what was said of categories at their origins, (origins, categories, days), by which products are judged.

    ahead: (categories, weeks) to share.
    """
    own, category, count = products.values[measure], products.category, ahead.shape[0]
    errors = product_shares.errors(own, category, count)
    method, offered = product_shares.chosen(errors), np.flatnonzero(products.is_offered)
    foretold, came, origins = _judged(own, category, weeks(used), errors)
    unit = foretold.mean() if foretold.size else 1.0
    ends = _ends(_sizes(foretold, unit), foretold, came)
    own, category = own[offered], category[offered]
    said = product_shares.shares(own, category, count, method, ahead.shape[1]) * ahead[category]
    found = np.moveaxis(said[..., None] * ends[_sizes(said, unit)], -1, 0)
    found[:, ~product_shares.sells_enough(own)] = np.nan
    return ProductForecast(products.codes[offered], said, found, method, _figures(foretold, came, origins, measure))


def _judged(own: Floats, category: Ints, used: Floats, errors: Floats) -> tuple[Floats, Floats, Ints]:
    """Weeks foretold at the categories' origins for products that sold enough then, what came, the origin: (weeks,)."""
    foretold, came, origins = [np.zeros(0)], [np.zeros(0)], [np.zeros(0, dtype=np.int64)]
    for number, whole in enumerate(used):
        origin = own.shape[1] - WINDOW_WEEKS * (len(used) - number)
        known = own[:, : max(origin, 0)]
        # the method that errors before this origin choose
        method = product_shares.chosen(errors[: max(0, len(errors) - len(used) + number)])
        judged = np.flatnonzero(product_shares.sells_enough(known)) if origin > 0 else np.zeros(0, dtype=np.int64)
        if not judged.size or not np.isfinite(whole).all():
            continue
        of_category = whole_of(known, category, whole.shape[0])[category[judged]]
        share = product_shares.SHARES[method](known[judged], of_category, WINDOW_WEEKS)
        said = (share * whole[category[judged]]).ravel()
        fits = np.isfinite(said) & (said > 0)
        foretold.append(said[fits])
        came.append(own[judged, origin : origin + WINDOW_WEEKS].ravel()[fits])
        origins.append(np.full(int(fits.sum()), number, dtype=np.int64))
    return np.concatenate(foretold), np.concatenate(came), np.concatenate(origins)


def _sizes(foretold: Floats, unit: float) -> Ints:
    return np.asarray(np.searchsorted(np.array(_SIZES) * unit, foretold, side="right"), dtype=np.int64)


def _ends(size: Ints, foretold: Floats, came: Floats) -> Floats:
    """Multiples by size and end, (sizes, ends)."""
    asked = [end for share in SHARES for end in ((1 - share) / 2, (1 + share) / 2)]
    found = np.full((len(_SIZES) + 1, len(asked)), np.nan)
    for place in range(len(found)):
        rows = size == place
        if rows.sum() >= _LEAST_WEEKS:
            found[place] = np.quantile(came[rows] / foretold[rows], asked)
    return found


def _figures(foretold: Floats, came: Floats, origins: Ints, measure: str) -> list[EvaluationRow]:
    """By origin: the symmetric error of weeks, and the share of them within the interval that earlier origins gave."""
    rows = []
    for number in np.unique(origins)[1:]:
        then, now = origins < number, origins == number
        unit = foretold[then].mean()
        ends = _ends(_sizes(foretold[then], unit), foretold[then], came[then])[_sizes(foretold[now], unit)]
        known = np.isfinite(ends[:, 0])
        said, got = foretold[now], came[now]
        held = (got >= said * ends[:, 0]) & (got <= said * ends[:, 1])
        error = np.abs(got - said).sum() / ((got.sum() + said.sum()) / 2)
        rows.append([error, held[known].mean() if known.any() else np.nan])
    figures = np.array([row for row in rows if np.isfinite(row).all()]).reshape(-1, 2)
    if not len(figures):
        return []
    low, high = mean_intervals(figures)
    return [
        EvaluationRow(
            "in_use", metric, float(figures[:, at].mean()), float(low[at]), float(high[at]), len(figures),
            scope="product", target=measure,
        )
        for at, metric in enumerate(("error_of_weeks", "weeks_in_80"))
    ]  # fmt: skip
