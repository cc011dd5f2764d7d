import numpy as np
import pytest
from customer_insight.predictions.value import bg_nbd, maximum_likelihood, mbg_nbd, pareto_nbd
from customer_insight.predictions.value.purchase_histories import Histories

MODELS = (bg_nbd, mbg_nbd, pareto_nbd)


@pytest.fixture
def searches(monkeypatch):
    """How often a maximum is looked for, nothing being remembered at first."""
    count, maximum = [], maximum_likelihood._maximum

    def counted(*arguments):
        count.append(1)
        return maximum(*arguments)

    monkeypatch.setattr(maximum_likelihood, "_remembered", {})
    monkeypatch.setattr(maximum_likelihood, "_maximum", counted)
    return count


def histories(**more):
    known = {"repeats": [0.0, 1, 2, 5], "last": [0.0, 20, 30, 40], "age": [50.0, 60, 70, 80]}
    repeats = np.array([0, 1, 1, 1])  # no last purchase without one
    return Histories(**{name: np.array(values) + repeats * more.get(name, 0) for name, values in known.items()})


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.NAME)
def test_the_same_histories_are_looked_at_once(model, searches):
    first = model.fit(histories())
    assert model.fit(histories()) == first
    assert len(searches) == 1


def test_another_model_or_other_histories_are_another_search(searches):
    shops = [histories(), histories(repeats=1), histories(last=1), histories(age=1)]
    found = [model.fit(shop) for model in MODELS for shop in shops]
    assert len(searches) == len(found)
    assert len({tuple(each.parameters.values()) for each in found}) == len(found)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 5))])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.NAME)
def test_starts_that_are_tried_roughly_lead_as_high_as_those_that_are_finished(model, seed, searches, monkeypatch):
    random = np.random.default_rng(seed)
    age = random.uniform(10, 400, 2500)
    repeats = random.poisson(random.gamma(0.8, 0.01, age.size) * age).astype(float)
    shop = Histories(repeats, np.where(repeats > 0, age * random.uniform(0.1, 1, age.size), 0.0), age)
    rough = model.fit(shop).log_likelihood
    monkeypatch.setattr(maximum_likelihood, "_ROUGHLY", maximum_likelihood._EXACTLY)
    monkeypatch.setattr(maximum_likelihood, "_remembered", {})
    assert rough == pytest.approx(model.fit(shop).log_likelihood, rel=1e-7)
    assert len(searches) == 2
