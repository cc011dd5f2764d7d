import pytest
from customer_insight.report import status_wording

NOT_COMPARED = "Different ways were not compared on the past in this build."
# what the learned steps say of themselves, and what an owner reads
SAID = [
    ("There are no baskets.", "There are no orders of which this is known."),
    (
        "No two items are together in 58 of 5794 baskets, as min_support asks.",
        "No two products are together in 58 of the 5794 baskets, which is the least that counts.",
    ),
    (
        (
            "No two items are together in 5 of 98 baskets, the fewest that count. The first are there at "
            "min_support 0.031."
        ),
        (
            "No two products are together in 5 of the 98 baskets, which is the least that counts. There would"
            " be something if 3.1 % of the baskets were enough; whoever builds this page can set that."
        ),
    ),
    (
        (
            "No item is in 5 of 9 baskets, the fewest that count. No min_support helps: fewer than 5 baskets "
            "say nothing."
        ),
        (
            "No product is in 5 of the 9 baskets, which is the least that counts. More orders are needed: "
            "what fewer than 5 baskets share may be chance."
        ),
    ),
    (
        "Rules need itemsets of two items; max_itemset_length is 1.",
        "Whoever built this page asked for single products alone.",
    ),
    (
        (
            "No set of items that is frequent enough gives a rule of the confidence asked for. The first are "
            "there at min_confidence 0.184."
        ),
        (
            "Some products are often in one basket, but none comes along often enough with another to make it"
            " a rule. The first rule holds in 18 % of its baskets; whoever builds this page can ask for that "
            "little."
        ),
    ),
    (
        (
            "Stopped before itemsets of 3 items: 9000 rules, more than max_rules allows; shorter itemsets and"
            " their rules are complete, and they certainly fit at min_support 0.02."
        ),
        "There are too many sets of 3 products to look at; smaller sets are complete.",
    ),
    (
        (
            "Purchase: the orders reach back 0 days, too short to speak of 30. Churn: the orders reach back 0"
            " days, too short to speak of 90."
        ),
        ("The orders reach back less than a day, too short to say who buys within 30 and who stays away for 90 days."),
    ),
    (
        (
            "Purchase: the orders reach back less than twice 30 days to learn from: the "
            "Bayesian answer is taken as it is. Churn: the orders reach back 32 days, too short to speak of "
            "90."
        ),
        (
            "The orders reach back less than twice 30 days: probabilities of what customers do within 30 days are "
            "rough. The orders reach back 32 days, too short to say who stays away for 90 days."
        ),
    ),
    (
        (
            "Churn: windows of 90 days give few examples, 109 of customers who bought and 39 of those who did not, and "
            "learning needs 50 of each: the Bayesian answer is taken as it is."
        ),
        (
            "Examples to learn from are few: 109 of customers who bought within 90 days and 39 of those who did not,"
            " where 50 of each are needed. The probabilities are rough."
        ),
    ),
    (
        (
            "Purchase: too few customers bought, or did not, in the windows of 30 days before the last one to choose a "
            "model by, so the Bayesian answer is taken."
        ),
        "Before the last 30 days there was too little to learn from to compare ways to predict.",
    ),
    (
        (
            "Purchase: what is known of customers does not tell those who bought in windows of 30 days from the others,"
            " so all have one probability."
        ),
        (
            "What is known of customers does not tell who buys within 30 days from who does not: all have the same"
            " probability."
        ),
    ),
    (
        (
            "The purchases reach back 33 days: who is alive, orders and money to come are predicted from 90 "
            "days on, the next order from 180."
        ),
        (
            "The orders reach back 33 days. What customers will bring can be said after 90 days, and when "
            "they come next after 180."
        ),
    ),
    (
        "The purchases reach back 133 days: orders to come know no season. When the next order comes is predicted from "
        "180 days on.",
        "The orders reach back 133 days, so what customers will bring knows no season. When customers come next can be "
        "said after 180 days.",
    ),
    (
        "Purchase: no earlier year is known: what 30 days bring knows no season.",
        "No earlier year is known, so what customers do within 30 days knows no season.",
    ),
    (
        ("The purchases reach back 200 days and judging needs 4 times 90: no model was judged and mbg_nbd is used."),
        "The orders reach back 200 days, too short to test predictions on the past.",
    ),
    (
        (
            "Only 12 customers were known two horizons ago and 1 bought in the last one: no model was judged "
            "and mbg_nbd is used."
        ),
        "Too few customers came back to test predictions on the past.",
    ),
    (
        (
            "Purchase: not evaluated, as the setting evaluate asks: bayesian is used unless an earlier run "
            "chose. Churn: not evaluated, as the setting evaluate asks: bayesian is used unless an earlier "
            "run chose."
        ),
        NOT_COMPARED,
    ),
    ("Not evaluated, as the setting evaluate asks: vs_knn is used unless an earlier run chose.", NOT_COMPARED),
    (
        (
            "The history is too short, or too few bought in each window, for cuts in time: products of a "
            "quarter of the customers were kept back instead."
        ),
        (
            "The shop's past is too short to hide its last weeks: a part of what some customers bought was "
            "hidden instead."
        ),
    ),
    (
        "Fewer than 30 customers bought again or bought several products: nothing to judge by.",
        "Fewer than 30 customers bought a second product: too few to test recommendations on.",
    ),
    (
        ("There are too few visits with two products or more to compare strategies: V-SkNN is used as it usually is."),
        "Too few visits look at two products: recommendations during a visit could not be tested.",
    ),
    (
        "The history is shorter than three horizons of 30 days, so there are no probabilities.",
        "The shop's past is too short to say how likely a recommended product is bought within 30 days.",
    ),
    ("No two products are together in 2 visits.", "No two products are in 2 visits together."),
    ("There are no visits with a product.", "There are no visits in which a product was looked at."),
    ("There are no baskets with a product.", "There are no orders that name a product."),
    ("All customers are alike: they are one segment.", "All customers are alike: they are one kind."),
    ("There are 4 dense regions, so not 6 segments.", "The customers are of 4 kinds, not of 6."),
    ("Purchase: the orders have no dates. Churn: the orders have no dates.", "The orders have no dates."),
    (
        "The orders have no dates, so nothing is judged on the past: item_based is used.",
        "The orders have no dates, so recommendations could not be tested on the past.",
    ),
    (
        "The orders have no dates: all count alike, and there are no probabilities of purchase.",
        "The orders have no dates: all count alike, and nobody can say how likely a recommended product is bought.",
    ),
    ("There are no purchases.", "There are no orders of known customers."),
    (
        "Purchase: there are no orders. Churn: there are no orders.",
        "There are no orders of known customers.",
    ),
    (
        "No visit is open, so there is nobody to recommend anything to.",
        "No visit is open, so there is nobody to recommend anything to.",
    ),
]


@pytest.mark.parametrize(("status", "said"), SAID)
def test_an_owner_reads_no_settings_and_no_models(status, said):
    assert status_wording.for_owner(status) == said


def test_a_sentence_that_is_not_known_here_keeps_its_words_without_underscores():
    assert status_wording.for_owner("The product_vectors have 3 lengths.") == "The product vectors have 3 lengths."
