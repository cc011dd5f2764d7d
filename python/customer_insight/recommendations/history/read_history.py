"""From the table of interactions to a history."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.recommendations.history.history import Catalogue, History, UnnamedDemand


def read_history(interactions: pa.Table, customer_codes: Ints, catalogue: Catalogue) -> History:
    """From customer_code, product_code, age_days (ints), purchases, carts, views (nulls and negatives count as 0).

    A customer_code of null is people without a name. Where an age_days is null, nobody knows when things were bought:
    all count as of one day, visits too, since what came before and after a visit is not known. Rows in any order,
    repeated days are added up, rows without any interaction left out. Customers and products that customer_codes and
    the catalogue do not know raise nothing: see `read_inputs`, which adds them.
    """
    _, has_day = arrays.codes_and_validity(interactions, "age_days")
    if not has_day.all():
        place, of_one_day = interactions.column_names.index("age_days"), np.zeros(has_day.size, dtype=np.int64)
        interactions = interactions.set_column(place, "age_days", arrays.arrow(of_one_day))
    code, is_named = arrays.codes_and_validity(interactions, "customer_code")
    named, unnamed = interactions.filter(arrays.arrow(is_named)), interactions.filter(arrays.arrow(~is_named))
    customer, product, age, (purchases, carts, views) = _days(
        named, np.searchsorted(customer_codes, code[is_named]), catalogue
    )
    nobody = np.zeros(unnamed.num_rows, dtype=np.int64)
    _, product_of_unnamed, age_of_unnamed, (orders, *looks) = _days(unnamed, nobody, catalogue)
    is_sold, is_sold_to_unnamed = bool(purchases.any()), bool(orders.any())
    weight = orders if is_sold or is_sold_to_unnamed else looks[0] + looks[1]
    demand = UnnamedDemand(product_of_unnamed, age_of_unnamed, weight, is_sold_to_unnamed)
    amounts = (purchases, carts, views)
    return History(
        customer, product, age, *amounts, customer_codes.size, catalogue, not is_sold, demand, bool(has_day.all())
    )


def _days(table: pa.Table, customer: Ints, catalogue: Catalogue) -> tuple[Ints, Ints, Ints, tuple[Floats, ...]]:
    """Customer, product, age, and purchases, carts and views of each of their days, in that order."""
    product = np.searchsorted(catalogue.codes, arrays.codes(table, "product_code"))
    age = np.maximum(arrays.codes(table, "age_days"), 0)
    days = int(age.max()) + 1 if age.size else 1
    key, place = arrays.dense(catalogue.keys(customer, product) * days + age)
    amounts = [arrays.sums(place, _amounts(table, name), key.size) for name in ("purchases", "carts", "views")]
    keep = np.asarray(sum(amounts)) > 0
    pair, age = np.divmod(key[keep], days)
    customer, product = catalogue.split(pair)
    return customer, product, age, tuple(amount[keep] for amount in amounts)


def _amounts(table: pa.Table, name: str) -> Floats:
    return np.maximum(np.nan_to_num(arrays.doubles(table, name)), 0.0)
