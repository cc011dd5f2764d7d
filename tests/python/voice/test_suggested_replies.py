"""Suggested replies: with facts of who asks, never of anybody else; and nothing where nothing is known."""

import random
import re
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.voice import reply_templates, suggested_replies
from customer_insight.voice.reply_templates import Facts

COLUMNS = {
    "message_code": pa.int32(), "customer_code": pa.int32(), "message_text": pa.string(), "reply_text": pa.string(),
    "intent": pa.string(), "order_id": pa.string(), "product_name": pa.string(), "ordered_on": pa.date32(),
    "returned_on": pa.date32(), "order_days": pa.float64(), "return_days": pa.float64(), "category": pa.string(),
    "language": pa.string(), "mailbox": pa.string(),
}  # fmt: skip
FIRST = ["Anna", "Zoe", "Ben", "Olga", "Priya", "Mehmet", "Chiara", "Nuno", "Ivo", "Lena", "Rose", "Grace"]
LAST = ["Quill", "Okafor", "Rossi", "Silva", "Novak", "Byrne", "Weber", "Dupont", "Lund", "Smith"]
PRODUCTS = ["Nordic Teacup", "Blue Scarf", "Oak Desk", "Wool Rug"]


def suggested(rows, templates=()):
    table = pa.table({name: pa.array([row.get(name) for row in rows], kind) for name, kind in COLUMNS.items()})
    return suggested_replies.run(
        table,
        pa.table({"mailbox": pa.array(sorted({row["mailbox"] for row in rows if row.get("mailbox")}), pa.string())}),
        pa.table({"product_name": pa.array(PRODUCTS, pa.string())}),
        pa.table({
            name: pa.array([row[place] for row in templates], pa.string())
            for place, name in enumerate(("template_id", "intent", "language", "reply_text"))
        }),
    )  # fmt: skip


def shop(seed, count=240):
    """Messages of customers with secrets of their own, answered by people who repeat these secrets in many ways."""
    rng = random.Random(seed)
    rows, secrets = [], []
    for code in range(count):
        first, last = rng.choice(FIRST), rng.choice(LAST) + rng.choice(["", "son", "mann", "ez"])
        order = f"O{rng.randint(100000, 999999)}"
        phone, street = f"0151 {rng.randint(1000000, 9999999)}", f"{rng.randint(1, 99)} {rng.choice(LAST)} Road"
        product, day = rng.choice(PRODUCTS), date(2024, rng.randint(1, 12), rng.randint(1, 28))
        amount = f"{rng.randint(5, 99)}.{rng.randint(10, 99)}"
        answer = rng.choice(
            [
                f"Hello {first} {last}, order {order} of {day:%d/%m/%Y} is on its way.",
                f"Your {product} is on its way, {first}.",
                f"We sent order {order} to {street} and call you on {phone}.",
                f"Order {order} over £{amount} is on its way to Mr {last}.",
                f"The {product} of order {order} is on its way. We wrote to {first.lower()}.{last.lower()}@mail.com.",
                f"{last} has signed for order {order}.",
                f"Order O{rng.randint(100000, 999999)} and order {order} are on their way.",
                "Your order is on its way.",
            ]
        )
        rows.append(
            {
                "message_code": code, "customer_code": code, "message_text": f"Where is my {product}? Thanks, {first}",
                "reply_text": answer if code % 4 else None, "intent": "order_status", "order_id": order,
                "product_name": product, "ordered_on": day, "order_days": float(rng.randint(1, 20)), "category": "Home",
                "mailbox": f"{first.lower()}.{last.lower()}{rng.randint(1, 99)}",
            }
        )  # fmt: skip
        secrets.append({order, phone, street, amount, last, first})
    return rows, secrets


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_fact_of_another_customer_is_ever_shown(seed):
    rows, secrets = shop(seed)
    shown = suggested(rows).tables["suggestions"].to_pylist()
    assert len({row["message_code"] for row in shown}) == sum(row["reply_text"] is None for row in rows)
    of_others = {secret for every in secrets for secret in every}
    for row in shown:
        own = rows[row["message_code"]]
        allowed = secrets[row["message_code"]] | set(re.findall(r"\w+", own["product_name"]))
        words = set(re.findall(r"[\w.]+", row["reply_text"].lower().replace(". ", " ")))
        assert not [
            secret
            for secret in of_others - allowed
            if secret.lower() in words or (" " in secret and secret in row["reply_text"])
        ], row
        for number in re.findall(r"O\d{6}", row["reply_text"]):
            assert number == own["order_id"]
        for product in PRODUCTS:
            assert product not in row["reply_text"] or product == own["product_name"]


def test_facts_of_who_asks_stand_in_their_places():
    rows, _ = shop(4)
    shown = suggested(rows).tables["suggestions"].to_pylist()
    assert any(rows[row["message_code"]]["order_id"] in row["reply_text"] for row in shown)
    assert any(f"{rows[row['message_code']]['ordered_on']:%d/%m/%Y}" in row["reply_text"] for row in shown)
    assert all("{" not in row["reply_text"] for row in shown)
    assert all(0 <= row["score"] <= 1 and 1 <= row["reply_rank"] <= 3 for row in shown)


def test_of_very_many_the_latest_are_read_and_the_latest_that_wait_have_suggestions(monkeypatch):
    rows, _ = shop(6)
    waiting = [row["message_code"] for row in rows if row["reply_text"] is None]
    monkeypatch.setattr(suggested_replies, "MOST_WAITING", 7)
    monkeypatch.setattr(suggested_replies, "MOST_READ", 100)
    result = suggested(rows)
    shown = result.tables["suggestions"].to_pylist()
    assert sorted({row["message_code"] for row in shown}) == waiting[-7:]
    assert result.status == f"Of {len(waiting)} messages that wait the latest 7 have suggestions."
    assert min(row["source_message_code"] for row in shown) >= len(rows) - 100
    # the same as if nothing had been before
    alone = suggested(rows[-100:]).tables["suggestions"].to_pylist()
    assert shown == [row for row in alone if row["message_code"] in waiting[-7:]]


def test_who_is_not_known_gets_no_facts():
    rows, _ = shop(5)
    rows.append({"message_code": 999, "message_text": "Where is my Nordic Teacup?", "intent": "order_status"})
    shown = [row for row in suggested(rows).tables["suggestions"].to_pylist() if row["message_code"] == 999]
    assert [row["reply_text"] for row in shown] == ["Your order is on its way."]


def test_an_answer_about_a_thing_is_for_who_asked_about_it():
    """Goods by names of people's own, which no list of products has, and which many customers say."""
    things = ["mug", "teapot"]
    rows = [
        {
            "message_code": code, "customer_code": code, "message_text": f"How can I return the {things[code % 2]}?",
            "reply_text": f"We have sent you a label for the {things[code % 2]}.", "intent": "return",
        }
        for code in range(12)
    ]  # fmt: skip
    for code, text in enumerate(["How can I return the teapot, please?", "How can I return it?"], 100):
        rows.append({"message_code": code, "customer_code": code, "message_text": text, "intent": "return"})
    found = suggested(rows).tables["suggestions"].to_pylist()
    assert [row["reply_text"] for row in found if row["message_code"] == 100] == [
        "We have sent you a label for the teapot."
    ]
    assert [row for row in found if row["message_code"] == 101] == []


def test_templates_come_after_answers_and_only_if_they_can_be_filled():
    waiting = {"message_code": 1, "customer_code": 1, "message_text": "Where is it?", "intent": "order_status"}
    known = {**waiting, "message_code": 2, "order_id": "O7", "product_name": "Nordic Teacup"}
    seed = [("a", "order_status", "en", "We look for {order_id}."), ("b", "order_status", "en", "We look into it.")]
    shown = suggested([waiting, known], seed).tables["suggestions"].to_pylist()
    assert [(row["message_code"], row["template_id"], row["reply_text"]) for row in shown] == [
        (1, "b", "We look into it."),
        (2, "a", "We look for O7."),
        (2, "b", "We look into it."),
    ]


def test_without_messages_or_intents_the_table_is_empty_and_says_why():
    assert suggested([]).status == "There are no messages."
    unsure = suggested([{"message_code": 1, "customer_code": 1, "message_text": "Hm", "intent": None}])
    assert unsure.status == "No message without an answer has a known intent."
    assert unsure.tables["suggestions"].num_rows == 0


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Order O7 is late.", "Order {order_id} is late."),
        ("Order O77 is late.", "Order O77 is late."),
        (
            "Your pack of teacup of 3. März 2024 is here, anna smith",
            "Your {product} of {ordered_on:5} is here, {person}",
        ),
        ("It {came} back on 05/03/2024.", "It (came) back on {returned_on:1}."),
    ],
)
def test_what_is_a_fact_becomes_a_place_and_is_filled_again(answer, expected):
    facts = Facts("O7", "Nordic Teacup", date(2024, 3, 3), date(2024, 3, 5), "Anna Smith")
    template = reply_templates.template_of(answer, facts)
    assert template == expected
    assert reply_templates.filled(template, facts) is not None
    assert "{" not in (reply_templates.filled(template, facts) or "")


def test_rows_in_any_order_give_the_same_bytes():
    rows, _ = shop(6, 80)
    one, other = (suggested(each).as_rows("x") for each in (rows, rows[::-1]))
    assert one.equals(other)


def test_the_best_three_are_those_of_all_answers_in_their_order():
    """The oracle: every answer is scored, put in order and filled, one after another."""
    rows = [dict.fromkeys(COLUMNS) | row for row in shop(7, 300)[0]]
    asked = [row for row in rows if not row["reply_text"]]
    index = suggested_replies._index(rows, [], PRODUCTS, [])
    questions = [suggested_replies._question(row) for row in asked]
    sources = index.by_intent["order_status"]
    scores, likeness = index._scores(questions, sources)
    shape = (len(questions), len(index.sources))
    every, alike = np.zeros(shape), np.zeros(shape)
    every[:, sources.places], alike[:, sources.places] = scores, likeness
    asked_rows = index.terms.rows([question.text for question in questions])
    np.testing.assert_allclose(alike, (asked_rows @ index.rows.T).toarray() / 2, atol=1e-12)
    for question, score, found in zip(questions, every, index.suggestions(questions), strict=True):
        best = []
        for place in np.argsort(-score, kind="stable"):
            source = index.sources[place]
            text = reply_templates.filled(source.template, question.facts)
            if (
                text is not None
                and text not in [each[1] for each in best]
                and source.echo <= reply_templates.words_of(question.text)
            ):
                best.append((source, text, score[place]))
        assert [each[:3] for each in found] == best[:3]
