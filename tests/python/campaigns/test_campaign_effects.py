import numpy as np
import pyarrow as pa
import pytest
from campaigns.campaign_customers import NO_ADJUSTED, SCHEMA, bought, row, table
from customer_insight.campaigns import campaign_effects
from hypothesis import given, settings
from hypothesis import strategies as st


def effects(*rows, adjusted=NO_ADJUSTED):
    result = campaign_effects.run(table(*rows), adjusted)
    return {
        (each["campaign_id"], each["variant"], each["segment_id"], each["metric"]): each
        for each in result.tables["effects"].to_pylist()
    }


def conversions(buyers, control_buyers, size=10_000, control_size=10_000, **others):
    """A variant and its control, of whom so many bought."""
    share = size / (size + control_size)
    named = {"metric": "conversion", **others}
    return [
        row(bought(size, buyers), **{"planned_share": share, **named}),
        row(bought(control_size, control_buyers), **{"planned_share": 1 - share, **named, "variant": None}),
    ]


KEY = ("spring", "mail", "all", "conversion")


def test_an_effect_that_works():
    found = effects(*conversions(190, 120))[KEY]
    assert found["verdict"] == "works"
    assert found["finding"] == (
        "Works: 1.9 in 100 bought instead of 1.2 (95 % interval of the difference 0.4 to 1.0 in 100)."
    )
    assert (found["family"], found["method"]) == ("success", "difference in means")
    assert found["effect"] == pytest.approx(0.007)
    assert found["relative_effect"] == pytest.approx(0.007 / 0.012)
    assert found["p_value"] == found["adjusted_p_value"] < 0.001
    assert found["sample_ratio_p_value"] == pytest.approx(1)
    assert found["sequential_ci_low"] is None


def test_an_effect_that_harms():
    found = effects(*conversions(120, 190))[KEY]
    assert found["verdict"] == "harms"
    assert found["finding"].startswith("Harms: 1.2 in 100 bought instead of 1.9")


def test_an_effect_that_is_not_proven_says_what_could_have_been_seen():
    found = effects(*conversions(310, 300))[KEY]
    assert found["verdict"] == "not proven"
    assert found["finding"] == (
        "Not proven: 3.1 in 100 bought instead of 3.0 (95 % interval of the difference -0.4 to 0.6 in 100);"
        " with this many customers only effects above 23 % of the control's conversion could be seen."
    )
    assert found["minimum_detectable_relative"] == pytest.approx(found["minimum_detectable_effect"] / 0.03)


def test_visits_are_a_share_too():
    found = effects(*conversions(1900, 1200, metric="visits"))["spring", "mail", "all", "visits"]
    assert found["finding"].startswith(
        "Works: 19.0 in 100 came instead of 12.0 (95 % interval of the difference 6.0 to 8.0"
    )


def test_money_is_told_with_two_decimals():
    generator = np.random.default_rng(0)
    spent = [generator.exponential(mean, 5000) for mean in (12.0, 10.0)]
    found = effects(row(spent[0]), row(spent[1], variant=None))["spring", "mail", "all", "revenue"]
    assert found["verdict"] == "works"
    low, high = found["ci_low"], found["ci_high"]
    assert found["finding"] == (
        f"Works: {found['mean']:.2f} of revenue a customer instead of {found['control_mean']:.2f}"
        f" (95 % interval of the difference {low:.2f} to {high:.2f})."
    )


def test_a_campaign_that_runs_is_held_to_the_stricter_line():
    """3.3 standard errors at a third of the window: 1.9 beyond the line of each look, not beyond that of all."""
    over = effects(*conversions(190, 120))[KEY]
    running = effects(*conversions(190, 120, elapsed_share=1 / 3))[KEY]
    assert over["p_value"] == running["p_value"] < 0.001
    assert running["verdict"] == "not proven"
    assert running["adjusted_p_value"] > 0.05
    assert running["sequential_ci_low"] < 0 < running["ci_low"]
    still = "Not proven yet, the campaign still runs (33 % of its time has passed): so far"
    assert running["finding"].startswith(still)
    strong = effects(*conversions(260, 120, elapsed_share=1 / 3))[KEY]
    assert strong["verdict"] == "works"
    assert strong["adjusted_p_value"] < 0.05
    assert strong["sequential_ci_low"] > 0
    assert "though the campaign still runs" in strong["finding"]
    # radius c SE / sqrt(f): published boundary, standard error of the ordinary interval
    error = (strong["ci_high"] - strong["ci_low"]) / 2 / 1.96
    assert (strong["sequential_ci_high"] - strong["effect"]) / error == pytest.approx(3.0233 * np.sqrt(3), rel=2e-3)


def test_verdicts_follow_from_adjusted_p_values():
    generator = np.random.default_rng(1)
    rows = []
    for number in range(60):
        for segment in ("all", "a", "b"):
            share = generator.uniform(0.02, 0.05, 2)
            elapsed = 1.0 if number % 2 else 0.5
            named = {"campaign": f"c{number}", "segment": segment, "elapsed_share": elapsed}
            rows += conversions(*(int(5000 * part) for part in share), 5000, 5000, **named)
    found = effects(*rows).values()
    for each in found:
        is_proven = each["adjusted_p_value"] <= 0.05
        assert each["verdict"] == (("works" if each["effect"] > 0 else "harms") if is_proven else "not proven")
        assert each["adjusted_p_value"] >= each["p_value"]
    assert {each["verdict"] for each in found} == {"works", "harms", "not proven"}


def test_holm_counts_what_can_be_tested_within_a_family():
    segments = [("a", 130, 100), ("b", 118, 100), ("c", 101, 100), ("d", 1, 1)]
    rows = conversions(1300, 1100)
    for segment, buyers, control_buyers in segments:
        rows += conversions(buyers, control_buyers, 2000, 2000, segment=segment)
    found = effects(*rows)
    success = found[KEY]
    assert (success["family"], success["adjusted_p_value"]) == ("success", success["p_value"])
    one, two, three, none = (found["spring", "mail", segment, "conversion"] for segment, *_ in segments)
    assert one["family"] == "other"
    assert one["adjusted_p_value"] == pytest.approx(3 * one["p_value"])
    assert two["adjusted_p_value"] == pytest.approx(2 * two["p_value"])
    assert three["adjusted_p_value"] == pytest.approx(three["p_value"])
    assert none["p_value"] is None
    assert one["verdict"] == "not proven"
    chance = "but 3 figures of this campaign were compared, and one of them may look so by chance"
    assert one["finding"].endswith(f"{chance}.")


def test_another_family_changes_nothing():
    rows = conversions(150, 120)
    alone = effects(*rows)[KEY]
    with_others = effects(*rows, *conversions(500, 300, segment="a"), *conversions(9, 8, campaign="summer"))[KEY]
    assert alone == with_others


def test_what_is_missing_is_said():
    no_control = effects(row(bought(900, 30), metric="conversion", planned_share=1.0))[KEY]
    assert no_control["verdict"] == "not proven"
    assert (no_control["control_customers"], no_control["control_mean"], no_control["effect"]) == (0, None, None)
    assert no_control["finding"].startswith("Not proven: nobody was left out as a control here")
    few = effects(*conversions(6, 0, 900, 900))[KEY]
    assert (few["p_value"], few["ci_low"], few["minimum_detectable_effect"]) == (None, None, None)
    assert few["finding"] == (
        "Not proven: too few customers who bought: the smaller group would have 3.0 without an effect, and needs 5."
    )
    early = effects(*conversions(0, 0, elapsed_share=0.0))[KEY]
    assert early["finding"].startswith("Not proven yet: no time has passed")
    whale = np.append(np.full(100, 1.0), 50_000.0)
    spent = effects(row(whale), row(np.full(101, 1.0), variant=None))["spring", "mail", "all", "revenue"]
    assert "customers who make up the revenue" in spent["finding"]


def margins_and_profits(cost, times=1):
    """A thirtieth of 3,000 customers and a fiftieth of the control buy; the campaign cost so much for each."""
    margin, control = (np.tile(np.where(bought(3000, buyers) > 0, 8.0, 0.0), times) for buyers in (30, 20))
    rows = [row(margin, metric="margin"), row(control, metric="margin", variant=None)]
    rows += [row(margin - cost, metric="profit"), row(control, metric="profit", variant=None)]
    found = effects(*rows)
    return found["spring", "mail", "all", "margin"], found["spring", "mail", "all", "profit"]


def test_profit_is_margin_less_what_each_customer_cost():
    margin, profit = margins_and_profits(0.3)
    for name in ("mean", "effect", "ci_low", "ci_high"):
        assert profit[name] == pytest.approx(margin[name] - 0.3), name
    assert profit["minimum_detectable_effect"] == pytest.approx(margin["minimum_detectable_effect"])
    assert margin["ci_low"] < 0 < margin["ci_high"]
    assert profit["p_value"] < 0.001 < margin["p_value"]
    assert (profit["verdict"], margin["verdict"]) == ("harms", "not proven")
    # what costs nothing is the margin itself
    margin, profit = margins_and_profits(0.0)
    assert profit["p_value"] == margin["p_value"]


def test_where_costs_differ_profit_needs_many():
    cost = np.random.default_rng(0).permutation(np.repeat([0.0, 2.0], [2500, 500]))
    margin, profit = margins_and_profits(cost)
    assert margin["p_value"] is not None
    assert profit["p_value"] is None
    assert profit["finding"] == (
        "Not proven: too few customers who make up the profit (unequal ones count as fewer):"
        " the smaller group would have 25.0 without an effect, and needs 100."
    )
    assert margins_and_profits(np.tile(cost, 5), 5)[1]["p_value"] is not None


def test_groups_of_other_sizes_than_planned_are_not_randomised():
    rows = conversions(190, 120, 10_000, 9_400, planned_share=0.5)
    rows.append(row(bought(100, 3), metric="conversion", segment="a"))
    found = effects(*rows)
    for each in found.values():
        assert each["verdict"] == "not randomised"
        assert each["sample_ratio_p_value"] < 0.001
    assert "mail has 10,000 customers, planned were 9,700" in found[KEY]["finding"]
    assert found[KEY]["p_value"] < 0.05


def test_every_variant_is_compared_with_the_control():
    rows = conversions(190, 120, planned_share=1 / 3)
    rows.append(row(bought(10_000, 150), metric="conversion", variant="voucher", planned_share=1 / 3))
    found = effects(*rows)
    assert found[KEY]["adjusted_p_value"] == pytest.approx(2 * found[KEY]["p_value"])
    assert found["spring", "voucher", "all", "conversion"]["effect"] == pytest.approx(0.003)
    assert found[KEY]["sample_ratio_p_value"] == pytest.approx(1)


NAMES = (*NO_ADJUSTED.schema.names, "relative_standard_error")
ADJUSTED = pa.Table.from_pylist(
    [
        dict(zip(NAMES, (900, 4000, campaign, "mail", "conversion", *figures), strict=True))
        for campaign, figures in (("autumn", (0.05, 0.04, 0.01, 0.002, 0.05)), ("spring", (9.0, 4.0, 5.0, 0.1, None)))
    ],
    schema=NO_ADJUSTED.schema.append(pa.field("relative_standard_error", pa.float64())),
)


def test_effects_without_randomisation_have_intervals_and_their_assumption():
    autumn = row(bought(900, 45), metric="conversion", campaign="autumn", planned_share=1.0)
    rows = [*conversions(190, 120), autumn]
    result = campaign_effects.run(table(*rows), ADJUSTED)
    found = {each["campaign_id"]: each for each in result.tables["effects"].to_pylist()}
    autumn = found["autumn"]
    assert (autumn["method"], autumn["verdict"]) == ("doubly robust", "not randomised")
    assert (autumn["ci_low"], autumn["ci_high"]) == pytest.approx((0.00608, 0.01392), abs=1e-5)
    assert autumn["relative_effect"] == pytest.approx(0.25)
    assert autumn["relative_ci_low"] == pytest.approx(1.25 * np.exp(-1.96 * 0.05) - 1, abs=1e-5)
    assert (autumn["p_value"], autumn["adjusted_p_value"], autumn["sequential_ci_low"]) == (None, None, None)
    assert "everything that decides both who was written to and who buys" in autumn["finding"]
    assert (autumn["elapsed_share"], autumn["plain_effect"], autumn["plain_ci_low"]) == (None, None, None)
    # the control that was left out at random counts
    assert found["spring"]["method"] == "difference in means"
    assert found["spring"]["verdict"] == "works"
    assert result.metrics["adjusted_effects_left_out_for_randomised_ones"] == 1


def test_a_campaign_without_randomisation_that_runs_says_so():
    result = campaign_effects.run(table(), ADJUSTED.append_column("elapsed_share", pa.array([0.25, 1.0])))
    running, over = result.tables["effects"].to_pylist()
    assert (running["elapsed_share"], over["elapsed_share"]) == (0.25, 1.0)
    assert running["finding"].startswith(
        "Not randomised, and the campaign still runs (25 % of its time has passed): so far 5.0 in 100 bought instead"
    )
    assert over["finding"].startswith("Not randomised: 900.0 in 100 bought instead of 400.0")
    with pytest.raises(ValueError, match="'elapsed_share' of the adjusted effects must be from 0 to 1"):
        campaign_effects.run(table(), ADJUSTED.append_column("elapsed_share", pa.array([0.25, 14.0])))


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_rows_in_any_order_give_the_same_bytes(random):
    generator = np.random.default_rng(4)
    rows = []
    for campaign in ("a", "b"):
        for segment in ("all", "x"):
            for variant in ("one", "two", None):
                y, x = generator.exponential(3, (2, 400))
                rows.append(row(y, x, variant=variant, campaign=campaign, segment=segment, elapsed_share=0.7))
    shuffled = random.sample(rows, len(rows))
    both = [campaign_effects.run(table(*each), order) for each, order in ((rows, ADJUSTED), (shuffled, ADJUSTED[::-1]))]
    assert both[0].tables["effects"].equals(both[1].tables["effects"])
    assert both[0].input_fingerprint == both[1].input_fingerprint
    assert both[0].tables["effects"].num_rows == 10


def test_no_campaigns_say_so():
    result = campaign_effects.run(table(), NO_ADJUSTED)
    assert result.tables["effects"].num_rows == 0
    assert result.status == "No campaign has customers yet of whom anything could be measured."
    alone = campaign_effects.run(table(), ADJUSTED)
    assert alone.status == "ok"
    assert alone.tables["effects"].num_rows == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"metric": None}, "Column 'metric' of the campaigns' sums has nulls"),
        ({"elapsed_share": 1.2}, "'elapsed_share' of the campaigns' sums must be from 0 to 1"),
        ({"elapsed_share": None}, "'elapsed_share' of the campaigns' sums must be from 0 to 1"),
        ({}, "two rows for {'campaign_id': 'spring', 'variant': 'mail', 'segment_id': 'all', 'metric': 'conversion'}"),
    ],
)
def test_bad_rows_are_said(change, message):
    rows = conversions(190, 120)
    changed = [rows[0] | change, rows[1]] if change else [*rows, rows[0]]
    with pytest.raises(ValueError, match="sums") as caught:
        campaign_effects.run(pa.Table.from_pylist(changed, schema=SCHEMA), NO_ADJUSTED)
    assert message in str(caught.value)
    with pytest.raises(ValueError, match=r"two rows for \{'campaign_id': 'autumn'"):
        campaign_effects.run(table(), pa.concat_tables([ADJUSTED, ADJUSTED]))


def test_cuped_adjusts_the_effect_and_leaves_the_means_as_anybody_counts_them():
    generator = np.random.default_rng(0)
    before = generator.exponential(10.0, (2, 3000))
    spent = before * generator.uniform(0.5, 1.5, (2, 3000)) + [[1.0], [0.0]]
    found = effects(row(spent[0], before[0]), row(spent[1], before[1], variant=None))[
        "spring", "mail", "all", "revenue"
    ]
    assert found["method"] == "CUPED"
    means = spent.mean(axis=1)
    assert (found["mean"], found["control_mean"]) == pytest.approx(tuple(means), rel=1e-12)
    assert found["plain_effect"] == found["mean"] - found["control_mean"]
    bare = effects(row(spent[0]), row(spent[1], variant=None))["spring", "mail", "all", "revenue"]
    for plain, name in (("plain_effect", "effect"), ("plain_ci_low", "ci_low"), ("plain_ci_high", "ci_high")):
        assert found[plain] == bare[plain] == bare[name], name
    assert found["effect"] != pytest.approx(found["plain_effect"], rel=1e-3)
    assert found["plain_ci_high"] - found["plain_ci_low"] > 1.5 * (found["ci_high"] - found["ci_low"])
    assert found["finding"] == (
        f"Works: {means[0]:.2f} of revenue a customer instead of {means[1]:.2f} (95 % interval of the difference,"
        f" adjusted for what customers did before, {found['ci_low']:.2f} to {found['ci_high']:.2f})."
    )
