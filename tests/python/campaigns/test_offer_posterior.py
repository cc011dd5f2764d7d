"""What offers bring: the posterior is the closed form's, and small segments are not fooled."""

import numpy as np
import pytest
from customer_insight.campaigns import offer_posterior
from customer_insight.campaigns.offer_posterior import OfferLog
from scipy.stats import multivariate_normal

SEGMENTS = 3


def log_of(rows, generator, *, offers=2, campaigns=1, gain=None):
    """Decisions at random; gain: of (segment, offer), 0 where not given."""
    campaign = generator.integers(0, campaigns, rows)
    within = generator.integers(0, offers + 1, rows)
    offer = np.where(within == 0, -1, campaign * offers + within - 1)
    segment = generator.integers(0, SEGMENTS, rows)
    values = generator.normal(0, 1, (rows, 2))
    brought = np.zeros((SEGMENTS, offers * campaigns)) if gain is None else np.asarray(gain)
    reward = 1 + generator.normal(0, 1, rows) + np.where(offer < 0, 0.0, brought[segment, offer])
    return OfferLog(campaign, offer, segment, values, reward, np.ones(rows))


def stacked(log, scale, offers):
    """The regression of one campaign as one matrix: what comes anyway, then each offer's own."""
    design = scale.design(log.values, log.segment)
    return np.hstack([design, *[design * (log.offer == each)[:, None] for each in range(offers)]])


def priors(columns, offers, noise, width, segment_width):
    own = np.full(columns, segment_width**2)
    own[0] = width**2
    return np.concatenate([np.full(columns, (3 * noise) ** 2), *[own] * offers])


def weighed_noise(log, weight):
    return np.sqrt(np.average((log.reward - np.average(log.reward, weights=weight)) ** 2, weights=weight))


def test_who_varies_much_weighs_little():
    generator = np.random.default_rng(0)
    segment = np.repeat([0, 1], [5_000, 5_000])
    reward = generator.normal(1, np.where(segment == 0, 1.0, 3.0))
    log = OfferLog(
        np.zeros(10_000, dtype=np.int64), np.full(10_000, -1), segment, np.zeros((10_000, 0)), reward, np.ones(10_000)
    )
    weight = offer_posterior._evenly_sure(log).weight
    # the variances are 1 and 9, on average 5, to which each segment is drawn as by 200 decisions more
    expected = [5 / ((5_000 * 1 + 200 * 5) / 5_200), 5 / ((5_000 * 9 + 200 * 5) / 5_200)]
    assert [weight[0], weight[-1]] == pytest.approx(expected, rel=0.1)
    assert np.ptp(weight[:5_000]) == np.ptp(weight[5_000:]) == 0


def test_the_posterior_is_the_closed_form_s():
    generator = np.random.default_rng(1)
    log = log_of(400, generator, gain=[[0.5, 0], [0.5, -0.4], [0, 0]])
    scale = offer_posterior.scale_of(log.values, SEGMENTS)
    found = offer_posterior.fit(log, scale, np.zeros(2, dtype=np.int64))
    weight = offer_posterior._evenly_sure(log).weight
    matrix, noise = stacked(log, scale, 2), weighed_noise(log, weight)
    assert found.noise == pytest.approx(noise)
    precision = np.diag(1 / priors(6, 2, noise, found.width, found.segment_width))
    covariance = np.linalg.inv(matrix.T * weight @ matrix / noise**2 + precision)
    mean = covariance @ (matrix.T * weight) @ log.reward / noise**2
    assert found.mean == pytest.approx(mean.reshape(3, 6)[1:])
    # draws are mirrored, so their mean is exact, and their spread is that of so many
    assert found.draws.mean(axis=0) == pytest.approx(found.mean)
    rows = scale.design(log.values[:50], log.segment[:50])
    gains, spread = found.gains(rows)
    for offer in range(2):
        own = covariance[6 * (offer + 1) : 6 * (offer + 2), 6 * (offer + 1) : 6 * (offer + 2)]
        assert gains[:, offer] == pytest.approx(rows @ found.mean[offer])
        assert spread[:, offer] == pytest.approx(np.sqrt(((rows @ own) * rows).sum(axis=1)), rel=0.25)


def test_the_widths_are_those_under_which_the_log_is_most_probable():
    generator = np.random.default_rng(2)
    log = log_of(150, generator, gain=[[1.0, 0], [-1.0, 0], [0, 0.5]])
    scale = offer_posterior.scale_of(log.values, SEGMENTS)
    found = offer_posterior.fit(log, scale, np.zeros(2, dtype=np.int64))
    weight = offer_posterior._evenly_sure(log).weight
    matrix, noise = stacked(log, scale, 2), weighed_noise(log, weight)
    probable = {}
    for wide in offer_posterior.OFFER_WIDTHS:
        for narrow in offer_posterior.SEGMENT_WIDTHS:
            covariance = matrix @ np.diag(priors(6, 2, noise, wide * noise, narrow * noise)) @ matrix.T
            likely = multivariate_normal(np.zeros(150), covariance + np.diag(noise**2 / weight))
            probable[wide, narrow] = likely.logpdf(log.reward)
    best = max(probable, key=probable.get)
    assert (found.width / noise, found.segment_width / noise) == pytest.approx(best)


def test_where_no_segment_differs_a_small_one_is_told_the_gain_of_all():
    generator = np.random.default_rng(3)
    log = log_of(20_000, generator, gain=np.full((3, 2), 0.3))
    # the last segment has twelve customers, with whom chance played
    few = np.concatenate([np.flatnonzero(log.segment < 2), np.flatnonzero(log.segment == 2)[:12]])
    small = OfferLog(*(getattr(log, name)[few] for name in vars(log)))
    lucky = np.where((small.segment == 2) & (small.offer == 1), 4.0, small.reward)
    small = OfferLog(small.campaign, small.offer, small.segment, small.values, lucky, small.weight)
    scale = offer_posterior.scale_of(small.values, SEGMENTS)
    found = offer_posterior.fit(small, scale, np.zeros(2, dtype=np.int64))
    gains, _ = found.gains(scale.design(np.zeros((3, 2)), np.arange(3)))
    assert gains[2] == pytest.approx([0.3, 0.3], abs=0.1)


def test_where_segments_differ_each_is_told_its_own():
    gain = np.array([[0.5, -0.5], [-0.5, 0.5], [0.0, 0.0]])
    log = log_of(30_000, np.random.default_rng(4), gain=gain)
    scale = offer_posterior.scale_of(log.values, SEGMENTS)
    found = offer_posterior.fit(log, scale, np.zeros(2, dtype=np.int64))
    gains, spread = found.gains(scale.design(np.zeros((3, 2)), np.arange(3)))
    assert np.abs(gains - gain).max() < 4 * spread.max() < 0.2


def test_a_campaign_that_ran_when_everybody_buys_is_no_better_for_it():
    generator = np.random.default_rng(5)
    log = log_of(20_000, generator, campaigns=2, gain=np.tile([0.4, 0.4, 0.1, 0.1], (3, 1)))
    richer = log.reward + 5 * (log.campaign == 1)
    log = OfferLog(log.campaign, log.offer, log.segment, log.values, richer, log.weight)
    scale = offer_posterior.scale_of(log.values, SEGMENTS)
    found = offer_posterior.fit(log, scale, np.array([0, 0, 1, 1]))
    gains, _ = found.gains(scale.design(np.zeros((1, 2)), np.array([0])))
    assert gains[0] == pytest.approx([0.4, 0.4, 0.1, 0.1], abs=0.15)


def test_an_offer_that_was_never_sent_has_the_prior_alone():
    log = log_of(5_000, np.random.default_rng(6))
    scale = offer_posterior.scale_of(log.values, SEGMENTS)
    found = offer_posterior.fit(log, scale, np.array([0, 0, 1]))
    assert found.mean[2] == pytest.approx(np.zeros(6))
    assert found.draws[:, 2, 0].std() == pytest.approx(found.width, rel=0.2)


def test_what_is_forgotten_teaches_nothing():
    log = log_of(2_000, np.random.default_rng(7))
    twisted = np.where(np.arange(2_000) < 1_000, 50.0 * (log.offer == 0), log.reward)
    weight = (np.arange(2_000) >= 1_000).astype(float)
    scale = offer_posterior.scale_of(log.values, SEGMENTS)
    forgotten = OfferLog(log.campaign, log.offer, log.segment, log.values, twisted, weight)
    rest = OfferLog(*(getattr(log, name)[1_000:] for name in vars(log)))
    one, other = (offer_posterior.fit(each, scale, np.zeros(2, dtype=np.int64)) for each in (forgotten, rest))
    assert one.mean == pytest.approx(other.mean)


def test_unknown_and_constant_features_say_nothing():
    values = np.array([[1.0, np.nan], [1.0, 3.0], [1.0, 9.0]])
    scale = offer_posterior.scale_of(values, 2)
    design = scale.design(values, np.array([0, -1, 1]))
    assert design[:, 1] == pytest.approx([0, 0, 0])
    assert design[0, 2] == 0
    assert design[1:, 2] == pytest.approx([-1, 1])
    assert design[:, 3:].tolist() == [[1, 0], [0, 0], [0, 1]]
