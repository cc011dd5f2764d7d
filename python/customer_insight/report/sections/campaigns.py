"""Campaigns: what the last ones brought beside those who were left alone, in profit, and what is not proven."""

from __future__ import annotations

from typing import Any

from customer_insight.report import wording
from customer_insight.report.blocks import Block, Section, Table, Text
from customer_insight.report.results import Results

TITLE = "What campaigns brought"
NOTHING = (
    "No campaign is known. Give campaigns.csv and touches.csv beside the shop's files, or fill the seed campaigns: "
    "what was sent to whom, and who was left alone to compare with."
)
SHOWN = 8
GROUPS_SHOWN = 6
# what an owner earns if it is known, else the next best
MONEY = ("profit", "margin", "revenue")
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
select campaign_name, sum(customers) as customers from campaigns.campaign_results
where segment_id = 'all' and variant <> 'holdout' group by all order by max(starts_at) desc, campaign_name limit ?
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
VERDICTS = {
    "works": "works",
    "harms": "harms",
    "not proven": "not proven",
    "not randomised": "not proven: no fair draw",
}


def campaigns(results: Results) -> Section:
    """The section; where no campaign is known it says how to give one."""
    effects = results.rows(EFFECTS)
    problems = results.rows(PROBLEMS)
    if not effects:
        sent = [
            f"{row['campaign_name']}: shown to {wording.counted(int(row['customers']), 'person', 'people')}"
            for row in results.rows(SENT, [SHOWN])
        ]
        said = [Text([f"{'; '.join(sent)}. What they brought cannot be told: nobody was left alone."])] if sent else []
        return Section("campaigns", TITLE, [*said, *_problems(problems)], nothing="" if sent or problems else NOTHING)
    measure = next((name for name in MONEY if any(row["metric"] == name for row in effects)), MONEY[-1])
    of_money = [row for row in effects if row["metric"] == measure][:SHOWN]
    blocks: list[Block] = [Text(_summary(results, of_money, measure)), _table(results, of_money, measure)]
    findings = [row for row in effects if row["family"] == "success"][:SHOWN]
    if findings:
        blocks.append(
            Table(
                "By what each campaign is judged, and what is not proven",
                ["Campaign", "What was found"],
                [[_name(row), row["finding"]] for row in findings],
                words=frozenset({1}),
            )
        )
    groups = results.rows(GROUPS, [GROUPS_SHOWN])
    if groups:
        blocks.append(
            Table(
                "Kinds of customers on whom one is proven to work, or to harm",
                ["Kind", "Campaign", "What was found"],
                [[row["kind"], _name(row), row["finding"]] for row in groups],
                words=frozenset({1, 2}),
            )
        )
    return Section("campaigns", TITLE, [*blocks, *_problems(problems)])


def _summary(results: Results, effects: list[dict[str, Any]], measure: str) -> list[str]:
    """How many of the last campaigns are proven to have brought something, and what together."""
    proven = [row for row in effects if row["verdict"] in ("works", "harms")]
    said = (
        f"Of the last {wording.counted(len(effects), 'comparison', 'comparisons')} with customers who were left alone"
    )
    if not proven:
        return [
            f"{said}, none proves that a campaign changed the {measure}: what was sold to those who got one might have "
            "been sold to them without it.",
            ALLOWS_FOR_MANY,
        ]
    brought = sum(_total(row) for row in proven)
    return [
        f"{said}, {len(proven)} {'proves' if len(proven) == 1 else 'prove'} that it changed the {measure}: together by "
        f"{results.money.amount(brought)}. Of the others nobody can say.",
        ALLOWS_FOR_MANY,
    ]


def _table(results: Results, effects: list[dict[str, Any]], measure: str) -> Table:
    amount = results.money.amount
    return Table(
        f"What the last campaigns brought, in {measure}, beside those who were left alone",
        ["Campaign", "Got it", "Left alone", f"{measure.capitalize()} in all", "Between", "Verdict"],
        [
            [
                _name(row),
                wording.whole(row["customers"]),
                wording.whole(row["control_customers"]),
                amount(_total(row)),
                _between(results, row),
                _verdict(row),
            ]
            for row in effects
        ],
        words=frozenset({5}),
    )


def _verdict(row: dict[str, Any]) -> str:
    is_open = row["elapsed_share"] is not None and row["elapsed_share"] < 1
    verdict = VERDICTS.get(row["verdict"], str(row["verdict"]))
    return f"{verdict}, still running" if is_open else verdict


def _between(results: Results, row: dict[str, Any]) -> str:
    """The interval of what it brought in all."""
    if row["ci_low"] is None or row["ci_high"] is None:
        return wording.UNKNOWN
    low, high = (results.money.amount(row[end] * row["customers"]) for end in ("ci_low", "ci_high"))
    return f"{low} and {high}"


def _total(row: dict[str, Any]) -> float:
    """What a campaign changed in all, over those who were drawn for it."""
    return float(row["effect"]) * int(row["customers"])


def _name(row: dict[str, Any]) -> str:
    return f"{row['campaign_name']} {row['variant']}"


def _problems(problems: list[dict[str, Any]]) -> list[Block]:
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
                    f"{wording.whole(row['affected'])} {row['counted_in']}" if row["counted_in"] else "",
                    row["effect"],
                ]
                for row in problems
            ],
            words=frozenset({1, 3}),
        )
    ]
