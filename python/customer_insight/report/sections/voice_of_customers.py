"""What customers say: how content they are, what they praise and blame, what it costs, and what waits for an answer."""

from __future__ import annotations

from math import erfc, sqrt
from typing import Any

from customer_insight.report import wording
from customer_insight.report.blocks import Bar, Block, Section, Table, Text
from customer_insight.report.results import Results

TITLE = "What customers say"
NOTHING = (
    "No review and no message is known. Give the tables of reviews, or of messages to the shop, beside its files: what"
    " they say is read here."
)
SHOWN = 8
# Of q values: of the products that stand out by it, one in twenty does by chance.
BY_CHANCE = 0.05
WIDTH = 2 * 1.959963984540054  # of a 95 % interval, in standard errors
ALLOWS_FOR_MANY = "The last column allows for all rows at once: one of so many intervals may leave out zero by chance."
COUNTS = """
select
    (select count(*) from voice.review_sentiment) as reviews,
    (select count(*) from voice.message_sentiment) as messages,
    (select count(*) filter (where sentiment = 'positive') from voice.review_sentiment) as content,
    (select count(sentiment) from voice.review_sentiment) as judged,
    (select count(*) from voice.review_sentiment where is_rating_contradicted) as contradicted,
    (select coalesce(sum(open_messages), 0) from shop.customers) as open_messages
"""
LATELY = """
select count(*) filter (where sentiment = 'positive') as content, count(sentiment) as judged
from voice.review_sentiment where reviewed_at >= ?::timestamp - interval '90 days'
"""
TRUST = """
select metric, value, ci_low, ci_high, texts from voice.voice_evaluation
where task = 'sentiment' and is_champion and metric = 'auc' and value is not null
"""
ASPECTS = """
select aspect, count(*) as reviews, count(*) filter (where sentiment = 'positive') as praised
from voice.review_aspects where sentiment is not null group by aspect order by reviews desc, aspect limit ?
"""
PRODUCTS = """
select coalesce(p.product_name, v.product_id) as product, v.aspect, v.reviews, v.praised_share, v.category_share,
    v.example
from voice.product_voice as v left join shop.products as p on v.product_id = p.product_id
where v.q_value <= ? order by v.q_value, v.product_id, v.aspect limit ?
"""
COSTS = """
select aspect, customers, repeat_share, matched_repeat_share, difference, ci_low, ci_high, assumptions
from voice.complaint_costs order by customers desc, aspect
"""
INTENTS = """
select intent, count(*) as messages, count(*) filter (where sent_at >= ?::timestamp - interval '90 days') as lately
from voice.message_intents where is_answered group by intent order by messages desc, intent limit ?
"""


def voice_of_customers(results: Results) -> Section:
    """The section; where nobody wrote it says how to give what was written."""
    counts = results.row(COUNTS)
    if not counts["reviews"] and not counts["messages"]:
        return Section("voice", TITLE, nothing=NOTHING)
    blocks: list[Block] = [Text(_summary(results, counts))]
    blocks += _aspects(results)
    blocks += _products(results)
    blocks += _costs(results)
    blocks += _intents(results)
    return Section("voice", TITLE, blocks)


def _summary(results: Results, counts: dict[str, Any]) -> list[str]:
    said = [f"{wording.counted(counts['reviews'], 'review', 'reviews')} and "
            f"{wording.counted(counts['messages'], 'message', 'messages')} are known."]  # fmt: skip
    if counts["judged"]:
        sentence = f"By their words {wording.of_hundred(counts['content'] / counts['judged'])} reviews are content"
        lately = results.row(LATELY, [results.as_of]) if results.as_of else {"judged": 0}
        if lately["judged"] >= SHOWN:
            sentence += f", of the last 90 days {wording.of_hundred(lately['content'] / lately['judged'])}"
        said.append(f"{sentence}.{_trust(results)}")
    elif counts["reviews"]:
        said.append(results.why_nothing("review_voice", "Too few reviews have words and stars to learn from."))
    if counts["contradicted"]:
        stars = wording.counted(counts["contradicted"], "review has stars", "reviews have stars")
        said.append(f"{stars} that say the opposite of the words: read them before you count them.")
    if counts["open_messages"]:
        wait = wording.counted(int(counts["open_messages"]), "message waits", "messages wait")
        said.append(f"Of the last 30 days {wait} for an answer.")
    return said


def _trust(results: Results) -> str:
    found = results.rows(TRUST)
    if not found:
        return ""
    return (
        f" Tested on {wording.counted(found[0]['texts'], 'later review', 'later reviews')} whose stars were hidden:"
        f" given a content one and another, the content one is found {wording.of_hundred(found[0]['value'])} times."
    )


def _aspects(results: Results) -> list[Block]:
    found = results.rows(ASPECTS, [SHOWN])
    if not found:
        return []
    most = max(row["reviews"] for row in found)
    rows = [
        [
            row["aspect"].capitalize(),
            Bar(wording.whole(row["reviews"]), row["reviews"] / most),
            wording.percent(row["praised"] / row["reviews"]),
        ]
        for row in found
    ]
    return [Table("What reviews speak of", ["Of what", "Reviews", "Praise it"], rows)]


def _products(results: Results) -> list[Block]:
    found = results.rows(PRODUCTS, [BY_CHANCE, SHOWN])
    if not found:
        is_asked = results.row("select count(q_value) > 0 as is_asked from voice.product_voice")["is_asked"]
        said = "No product is praised or blamed more than its category by more than chance would bring."
        return [Text([said])] if is_asked else []
    rows = [
        [
            row["product"],
            row["aspect"].capitalize(),
            wording.whole(row["reviews"]),
            wording.percent(row["praised_share"]),
            wording.percent(row["category_share"]),
            row["example"] or wording.UNKNOWN,
        ]
        for row in found
    ]
    columns = ["Product", "Of what", "Reviews", "Praise it", "In its category", "For example"]
    caption = "Products that are praised or blamed more than their category, and not by chance"
    return [Table(caption, columns, rows, words=frozenset({1, 5}))]


def _costs(results: Results) -> list[Block]:
    found = results.rows(COSTS)
    if not found:
        return []
    rows = [
        [
            "Anything" if row["aspect"] == "anything" else row["aspect"].capitalize(),
            wording.whole(row["customers"]),
            wording.percent(row["repeat_share"]),
            wording.percent(row["matched_repeat_share"]),
            f"{100 * row['difference']:+.0f} ({100 * row['ci_low']:+.0f} to {100 * row['ci_high']:+.0f})",
            _verdict(row, len(found)),
        ]
        for row in found
    ]
    columns = ["Blamed", "Customers", "Ordered again", "Others like them did", "Difference, points", "So they"]
    caption = "Who complained in their first review, and whether they came back"
    return [Table(caption, columns, rows, words=frozenset({5})), Text([f"{found[0]['assumptions']} {ALLOWS_FOR_MANY}"])]


def _verdict(row: dict[str, Any], asked: int) -> str:
    """What is proven where `asked` questions are asked at once (Bonferroni)."""
    standard_error = (row["ci_high"] - row["ci_low"]) / WIDTH
    chance = erfc(abs(row["difference"]) / standard_error / sqrt(2)) if standard_error > 0 else 1.0
    if chance * asked > BY_CHANCE:
        return "not proven"
    return "stay away" if row["difference"] < 0 else "come back"


def _intents(results: Results) -> list[Block]:
    found = results.rows(INTENTS, [results.as_of, SHOWN]) if results.as_of else []
    if not found:
        return []
    most = max(row["messages"] for row in found)
    rows: list[list[str | Bar]] = [
        [
            wording.in_words(row["intent"]).capitalize(),
            Bar(wording.whole(row["messages"]), row["messages"] / most),
            wording.whole(row["lately"]),
        ]
        for row in found
    ]
    return [Table("What messages are about", ["About", "Messages", "In the last 90 days"], rows)]
