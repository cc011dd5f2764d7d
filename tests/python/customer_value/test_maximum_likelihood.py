import numpy as np
import pytest
from customer_insight.customer_value import bg_nbd, maximum_likelihood, mbg_nbd, pareto_nbd
from customer_insight.customer_value.purchase_histories import Histories


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


def histories(shift=0.0):
    return Histories(np.array([0.0, 1, 2, 5]), np.array([0.0, 20, 30, 40]) + shift, np.array([50.0, 60, 70, 80]))


@pytest.mark.parametrize("model", [bg_nbd, mbg_nbd, pareto_nbd], ids=lambda model: model.NAME)
def test_the_same_histories_are_looked_at_once(model, searches):
    first = model.fit(histories())
    assert model.fit(histories()) == first
    assert len(searches) == 1


def test_another_model_or_other_histories_are_another_search(searches):
    found = [model.fit(histories(shift)) for model in (bg_nbd, mbg_nbd, pareto_nbd) for shift in (0.0, 1.0)]
    assert len(searches) == 6
    assert len({tuple(each.parameters.values()) for each in found}) == 6
