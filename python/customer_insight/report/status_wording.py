"""What a learned step says of itself (`quality.model_runs.status`), as an owner reads it.

The status speaks to whoever runs the project: of settings, models and windows. Here it is said once more without them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from customer_insight.report import wording

NOT_COMPARED = "Different ways were not compared on the past in this build."
_TOO_EARLY = "The orders reach back {} days, too short to say {}."


def _share(said: str) -> Callable[[re.Match[str]], str]:
    """The sentence with the share that the status names."""
    return lambda found: said.format(wording.percent(float(found[1].rstrip("."))))


_SAID: list[tuple[str, str | Callable[[re.Match[str]], str]]] = [
    # rules
    # for rules of categories also where no product has one
    (r"There are no baskets\.", "There are no orders of which this is known."),
    (r"No basket has an item\.", "No order names a product."),
    (
        r"No item is in (\d+) of (\d+) baskets, [^.]*\.",
        r"No product is in \1 of the \2 baskets, which is the least that counts.",
    ),
    (
        r"No two items are together in (\d+) of (\d+) baskets, [^.]*\.",
        r"No two products are together in \1 of the \2 baskets, which is the least that counts.",
    ),
    (
        r"No min_support helps: fewer than (\d+) baskets say nothing\.",
        r"More orders are needed: what fewer than \1 baskets share may be chance.",
    ),
    (
        r"The first are there at min_support ([\d.]+)\.",
        _share("There would be something if {} of the baskets were enough; whoever builds this page can set that."),
    ),
    (
        r"Rules need itemsets of two items; [^.]*\.",
        "Whoever built this page asked for single products alone.",
    ),
    (
        r"No set of items that is frequent enough gives a rule of the confidence asked for\.",
        "Some products are often in one basket, but none comes along often enough with another to make it a rule.",
    ),
    (
        r"The first are there at min_confidence ([\d.]+)\.",
        _share("The first rule holds in {} of its baskets; whoever builds this page can ask for that little."),
    ),
    (
        r"Stopped before itemsets of (\d+) items: .*",
        r"There are too many sets of \1 products to look at; smaller sets are complete.",
    ),
    # who buys, who stays away, what customers are worth
    (
        r"Purchase: the orders reach back (\d+) days, too short to speak of (\d+)\. Churn: [^.]* to speak of (\d+)\.",
        _TOO_EARLY.format(r"\1", r"who buys within \2 and who stays away for \3 days"),
    ),
    (
        r"Purchase: the orders reach back (\d+) days, too short to speak of (\d+)\.",
        _TOO_EARLY.format(r"\1", r"who buys within \2 days"),
    ),
    (
        r"Churn: the orders reach back (\d+) days, too short to speak of (\d+)\.",
        _TOO_EARLY.format(r"\1", r"who stays away for \2 days"),
    ),
    (
        r"The purchases reach back (\d+) days: who is alive[^.]* from (\d+) days on, the next order from (\d+)\.",
        r"The orders reach back \1 days. What customers will bring can be said after \2 days, and when they come next"
        r" after \3.",
    ),
    (
        r"The purchases reach back (\d+) days: orders to come know no season\.",
        r"The orders reach back \1 days, so what customers will bring knows no season.",
    ),
    (
        r"When the next order comes is predicted from (\d+) days on\.",
        r"When customers come next can be said after \1 days.",
    ),
    (
        r"(?:Purchase|Churn): no earlier year is known: what (\d+) days bring knows no season\.",
        r"No earlier year is known, so what customers do within \1 days knows no season.",
    ),
    (r"(?:Purchase|Churn): there are no customers\.", "There are no customers."),
    (r"(?:Purchase|Churn): there are no orders\.", "There are no orders of known customers."),
    (
        r"(?:Purchase|Churn): the orders reach back less than twice (\d+) days[^.]*\.",
        r"The orders reach back less than twice \1 days: probabilities of what customers do within \1 days are rough.",
    ),
    (
        r"(?:Purchase|Churn): windows of (\d+) days give few examples, (\d+)[^.]* and (\d+) of[^.]* needs (\d+)[^.]*\.",
        r"Examples to learn from are few: \2 of customers who bought within \1 days and \3 of those who did not, where"
        r" \4 of each are needed. The probabilities are rough.",
    ),
    (
        r"(?:Purchase|Churn): what is known of customers does not tell those who bought in windows of (\d+) days"
        r"[^.]*\.",
        r"What is known of customers does not tell who buys within \1 days from who does not: all have the same"
        r" probability.",
    ),
    (
        r"(?:Purchase|Churn): too few customers bought, or did not, in the windows of (\d+) days before[^.]*\.",
        r"Before the last \1 days there was too little to learn from to compare ways to predict.",
    ),
    (
        r"The chosen model \S+ is not in this version: [^.]*\.",
        "An earlier version chose how to predict; this one predicts in its usual way until it is tested on the past.",
    ),
    (r"There are no purchases\.", "There are no orders of known customers."),
    (r"(?:Purchase|Churn): the orders have no dates\.", "The orders have no dates."),
    # tests on the past
    (r"(?:(?:Purchase|Churn): )?[Nn]ot evaluated, as the setting evaluate asks: [^.]*\.", NOT_COMPARED),
    (
        r"The purchases reach back (\d+) days and judging needs [^.]*\.",
        r"The orders reach back \1 days, too short to test predictions on the past.",
    ),
    (
        r"Only \d+ customers were known two horizons ago [^.]*\.",
        "Too few customers came back to test predictions on the past.",
    ),
    (
        r"Fewer than (\d+) customers bought again or bought several products: [^.]*\.",
        r"Fewer than \1 customers bought a second product: too few to test recommendations on.",
    ),
    (
        r"The history is too short, or too few bought in each window, for cuts in time: [^.]*\.",
        "The shop's past is too short to hide its last weeks: a part of what some customers bought was hidden instead.",
    ),
    (
        r"There are too few visits with two products or more to compare strategies: [^.]*\.",
        "Too few visits look at two products: recommendations during a visit could not be tested.",
    ),
    # recommendations
    (
        r"The orders have no dates, so nothing is judged on the past: [^.]*\.",
        "The orders have no dates, so recommendations could not be tested on the past.",
    ),
    (
        r"The orders have no dates: all count alike, and [^.]*\.",
        "The orders have no dates: all count alike, and nobody can say how likely a recommended product is bought.",
    ),
    (
        r"The history is shorter than three horizons of (\d+) days, so there are no probabilities\.",
        r"The shop's past is too short to say how likely a recommended product is bought within \1 days.",
    ),
    (
        r"Too few recommendations of (\d+) days ago were bought to learn probabilities from\.",
        "Too few recommended products were bought to say how likely that is.",
    ),
    (
        r"No purchase is known, so there are no probabilities of purchase\.",
        "There are no orders, so nobody can say how likely a recommended product is bought.",
    ),
    # products that go together
    (r"There are no visits with a product\.", "There are no visits in which a product was looked at."),
    (r"There are no baskets with a product\.", "There are no orders that name a product."),
    (r"No two products are together in (\d+) (baskets|visits)\.", r"No two products are in \1 \2 together."),
    # kinds of customers
    (r"they are one segment", "they are one kind"),
    (r"There are no two dense regions: all customers are one segment\.", "The customers are of one kind."),
    (r"There are (\d+) dense regions, so not (\d+) segments\.", r"The customers are of \1 kinds, not of \2."),
    (
        r"The customers fall into (\d+) groups at most, not (\d+)\.",
        r"The customers are of \1 kinds at most, not of \2.",
    ),
    (
        r"There are only (\d+) different customers, so not (\d+) segments\.",
        r"Only \1 customers differ, so there are no \2 kinds.",
    ),
]


def for_owner(status: str) -> str:
    """The sentences of a status without settings and models; one that is not known here keeps its words.

    `No two items are together in 58 of 5794 baskets, as min_support asks.` ->
    `No two products are together in 58 of the 5794 baskets, which is the least that counts.`
    """
    for said, instead in _SAID:
        status = re.sub(said, instead, status)
    status = status.replace("reach back 0 days", "reach back less than a day").replace("back 1 days", "back one day")
    sentences = re.split(r"(?<=\.) (?=[A-Z])", wording.in_words(status))
    return " ".join(dict.fromkeys(sentences))  # two targets may say the same
