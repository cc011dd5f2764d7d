"""Shares of offers: those of Thompson sampling, with floor and limit, and drawn as written."""

import numpy as np
import pytest
from customer_insight.campaigns import offer_shares
from customer_insight.campaigns.offer_posterior import OfferPosterior, OfferScale
from hypothesis import given, settings
from hypothesis import strategies as st
from mabwiser.mab import MAB, LearningPolicy
from mabwiser.utils import create_rng

TINY = 1e-12


@st.composite
def shops(draw):
    """Shares of a few customers, what they may get, gains and codes."""
    generator = np.random.default_rng(draw(st.integers(0, 10_000)))
    rows, offers = draw(st.integers(1, 40)), draw(st.integers(1, 5))
    allowed = generator.random((rows, offers)) < draw(st.sampled_from([0.3, 0.9, 1.0]))
    raw = generator.random((rows, offers + 1)) ** 4 * np.column_stack([np.ones(rows), allowed])
    shares = raw / raw.sum(axis=1, keepdims=True)
    return shares, allowed, generator.normal(0, 1, (rows, offers)), generator.permutation(rows), generator


@given(shop=shops(), floor=st.floats(0, 1))
def test_each_allowed_action_has_the_floor_and_all_sum_to_one(shop, floor):
    shares, allowed, *_ = shop
    found = offer_shares.with_floor(shares, allowed, floor)
    open_to = np.column_stack([np.ones(len(allowed), dtype=bool), allowed])
    least = np.minimum(floor, 1 / open_to.sum(axis=1, keepdims=True))
    assert found.sum(axis=1) == pytest.approx(1, abs=TINY)
    assert (found >= least * open_to - TINY).all()
    assert (found[~open_to] == 0).all()


@given(shop=shops(), most=st.integers(1, 30), key=st.integers(0, 1000))
def test_contacts_are_never_more_than_the_limit_and_each_customer_keeps_a_share(shop, most, key):
    shares, allowed, gains, codes, _ = shop
    shares = offer_shares.with_floor(shares, allowed, 0.02)
    found, kept = offer_shares.within_contacts(shares, allowed, gains, codes, most, 0.02)
    assert found.sum(axis=1) == pytest.approx(1, abs=1e-9)
    assert (found >= 0).all()
    assert (1 - found[:, 0]).sum() <= most + 1e-9
    assert (found[:, 1:][~allowed] == 0).all()
    assert 0 < kept <= 1
    # whatever the key, and nobody gets what is not allowed
    draws = np.random.default_rng(key).random((2, len(shares)))
    taken = offer_shares.drawn(found, *draws, codes, most)
    assert (taken > 0).sum() <= most
    assert found[np.arange(len(taken)), taken].min() > 0


@given(shop=shops(), most=st.integers(1, 30))
def test_the_order_of_rows_does_not_matter(shop, most):
    shares, allowed, gains, codes, generator = shop
    turned = generator.permutation(len(shares))
    draws = generator.random((2, len(shares)))
    found, _ = offer_shares.within_contacts(shares, allowed, gains, codes, most, 0.02)
    back, _ = offer_shares.within_contacts(shares[turned], allowed[turned], gains[turned], codes[turned], most, 0.02)
    assert back == pytest.approx(found[turned], abs=1e-9)
    for limit in (None, most):
        one = offer_shares.drawn(found, *draws, codes, limit)
        other = offer_shares.drawn(found[turned], *draws[:, turned], codes[turned], limit)
        assert (one[turned] == other).all()


@settings(max_examples=5)
@given(limit=st.sampled_from([None, 6]), seed=st.integers(0, 100))
def test_what_is_drawn_has_the_shares_that_are_written(limit, seed):
    generator = np.random.default_rng(seed)
    shares = generator.dirichlet(np.ones(4), 12)
    shares[:, 1:] *= 6 / (1 - shares[:, 0]).sum()
    shares[:, 0] = 1 - shares[:, 1:].sum(axis=1)
    shares = np.clip(shares, 0, 1)
    counts = np.zeros(shares.shape)
    for _ in range(2_000):
        taken = offer_shares.drawn(shares, generator.random(12), generator.random(12), np.arange(12), limit)
        counts[np.arange(12), taken] += 1
    error = np.sqrt(shares * (1 - shares) / 2_000)
    assert (np.abs(counts / 2_000 - shares) < 5 * error + 0.003).all()


def test_a_share_of_nothing_is_never_drawn_and_one_of_all_always():
    shares = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    edge = np.array([1 - 2**-52, 1 - 2**-52, 0.0])
    assert offer_shares.drawn(shares, edge, edge, np.arange(3), None).tolist() == [1, 0, 2]


def test_where_contacts_are_few_who_gains_most_keeps_their_shares():
    allowed = np.ones((10, 2), dtype=bool)
    shares = offer_shares.with_floor(np.tile([0.2, 0.4, 0.4], (10, 1)), allowed, 0.01)
    gains = np.arange(10.0)[:, None] * np.ones(2)
    found, kept = offer_shares.within_contacts(shares, allowed, gains, np.arange(10), 4, 0.1)
    contact = 1 - found[:, 0]
    assert contact.sum() == pytest.approx(4, abs=1e-6)
    # half of the four contacts explore, at one tenth an offer and customer; the other half goes to who gain most
    assert kept == pytest.approx(1)
    assert contact[:6] == pytest.approx(0.2)
    assert contact[9] == pytest.approx(1 - shares[9, 0])
    assert 0.2 < contact[6] < contact[7] == pytest.approx(contact[9])
    # a floor that all cannot have is lowered for all
    found, kept = offer_shares.within_contacts(shares, allowed, gains, np.arange(10), 1, 0.1)
    assert kept == pytest.approx(0.25)
    assert (1 - found[:9, 0]) == pytest.approx(0.05)
    assert (1 - found[:, 0]).sum() == pytest.approx(1, abs=1e-6)


def posterior_of(draws, mean):
    return OfferPosterior(OfferScale(np.zeros(0), np.zeros(0), 0), mean, draws, 1.0, 1.0, 1.0)


def test_shares_are_those_of_mabwiser_s_linear_thompson_sampling():
    generator = np.random.default_rng(11)
    contexts = generator.normal(0, 1, (300, 3))
    arms = generator.integers(0, 3, 300)
    rewards = 4 + contexts[:, 0] * (arms == 1) + generator.normal(0, 1, 300)
    # draws are half as wide as the posterior (alpha); all arms gain, since mabwiser leaves nobody alone
    peer = MAB([0, 1, 2], LearningPolicy.LinTS(alpha=0.5, l2_lambda=1.0), seed=5)
    design = np.column_stack([np.ones(300), contexts])
    peer.fit(arms.tolist(), rewards.tolist(), design)
    models = [peer._imp.arm_to_model[arm] for arm in range(3)]
    # as fitted, all arms are drawn with the same numbers: see findings/mabwiser_lints_shares_its_draws.sh
    for arm, model in enumerate(models):
        model.rng = create_rng(arm)
    mean = np.array([model.beta for model in models])
    draws = np.stack([generator.multivariate_normal(model.beta, model.A_inv, 20_000) for model in models], axis=1)
    rows = np.column_stack([np.ones(4), generator.normal(0, 0.3, (4, 3))])
    found = offer_shares.thompson(posterior_of(draws, mean), rows, np.ones((4, 3), dtype=bool))
    assert found[:, 0].max() == 0
    for row, shares in zip(rows, found, strict=True):
        chosen = np.asarray(peer.predict(np.tile(row, (20_000, 1))))
        said = np.array([(chosen == arm).mean() for arm in range(3)])
        assert shares[1:] == pytest.approx(said, abs=0.02)


def test_of_one_offer_the_share_is_the_chance_that_it_gains():
    generator = np.random.default_rng(12)
    # Beta and Bernoulli: 30 of 100 bought with it, where 25 of 100 do anyway; the closed form of the posterior
    draws = generator.beta(31, 71, (100_000, 1, 1)) - 0.25
    found = offer_shares.thompson(posterior_of(draws, draws.mean(axis=0)), np.ones((1, 1)), np.ones((1, 1), dtype=bool))
    reshaped = draws.mean() + 0.5 * (draws - draws.mean())
    assert found[0, 1] == pytest.approx((reshaped > 0).mean(), abs=1e-9)


def test_of_many_offers_of_which_nothing_is_known_half_are_left_alone():
    draws = np.random.default_rng(13).normal(0, 1, (4_000, 12, 1))
    found = offer_shares.thompson(posterior_of(draws, np.zeros((12, 1))), np.ones((1, 1)), np.ones((1, 12), dtype=bool))
    assert found[0, 0] == pytest.approx(0.5, abs=0.03)
    assert found[0, 1:] == pytest.approx(0.5 / 12, abs=0.02)


def test_what_is_not_allowed_has_no_share_and_who_is_allowed_nothing_is_left_alone():
    draws = np.random.default_rng(14).normal(3, 1, (200, 2, 1))
    allowed = np.array([[True, False], [False, False]])
    found = offer_shares.thompson(posterior_of(draws, draws.mean(axis=0)), np.ones((2, 1)), allowed)
    assert found[0, 2] == 0
    assert found[1].tolist() == [1, 0, 0]
    assert offer_shares.uniform(allowed).tolist() == [[0.5, 0.5, 0], [1, 0, 0]]
    assert offer_shares.greedy(np.array([[1.0, 9.0], [1.0, 9.0]]), allowed).tolist() == [[0, 1, 0], [1, 0, 0]]
