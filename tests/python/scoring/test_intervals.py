import numpy as np
import pytest
from customer_insight.scoring.intervals import BOOTSTRAP_SAMPLES, intervals, mean_intervals, ratio_intervals, resampled

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")


@pytest.mark.parametrize("customers", [1, 7, 60])
def test_intervals_are_quantiles_of_the_means_of_resampled_customers(customers):
    random = np.random.default_rng(1)
    values = random.random((customers, 3))
    values[random.random((customers, 3)) < 0.3] = np.nan
    drawn = np.random.default_rng(0).multinomial(customers, [1 / customers] * customers, size=BOOTSTRAP_SAMPLES)
    low, high = mean_intervals(values)
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
    low, high = mean_intervals(random.exponential(1.0, (200, 400)))
    assert 0.91 <= ((low <= 1) & (high >= 1)).mean() <= 0.98


def test_the_interval_of_one_value_is_that_value():
    low, high = mean_intervals(np.full((40, 2), 0.3))
    assert [*low, *high] == pytest.approx([0.3] * 4, abs=1e-15)


@pytest.mark.parametrize("rows", [0, 1, 5])
def test_no_interval_where_there_is_no_figure(rows):
    assert np.isnan(mean_intervals(np.full((rows, 2), np.nan))).all()


def test_intervals_of_ratios_are_quantiles_of_the_ratios_of_resampled_sessions():
    random = np.random.default_rng(4)
    counts = random.integers(1, 6, 30)
    sums = random.random((30, 2)) * counts[:, None]
    drawn = np.random.default_rng(0).multinomial(30, [1 / 30] * 30, size=BOOTSTRAP_SAMPLES)
    low, high = ratio_intervals(sums, counts)
    for column in range(2):
        ratios = [np.repeat(sums[:, column], times).sum() / np.repeat(counts, times).sum() for times in drawn]
        assert [low[column], high[column]] == pytest.approx(np.quantile(ratios, [0.025, 0.975]), abs=1e-12)


def test_an_interval_of_ratios_covers_the_mean_about_as_often_as_it_says():
    random = np.random.default_rng(1)
    covered = 0
    for _ in range(100):
        counts = random.integers(1, 5, 80)
        sums = random.binomial(counts, 0.3).astype(float)[:, None]
        low, high = ratio_intervals(sums, counts)
        covered += low[0] <= 0.3 <= high[0]
    assert 85 <= covered <= 100


def test_ratios_of_units_that_count_alike_have_the_intervals_of_means():
    values = np.random.default_rng(5).random((40, 3))
    by_ratio, by_mean = ratio_intervals(values, np.ones(40, dtype=int)), mean_intervals(values)
    np.testing.assert_allclose(by_ratio, by_mean, atol=1e-12)


def test_any_figure_can_be_resampled_and_large_samples_are_drawn_in_blocks():
    values = np.random.default_rng(6).random(20_000)
    widths = []

    def root_mean_square(times):
        widths.append(len(times))
        return np.sqrt(times @ values**2 / values.size)

    samples = resampled(values.size, root_mean_square, seed=7)
    assert sum(widths) == samples.size == BOOTSTRAP_SAMPLES
    assert len(widths) > 1
    drawn = np.random.default_rng(7).multinomial(values.size, np.full(values.size, 1 / values.size), size=3)
    assert samples[:3] == pytest.approx(np.sqrt(drawn @ values**2 / values.size))
    low, high = intervals(samples)
    assert low < np.sqrt(np.mean(values**2)) < high
