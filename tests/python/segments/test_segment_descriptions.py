import re

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.segments import segment_names, segmentation


def described(prices: bool) -> list[str]:
    """Sentences on a shop of two clear kinds: many small orders lately, and one large order long ago."""
    draw = np.random.default_rng(1)
    often = np.arange(200) % 2 == 0
    columns = {
        "customer_code": np.arange(200),
        "orders": np.where(often, 9.0, 1.0) + draw.integers(0, 2, 200),
        "gross_revenue": np.where(often, 900.0, 400.0) * (1.0 if prices else 0.0),
        "recency_days": np.where(often, 0.0, 300.0),
        "tenure_days": np.where(often, 700.0, 300.0) + draw.integers(0, 9, 200),
        "views_per_session": np.where(often, 2.0, 9.0) + draw.random(200),
    }
    found = segmentation.run(pa.table(columns), segment_count=2)
    return [row["description"] for row in found.tables["segments"].to_pylist()]


def test_features_have_words_and_no_names_of_columns():
    said = " ".join(described(prices=True))
    assert "number of days since first seen" in said
    assert "number of products seen in a visit" in said
    assert "tenure days" not in said
    assert not re.search(r"within 0 days", said)
    assert "within a day" in said


@pytest.mark.parametrize("prices", [True, False])
def test_a_shop_without_prices_hears_of_no_spending(prices):
    assert all(("spent each" in said) == prices for said in described(prices))


def test_every_word_of_a_name_that_tells_twins_apart_is_plain():
    assert all("_" not in label and "session" not in label for label in segment_names.LABELS.values())
