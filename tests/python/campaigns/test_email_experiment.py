"""A made experiment with the published figures of the MineThatData e-mail challenge (Hillstrom 2008).

42,693 customers, half of them got the women's mail: 10.6 % of the others visit, 0.57 % convert, for about 113 each. The
mail adds 4.5 points of visits, nearly all of them of customers who once bought for women, and 0.31 points of
conversions, of everybody alike.
"""

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.campaigns import customer_uplift

CUSTOMERS = 42_693
WOMENS = 5


def people(count, generator):
    """recency in months, history, who is new, channels, men's, women's."""
    history = np.round(29.99 + generator.exponential(210, count), 2)
    mens = generator.random(count) < 0.55
    womens = ~mens | (generator.random(count) < 0.18)
    channel = generator.integers(0, 3, count)
    recency = np.minimum(12, 1 + generator.exponential(5, count).astype(int))
    found = np.column_stack([recency, history, generator.random(count) < 0.5, channel == 1, mens, womens, channel == 2])
    return found.astype(float)


def table(name, values, treated, outcome):
    named = {f"f_{place}": values[:, place] for place in range(values.shape[1])}
    return pa.table(
        {
            "campaign_id": [name] * len(values),
            "customer_code": np.arange(len(values)),
            "is_treated": treated,
            "propensity": np.full(len(values), 0.5),
            "outcome": outcome,
            **named,
        }
    )


@pytest.fixture(scope="module")
def experiment():
    generator = np.random.default_rng(2008)
    values = people(CUSTOMERS, generator)
    treated = generator.random(CUSTOMERS) < 0.5
    recency, history, new, _, _, womens, _ = values.T
    visits = np.clip(0.106 + 0.004 * (6 - recency) + 0.00007 * (history - 240) - 0.03 * (new - 0.5), 0.02, 1)
    visited = generator.random(CUSTOMERS) < visits + treated * np.where(womens > 0, 0.075, 0.012)
    converted = generator.random(CUSTOMERS) < 0.0057 * visits / 0.106 + 0.0031 * treated
    spend = np.where(converted, 29.99 + generator.exponential(83, CUSTOMERS), 0.0)
    now = people(3_000, generator)
    names = {f"f_{place}": now[:, place] for place in range(now.shape[1])}
    outcomes = {"visit": visited.astype(float), "conversion": converted.astype(float), "spend": spend}
    parts = [table(name, values, treated, outcome) for name, outcome in outcomes.items()]
    found = customer_uplift.run(pa.concat_tables(parts), pa.table({"customer_code": np.arange(3_000), **names}))
    return found, now


def test_visits_differ_by_who_bought_for_women(experiment):
    found, now = experiment
    uplift = found.tables["uplift"].to_pandas()
    assert set(uplift.campaign_id) == {"visit"}
    is_for_women = now[:, WOMENS] > 0
    assert uplift.uplift[is_for_women].mean() == pytest.approx(0.075, abs=0.015)
    assert uplift.uplift[~is_for_women].mean() == pytest.approx(0.012, abs=0.02)


def test_of_conversions_and_money_only_the_average_is_said(experiment):
    said = {each["campaign_id"]: each for each in experiment[0].tables["campaigns"].to_pylist()}
    assert said["visit"]["is_separable"]
    for name, effect in (("conversion", 0.0031), ("spend", 0.35)):
        assert not said[name]["is_separable"]
        assert said[name]["sentence"].startswith("Nothing is separable")
        assert said[name]["ci_low"] < effect < said[name]["ci_high"]
