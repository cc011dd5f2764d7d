import numpy as np
import pyarrow as pa
import pytest
from customer_insight.campaigns import doubly_robust
from customer_insight.campaigns.treated_effects import prepared, treated_effects
from scipy import special

METRICS = ("conversion", "revenue")


def campaign(seed, size=6000, effect=0.5, confounding=1.0, name="spring", hidden=False):
    """Good customers are written to more often and spend more; who is written to spends `effect` more of money."""
    generator = np.random.default_rng(seed)
    good, recent = generator.standard_normal((2, size))
    is_touched = generator.random(size) < special.expit(-0.5 + confounding * (0.8 * good - 0.5 * recent))
    revenue = 3 + 1.5 * good - 0.7 * recent + effect * is_touched + generator.exponential(1.0, size)
    bought = generator.random(size) < special.expit(-2 + 0.8 * good + 0.6 * is_touched)
    seen = generator.random(size) > 0.1
    return pa.table(
        {
            "campaign_id": [name] * size,
            "variant": [("mail" if touched else None) for touched in is_touched],
            "customer_code": generator.permutation(size) + 1,
            "y_revenue": revenue,
            "y_conversion": bought.astype(float),
            "f_good": generator.standard_normal(size) if hidden else good,
            "f_recent": pa.array(recent, mask=np.zeros(size, dtype=bool)),
            "f_noise": pa.array(generator.standard_normal(size), mask=~seen),
        }
    )


def rows(result):
    return {row["metric"]: row for row in result.tables["adjusted"].to_pylist()}


def test_a_planted_effect_is_found_where_plain_means_are_wrong():
    table = campaign(1)
    frame = table.to_pandas()
    touched = frame[frame.variant == "mail"].y_revenue.mean()
    assert touched - frame[frame.variant != "mail"].y_revenue.mean() > 1.5
    result = doubly_robust.run(table)
    assert result.status == "ok"
    found = rows(result)["revenue"]
    assert found["mean"] == pytest.approx(touched)
    assert found["effect"] == pytest.approx(0.5, abs=3 * found["standard_error"])
    assert found["standard_error"] < 0.05
    assert found["effect"] == pytest.approx(found["mean"] - found["control_mean"])
    assert found["customers"] + found["control_customers"] == 6000
    assert set(rows(result)) == set(METRICS)


def test_intervals_hold_the_truth_as_often_as_they_say():
    held = []
    for seed in range(40):
        table = campaign(seed + 100, 1200).drop_columns(["y_conversion", "f_noise"])
        found = rows(doubly_robust.run(table))["revenue"]
        held.append(abs(found["effect"] - 0.5) < 1.96 * found["standard_error"])
    assert np.mean(held) >= 0.85  # 95 % of 40: fewer than 34 in a hundredth of cases


def test_either_model_may_be_wrong():
    """Money that bends (no line fits it) with true propensities, and the other way round: the effect is still found."""
    generator = np.random.default_rng(5)
    size = 40_000
    x = generator.standard_normal((size, 1))
    is_touched = generator.random(size) < special.expit(x[:, 0])
    folds = np.arange(size) % 5
    bent = np.exp(0.8 * x[:, 0]) + is_touched + generator.standard_normal(size)
    one = treated_effects(x, is_touched, bent[:, None], folds)
    assert one.mean[0] - one.control_mean[0] == pytest.approx(1.0, abs=4 * one.standard_error[0])
    oddly = generator.random(size) < np.where(np.abs(x[:, 0]) > 1, 0.7, 0.2 + 0.1 * (x[:, 0] > 0))
    straight = 2 * x[:, 0] + oddly + generator.standard_normal(size)
    two = treated_effects(x, oddly, straight[:, None], folds)
    assert two.mean[0] - two.control_mean[0] == pytest.approx(1.0, abs=4 * two.standard_error[0])


def test_without_confounding_it_is_nearly_the_difference_of_means():
    table = campaign(3, confounding=0.0)
    frame = table.to_pandas()
    plain = frame[frame.variant == "mail"].y_revenue.mean() - frame[frame.variant != "mail"].y_revenue.mean()
    found = rows(doubly_robust.run(table))["revenue"]
    assert found["effect"] == pytest.approx(plain, abs=0.1)
    # and surer, since features say what customers spend anyway
    assert found["standard_error"] < 0.8 * np.sqrt(frame.y_revenue.var() * (1 / 2000 + 1 / 4000))


def test_without_features_it_is_the_difference_of_means():
    table = campaign(4).drop_columns(["f_good", "f_recent", "f_noise"])
    frame = table.to_pandas()
    plain = frame[frame.variant == "mail"].y_revenue.mean() - frame[frame.variant != "mail"].y_revenue.mean()
    assert rows(doubly_robust.run(table))["revenue"]["effect"] == pytest.approx(plain, rel=1e-3)


def test_rows_in_any_order_give_the_same_bytes():
    table = campaign(6, 1500)
    two = pa.concat_tables([table, campaign(7, 1500, name="summer")])
    shuffled = two.take(np.random.default_rng(0).permutation(two.num_rows))
    one, other = doubly_robust.run(two), doubly_robust.run(shuffled)
    assert one.tables["adjusted"].equals(other.tables["adjusted"])
    assert one.input_fingerprint == other.input_fingerprint
    alone = doubly_robust.run(table).tables["adjusted"]
    assert one.tables["adjusted"].slice(2).equals(alone) or one.tables["adjusted"].slice(0, 2).equals(alone)


def test_who_cannot_be_compared_is_refused_with_a_sentence():
    table = campaign(8, 2000)
    good = np.array(table.column("f_good"))
    variant = pa.array(["mail" if value > 0 else None for value in good])
    split = table.set_column(1, "variant", variant)
    result = doubly_robust.run(split)
    assert result.tables["adjusted"].num_rows == 0
    assert result.status.startswith("Campaign spring, mail: ")
    assert "nobody compares with them" in result.status
    few = doubly_robust.run(campaign(9, 350))
    assert "customers were touched, fewer than 200" in few.status


def test_what_nobody_could_adjust_says_so():
    nothing = doubly_robust.run(campaign(1).slice(0, 0))
    assert nothing.tables["adjusted"].num_rows == 0
    assert nothing.status.startswith("Every campaign left a control out")


def test_many_customers_are_drawn_by_hash(monkeypatch):
    monkeypatch.setattr(doubly_robust, "MOST_CUSTOMERS", 800)
    found = rows(doubly_robust.run(campaign(10)))["revenue"]
    assert (found["customers"], found["control_customers"]) == (800, 800)
    assert found["effect"] == pytest.approx(0.5, abs=4 * found["standard_error"])


def test_many_more_touched_than_untouched_change_nothing():
    """Shares of touched customers are no overlap: nine of ten were written to, at random."""
    table = campaign(11, 12_000, confounding=0.0)
    keep = np.array([value is not None for value in table.column("variant").to_pylist()])
    keep |= np.random.default_rng(1).random(keep.size) < 0.05
    result = doubly_robust.run(table.filter(keep))
    assert result.status == "ok"
    found = rows(result)["revenue"]
    assert found["effect"] == pytest.approx(0.5, abs=4 * found["standard_error"])


def test_how_much_of_the_window_has_passed_is_handed_on():
    table = campaign(14, 1500)
    without = doubly_robust.run(table)
    shares = pa.array([None, *[0.5] * 1498, 0.25], pa.float64())
    result = doubly_robust.run(table.append_column("elapsed_share", shares))
    assert [row.pop("elapsed_share") for row in rows(result).values()] == [0.25, 0.25]
    assert result.tables["adjusted"].drop_columns(["elapsed_share"]).equals(without.tables["adjusted"])
    assert result.input_fingerprint != without.input_fingerprint
    unknown = doubly_robust.run(table.append_column("elapsed_share", pa.array([None] * 1500, pa.float64())))
    assert {row["elapsed_share"] for row in rows(unknown).values()} == {None}


def test_one_customer_is_one():
    table = campaign(15, 400)
    variant = pa.array(["mail", *[None] * 399])
    status = doubly_robust.run(table.set_column(1, "variant", variant)).status
    assert status == "Campaign spring, mail: 1 customer was touched, fewer than 200."


def test_bad_rows_are_said():
    table = campaign(12, 600)
    with pytest.raises(ValueError, match="stands twice in campaign 'spring'"):
        doubly_robust.run(pa.concat_tables([table, table.slice(0, 1)]))


def test_an_outcome_that_is_not_known_is_left_out():
    table = campaign(13, 1500)
    none, some = [None] * 1500, [None, *[1.0] * 1499]
    known = rows(doubly_robust.run(table))
    without = doubly_robust.run(table.append_column("y_margin", pa.array(none, pa.float64())))
    assert (without.status, rows(without)) == ("ok", known)
    partly = doubly_robust.run(table.append_column("y_margin", pa.array(some, pa.float64())))
    assert partly.status == "Campaign spring: margin of some customers is not known."
    assert rows(partly) == known


def test_features_are_prepared():
    values = np.array([[-1.0, np.nan, 5.0, np.nan, 0], [0.0, 0.0, 5.0, np.nan, 9], [1.0, 1.0, 5.0, np.nan, 99]])
    found = prepared(values)
    # scaled; scaled and whether it is missing; scaled and its logarithm: not what never varies or is never known
    assert found.shape == (3, 5)
    assert found[:, 0] == pytest.approx([-1.2247, 0, 1.2247], abs=1e-4)
    assert found[:, 1] == pytest.approx([0, -1, 1])
    assert found[:, 2] == pytest.approx([1, 0, 0])
    assert found[:, 4] == pytest.approx([-1.2247, 0, 1.2247], abs=1e-4)
