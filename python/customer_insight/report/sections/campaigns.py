"""Campaigns: what the last ones brought beside whom they are compared with, in profit, and what is not proven."""

from __future__ import annotations

from collections import defaultdict

from customer_insight.report import effect_wording, wording
from customer_insight.report.blocks import Block, Section, Table, Text
from customer_insight.report.effect_wording import HOLDOUT, MONEY, NOT_DRAWN, ORDERS, Row
from customer_insight.report.results import Results

TITLE = "What campaigns brought"
NOTHING = (
    "No campaign is known. Give campaigns.csv and touches.csv beside the shop's files, or fill the seed campaigns: "
    "what was sent to whom, and who was left alone to compare with."
)
SHOWN = 8
GROUPS_SHOWN = 6
EFFECTS = """
select * from campaigns.campaign_effects where segment_id = 'all' order by starts_at desc, campaign_id, variant
"""
GROUPS = """
select campaign_name, variant, replace(segment_id, 'rfm: ', '') as kind, finding from campaigns.campaign_effects
where segment_id <> 'all' and verdict in ('works', 'harms') order by adjusted_p_value, campaign_id, variant, segment_id,
    metric
limit ?
"""
SENT = """
select campaign_name, sum(customers) filter (where variant <> 'holdout') as people,
    bool_or(variant = 'holdout') as has_holdout
from campaigns.campaign_results
where segment_id = 'all'
    and campaign_id not in (select campaign_id from campaigns.campaign_effects where segment_id = 'all')
group by campaign_id, campaign_name having people > 0 order by max(starts_at) desc, campaign_name limit ?
"""
PROBLEMS = """
select problem, counted_in, effect, sum(affected) as affected, min(campaign_id) as campaign_id,
    count(distinct campaign_id) as campaigns
from quality.campaign_problems group by all order by affected desc, problem
"""
ALLOWS_FOR_MANY = (
    "Who asks many questions gets some answers by chance. Verdicts allow for all that were asked of a campaign, so an "
    "effect may be not proven although zero is not between its two ends."
)
PROVEN = ("works", "harms")


def campaigns(results: Results) -> Section:
    """The section; where no campaign is known it says how to give one."""
    effects = results.rows(EFFECTS)
    problems = results.rows(PROBLEMS)
    sent = [Text([said]) for said in _without_effects(results)]
    if not effects:
        return Section("campaigns", TITLE, [*sent, *_problems(problems)], nothing="" if sent or problems else NOTHING)
    measured = _measured(effects, has_prices=results.revenue > 0)[:SHOWN]
    blocks: list[Block] = [Text(_summary(results, measured)), _table(results, measured), *sent]
    findings = [row for row in effects if _is_judged(row)][:SHOWN]
    if findings:
        blocks.append(
            Table(
                "By what each campaign is judged, and what is not proven",
                ["Campaign", "What was found"],
                [[effect_wording.name(row), row["finding"]] for row in findings],
                words=frozenset({1}),
            )
        )
    groups = results.rows(GROUPS, [GROUPS_SHOWN])
    if groups:
        blocks.append(
            Table(
                "Kinds of customers on whom one is proven to work, or to harm",
                ["Kind", "Campaign", "What was found"],
                [[row["kind"], effect_wording.name(row), row["finding"]] for row in groups],
                words=frozenset({1, 2}),
            )
        )
    return Section("campaigns", TITLE, [*blocks, *_problems(problems)])


def _without_effects(results: Results) -> list[str]:
    """Campaigns that were sent and of which no effect is known."""
    said: dict[bool, list[str]] = defaultdict(list)
    for row in results.rows(SENT, [SHOWN]):
        people = wording.counted(int(row["people"]), "person", "people")
        said[row["has_holdout"]].append(f"{row['campaign_name']}: shown to {people}")
    why = {
        False: "nobody was left alone, or too few",
        True: "too few customers were drawn, or their time has not begun",
    }
    return [
        f"{'; '.join(sent)}. What {'it' if len(sent) == 1 else 'they'} brought cannot be told: {why[has_holdout]}."
        for has_holdout, sent in sorted(said.items())
    ]


def _measured(effects: list[Row], has_prices: bool) -> list[Row]:
    """Of each campaign the rows of one measure: money that has an interval, else orders, else what there is."""
    by_campaign: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in effects:
        by_campaign[row["campaign_id"]][row["metric"]].append(row)
    found = []
    for measures in by_campaign.values():
        money = [name for name in MONEY if name in measures] if has_prices else []
        sure = [name for name in money if any(None not in effect_wording.ends(row) for row in measures[name])]
        found += measures[next(name for name in (*sure, ORDERS, *money, *measures) if name in measures)]
    return found


def _is_judged(row: Row) -> bool:
    """By what a campaign is judged; of one that nobody was drawn for that is who bought."""
    return bool(row["family"] == "success" or (row["compared_with"] == NOT_DRAWN and row["metric"] == "conversion"))


def _summary(results: Results, effects: list[Row]) -> list[str]:
    """How many of the last campaigns are proven to have brought something, and what together."""
    alone = [row for row in effects if row["compared_with"] == HOLDOUT and row["control_customers"]]
    others = [row for row in effects if row["compared_with"] not in (HOLDOUT, NOT_DRAWN)]
    estimated = [row for row in effects if row["compared_with"] == NOT_DRAWN]
    said = []
    if alone:
        said.append(f"{_of(alone)} with customers who were left alone, {_brought(results, alone)}")
    if others:
        proven = sum(row["verdict"] in PROVEN for row in others)
        which = "not one proves" if not proven else "1 proves" if proven == 1 else f"{proven} prove"
        said.append(f"{_of(others)} of one form of a campaign with another, {which} that the two differ.")
    if estimated:
        many = wording.counted(len(estimated), "effect is", "effects are")
        said.append(
            f"{many} only estimated, from customers who were not shown the campaign: nobody was drawn by chance."
        )
    return [*said, ALLOWS_FOR_MANY]


def _of(comparisons: list[Row]) -> str:
    return "Of one comparison" if len(comparisons) == 1 else f"Of the last {len(comparisons)} comparisons"


def _brought(results: Results, effects: list[Row]) -> str:
    measures = " or the ".join(dict.fromkeys(row["metric"] for row in effects))
    proven: dict[str, list[Row]] = defaultdict(list)
    for row in effects:
        if row["verdict"] in PROVEN:
            proven[row["metric"]].append(row)
    count = sum(map(len, proven.values()))
    if not count:
        return (
            f"not one proves that a campaign changed the {measures}: all that was sold might have been sold without it."
        )
    sums = [
        effect_wording.amount(results, name, sum(effect_wording.total(row, "effect") or 0.0 for row in rows))
        + f" of {name}" * (name != ORDERS)
        for name, rows in proven.items()
    ]
    which = "1 proves" if count == 1 else f"{count} prove"
    changed = f"{'it' if count == 1 else 'they'} changed the {' or the '.join(proven)}"
    others = " Of the others nobody can say." if count < len(effects) else ""
    return f"{which} that {changed}: together by {' and '.join(sums)}.{others}"


def _table(results: Results, effects: list[Row]) -> Table:
    return Table(
        "What the last campaigns changed in all, beside those whom they are compared with",
        ["Campaign", "Got it", "Beside", "Changed in all", "Between", "Verdict"],
        [
            [
                effect_wording.name(row),
                wording.whole(row["customers"]),
                effect_wording.others(row),
                _changed(results, row),
                effect_wording.between(results, row),
                effect_wording.verdict(row),
            ]
            for row in effects
        ],
        words=frozenset({2, 5}),
    )


def _changed(results: Results, row: Row) -> str:
    """`£1,326 profit`, `12 orders`."""
    said = effect_wording.amount(results, row["metric"], effect_wording.total(row, "effect"))
    return f"{said} {row['metric']}" if row["metric"] in MONEY else said


def _problems(problems: list[Row]) -> list[Block]:
    if not problems:
        return []
    return [
        Table(
            "What stands behind these figures",
            ["What is odd", "Campaigns", "How many", "What it does"],
            [
                [
                    row["problem"].capitalize(),
                    row["campaign_id"] if row["campaigns"] == 1 else wording.whole(row["campaigns"]),
                    _affected(row),
                    row["effect"],
                ]
                for row in problems
            ],
            words=frozenset({1, 3}),
        )
    ]


def _affected(row: Row) -> str:
    """How many rows, touches or customers a problem touches: `1 customer`."""
    many = row["counted_in"]
    one = "touch" if many == "touches" else (many or "").removesuffix("s")
    return wording.counted(int(row["affected"]), one, many) if many else ""
