"""The fingerprints name all that is read: whoever finds the same one finds the same input."""

import pyarrow as pa
import pytest
from customer_insight.recommendations.history.recommendation_inputs import read_inputs
from shops import random_shop
from test_customer_recommendations import products_of

SHOP = random_shop(20, 6, rows=60)
NAMES = ["tea cup", "", "red pot", "blue pot", "", "lid"]
TEXTS = {name: pa.array(NAMES) for name in ("product_name", "brand")}
TEXTS |= {name: pa.array([None] * 6, pa.string()) for name in ("description", "category")}
PRODUCTS = products_of(SHOP, **TEXTS)
VECTORS = pa.table({"product_code": [0, 1, 2], "vector": [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]})


def changed(table, column, values):
    place = table.column_names.index(column)
    return table.set_column(place, column, pa.array(values, table.schema.field(column).type))


OTHERS = {
    "a name stands at another product": changed(PRODUCTS, "product_name", ["", "tea cup", *NAMES[2:]]),
    "another word": changed(PRODUCTS, "product_name", ["tea bowl", *NAMES[1:]]),
    "another price": changed(PRODUCTS, "price", [9.0, 2, 3, 4, 5, 6]),
    "another category": changed(PRODUCTS, "category_code", [1, 1, 0, 1, 0, 1]),
    "sold out": changed(PRODUCTS, "is_available", [False] * 6),
}


def test_the_same_input_has_the_same_fingerprint():
    assert len({read_inputs(SHOP.table, PRODUCTS, None, VECTORS).fingerprint for _ in range(2)}) == 1


@pytest.mark.parametrize("name", OTHERS)
def test_other_products_have_other_fingerprints(name):
    own, other = (read_inputs(SHOP.table, products, None, VECTORS) for products in (PRODUCTS, OTHERS[name]))
    assert own.history_fingerprint != other.history_fingerprint
    assert own.fingerprint != other.fingerprint


def test_other_vectors_or_interactions_have_other_fingerprints():
    moved = VECTORS.set_column(0, "product_code", pa.array([0, 1, 3]))
    read = [
        read_inputs(SHOP.table, PRODUCTS, None, VECTORS),
        read_inputs(SHOP.table, PRODUCTS, None, moved),
        read_inputs(SHOP.table, PRODUCTS, None, None),
        read_inputs(SHOP.table.slice(1), PRODUCTS, None, VECTORS),
    ]
    assert len({each.history_fingerprint for each in read}) == 4


def test_customers_without_a_history_change_the_whole_fingerprint_alone():
    newcomer = pa.table({"customer_code": [99], "segment_code": [1]})
    own, other = (read_inputs(SHOP.table, PRODUCTS, customers, VECTORS) for customers in (None, newcomer))
    assert own.history_fingerprint == other.history_fingerprint
    assert own.fingerprint != other.fingerprint
