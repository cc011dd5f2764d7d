"""What the next weeks bring: of the shop and of each category, by day and by week, with intervals."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from customer_insight.demand import product_forecast
from customer_insight.demand.calendar_effects import KnownDays, known_days
from customer_insight.demand.coherent_forecasts import DemandForecast, coherent
from customer_insight.demand.demand_backtest import BY_CALENDAR, WINDOW, backtest, origins_of
from customer_insight.demand.demand_days import CATEGORY, LEVELS, MEASURES, SHOP, DemandDays, read_demand_days
from customer_insight.demand.demand_evaluation import IN_USE, Foretold, evaluate_used, judge
from customer_insight.demand.forecasts import FALLBACK, LEAST_DAYS, WEEK, weeks
from customer_insight.demand.product_forecast import (
    PRODUCT_MEASURES,
    ProductForecast,
    read_product_weeks,
)
from customer_insight.demand.shop_calendar import read_calendar
from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.scoring.evaluation_table import EvaluationRow, evaluation_table
from customer_insight.scoring.time_cuts import NO_DATES
from customer_insight.steps import parameters
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult

HALF_A_YEAR = 26 * WEEK
# Days with sales in half a year below which nobody should order goods by a forecast.
FEW_DAYS = 20
# What ARIMA tells of categories: a series takes it a tenth of a second, and their buyers are bounded by orders anyway.
ARIMA_MEASURES = ("orders", "revenue", "units")
_ENDS = ("low_80", "high_80", "low_95", "high_95")
_JUDGED: dict[str, pa.DataType] = {
    "scope": pa.string(),
    "target": pa.string(),
    "model": pa.string(),
    "metric": pa.string(),
}


def run(
    days: pa.Table,
    products: pa.Table,
    until: pa.Table | None = None,
    sales_days: pa.Table | None = None,
    *,
    forecast_days: Setting,
    holiday_country: Setting = None,
) -> StepResult:
    """From days of the shop and its categories (`read_demand_days`) and weeks of products (`read_product_weeks`).

    until, sales_days: the shop's last whole day, and days with a name (`read_calendar`); without them there is no
    calendar. holiday_country: ISO code of the country whose public holidays count, or null.
    Tables: forecasts (level, group_code, measure, period: `day` or `week`, days_ahead: of its first day, 1 is the day
    after the last whole one, forecast, low_80, high_80, low_95, high_95, model, actual: null), past (the same of the
    last four weeks, as it was four weeks ago, and what came), products (product_code and the same, weeks alone),
    evaluation (level, measure, model, metric, value, ci_low, ci_high, windows, is_champion).
    Raises ValueError where a setting is not what it can be: a whole number from 28, a country with known holidays.
    """
    wanted = parameters.read("forecast_days", f"integer from {WINDOW}", forecast_days)
    horizon = -(-wanted // WEEK) * WEEK
    country = parameters.read("holiday_country", "country or null", holiday_country)
    known = read_demand_days(days)
    tables: dict[str, list[pa.Table]] = {"forecasts": [_nothing()], "past": [_nothing()], "products": [_no_products()]}
    judged: list[EvaluationRow] = []
    champions: dict[str, str] = {}
    by_arima: dict[str, int] = {}
    span = known[SHOP].day_count if known[SHOP].codes.size else 0
    whole: dict[str, dict[str, DemandForecast]] = {}
    sold = read_product_weeks(products, known[CATEGORY].codes, span // WEEK)
    # what the shop never had it does not know: customers, or prices
    measures = [measure for measure in MEASURES if known[SHOP].values[measure].any()]
    known_at = _known_days(until, sales_days, country, known[SHOP], horizon)
    for level in (level for level in LEVELS if span >= LEAST_DAYS and known[level].codes.size):
        foretold: dict[str, Foretold] = {}
        for measure in measures:
            values, with_arima = known[level].values[measure], level == SHOP or measure in ARIMA_MEASURES
            foretold[measure] = judge(backtest(values, horizon, known_at, with_arima=with_arima), level, measure)
        by_arima[level] = max((each.by_arima for each in foretold.values()), default=0)
        used = _used(foretold, whole)
        for measure, each in foretold.items():
            judged += [*each.rows, *evaluate_used(each.past, level, measure, [agreed[measure] for agreed in used])]
        said: dict[str, dict[str, DemandForecast]] = {
            "forecasts": {measure: each.ahead for measure, each in foretold.items()},
            "past": {measure: each.then[-1] for measure, each in foretold.items() if each.then},
        }
        for name, found in said.items():
            agreed = coherent(found, whole.get(name))
            whole.setdefault(name, agreed)
            tables[name] += [_table(level, known[level], measure, each) for measure, each in agreed.items()]
            said[name] = agreed
        champions |= {f"{level}, {measure}": each.method for measure, each in said["forecasts"].items()}
        for measure in PRODUCT_MEASURES if level == CATEGORY else ():
            if measure in foretold:
                shared = product_forecast.forecast(
                    sold, measure, foretold[measure].used, weeks(said["forecasts"][measure].days)
                )
                tables["products"].append(_products(measure, shared))
                judged += shared.figures
                champions[f"product, {measure}"] = shared.method
    return StepResult(
        tables={
            **{name: pa.concat_tables(found) for name, found in tables.items()},
            "evaluation": _evaluation(judged, champions),
        },
        status=_status(known[SHOP], span, judged),
        parameters={"forecast_days": horizon, "holiday_country": country},
        metrics={
            "days": span,
            "categories": known["category"].codes.size,
            "methods": champions,
            # ARIMA is for few series; the others of a level go by smoothing in its place
            "series_by_arima": by_arima,
        },
        input_fingerprint=arrays.fingerprint(
            _marks(known_at)
            | {f"{level}_{name}": values for level in LEVELS for name, values in known[level].values.items()}
            | {f"{level}_codes": known[level].codes for level in LEVELS}
            | {"products": sold.codes, "category": sold.category}
            | {f"product_{name}": values for name, values in sold.values.items()}
        ),
    )


def _used(
    foretold: dict[str, Foretold], whole: dict[str, dict[str, DemandForecast]]
) -> list[dict[str, DemandForecast]]:
    """By origin that reports, what all measures said when they agreed. whole: keeps the shop's, for its categories."""
    found = []
    for at in range(len(next(iter(foretold.values())).then) if foretold else 0):
        found.append(coherent({name: each.then[at] for name, each in foretold.items()}, whole.get(f"origin {at}")))
        whole.setdefault(f"origin {at}", found[-1])
    return found


def _known_days(
    until: pa.Table | None, sales_days: pa.Table | None, country: str | None, shop: DemandDays, horizon: int
) -> list[KnownDays] | None:
    """What the calendar says at each origin and at the end, if there is one."""
    if until is None or sales_days is None or not shop.codes.size:
        return None
    calendar = read_calendar(until, sales_days, country, shop.values["orders"][0], horizon)
    return [known_days(calendar, end) for end in (*origins_of(shop.day_count), shop.day_count)] if calendar else None


def _marks(known_at: list[KnownDays] | None) -> dict[str, Ints | Floats]:
    """What the calendar says of each day, for the fingerprint of the input."""
    if not known_at:
        return {}
    calendar = known_at[-1].calendar
    return {name: getattr(calendar, name) for name in ("name", "kind", "side", "a_year_ago")}


def _status(shop: DemandDays, span: int, judged: list[EvaluationRow]) -> str:
    if not span:
        return f"Nothing is forecast: there are no sales, or {NO_DATES}."
    if span < LEAST_DAYS:
        return f"Nothing is forecast: sales reach back {span} whole days, and it needs {LEAST_DAYS}."
    if not judged:
        return (
            f"Forecasts have no intervals: sales reach back {span} whole days, too short to see how far they are off."
        )
    lately = int((shop.values["orders"][0, -HALF_A_YEAR:] > 0).sum())
    if lately < FEW_DAYS:
        return f"Forecasts say little: {lately} of the last {min(span, HALF_A_YEAR)} whole days had sales."
    if span < 52 * WEEK + LEAST_DAYS:
        return f"Forecasts know no season: sales reach back {span} whole days, less than a year and four weeks."
    return OK


def _table(level: str, known: DemandDays, measure: str, found: DemandForecast) -> pa.Table:
    pieces = []
    came = np.full(found.days.shape, np.nan) if found.came is None else found.came
    first = 1 if found.came is None else 1 - came.shape[1]
    # what the method does not know goes by the calendar where the method does
    fallback = FALLBACK + (BY_CALENDAR if found.method.endswith(BY_CALENDAR) else "")
    used = np.where(found.is_own, found.method, fallback)
    for period, step, values, ends, actual in [
        ("day", 1, found.days, found.ends, came),
        ("week", WEEK, weeks(found.days), found.ends_of_weeks, weeks(came)),
    ]:
        series, count = values.shape
        size = series * count
        columns: dict[str, arrays.ArrowArray] = {
            "level": pa.array([level] * size, pa.string()),
            "group_code": arrays.arrow(np.repeat(known.codes, count).astype(np.int32)),
            "measure": pa.array([measure] * size, pa.string()),
            "period": pa.array([period] * size, pa.string()),
            "days_ahead": arrays.arrow(np.tile(first + step * np.arange(count), series).astype(np.int32)),
            "forecast": arrays.nullable(values.ravel()),
        }
        columns |= {name: arrays.nullable(end.ravel()) for name, end in zip(_ENDS, ends, strict=True)}
        columns |= {"model": pa.array(np.repeat(used, count), pa.string()), "actual": arrays.nullable(actual.ravel())}
        pieces.append(pa.table(columns))
    return pa.concat_tables(pieces)


def _products(measure: str, found: ProductForecast) -> pa.Table:
    products, count = found.said.shape
    size = products * count
    columns: dict[str, arrays.ArrowArray] = {
        "product_code": arrays.arrow(np.repeat(found.codes, count).astype(np.int32)),
        "measure": pa.array([measure] * size, pa.string()),
        "days_ahead": arrays.arrow(np.tile(1 + WEEK * np.arange(count), products).astype(np.int32)),
        "forecast": arrays.nullable(found.said.ravel()),
    }
    columns |= {name: arrays.nullable(end.ravel()) for name, end in zip(_ENDS, found.ends, strict=True)}
    return pa.table(columns | {"model": pa.array([found.method] * size, pa.string())})


def _no_products() -> pa.Table:
    kinds: dict[str, pa.DataType] = {"product_code": pa.int32(), "measure": pa.string(), "days_ahead": pa.int32()}
    return pa.schema(kinds | dict.fromkeys(("forecast", *_ENDS), pa.float64()) | {"model": pa.string()}).empty_table()


def _nothing() -> pa.Table:
    text, whole, double = pa.string(), pa.int32(), pa.float64()
    kinds: dict[str, pa.DataType] = {"level": text, "group_code": whole, "measure": text, "period": text}
    kinds |= {"days_ahead": whole, "forecast": double, **dict.fromkeys(_ENDS, double), "model": text, "actual": double}
    return pa.schema(kinds).empty_table()


def _evaluation(judged: list[EvaluationRow], champions: dict[str, str]) -> pa.Table:
    table = evaluation_table(
        _JUDGED, judged, lambda row: row.method in (IN_USE, champions[f"{row.scope}, {row.target}"])
    )
    return table.rename_columns({"scope": "level", "target": "measure", "customers": "windows"})
