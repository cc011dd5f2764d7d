import numpy as np
import pytest
from customer_insight.scoring.intervals import BOOTSTRAP_SAMPLES, bootstrap_intervals

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")


@pytest.mark.parametrize("customers", [1, 7, 60])
def test_intervals_are_quantiles_of_the_means_of_resampled_customers(customers):
    random = np.random.default_rng(1)
    values = random.random((customers, 3))
    values[random.random((customers, 3)) < 0.3] = np.nan
    drawn = np.random.default_rng(0).multinomial(customers, [1 / customers] * customers, size=BOOTSTRAP_SAMPLES)
    low, high = bootstrap_intervals(values)
    for column in range(3):
        means = []
        for weights in drawn:
            sample = np.repeat(values[:, column], weights)
            sample = sample[np.isfinite(sample)]
            means += [sample.mean()] if sample.size else []
        expected = np.quantile(means, [0.025, 0.975]) if means else [np.nan, np.nan]
        assert [low[column], high[column]] == pytest.approx(expected, abs=1e-12, nan_ok=True)


def test_intervals_cover_the_true_mean_in_about_95_of_100_samples():
    random = np.random.default_rng(2)
    low, high = bootstrap_intervals(random.exponential(1.0, (200, 400)))
    assert 0.91 <= ((low <= 1) & (high >= 1)).mean() <= 0.98


def test_the_interval_of_one_value_is_that_value():
    low, high = bootstrap_intervals(np.full((40, 2), 0.3))
    assert [*low, *high] == pytest.approx([0.3] * 4, abs=1e-15)


@pytest.mark.parametrize("rows", [0, 1, 5])
def test_no_interval_where_there_is_no_figure(rows):
    assert np.isnan(bootstrap_intervals(np.full((rows, 2), np.nan))).all()
