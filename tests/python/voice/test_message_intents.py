"""What messages are about: labelled, learned, found; how sure; and the same whatever order rows come in."""

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.voice import found_intents, intent_model, message_intents
from hypothesis import given
from hypothesis import strategies as st

ABOUT = {
    "order_status": ["Where is my {}?", "The {} has not arrived.", "When will the {} be delivered?", "Track my {}."],
    "refund": ["I want my money back for the {}.", "Refund the {} now.", "The {} was charged twice.", "No refund yet."],
    "return": ["How do I send the {} back?", "A return label for the {}, please.", "I return {}.", "Take the {} back."],
}
SHARES = st.integers(0, 64).map(lambda number: number / 64)
THINGS = ["lamp", "teapot", "blue scarf", "kettle", "rug", "desk", "candle", "bowl", "mirror", "chair"]
EARLIER = {"intent_code": pa.int32(), "intent_name": pa.string(), "term": pa.string(), "weight": pa.float64()}
NOTHING_BEFORE = pa.schema([*EARLIER.items(), ("next_intent_code", pa.int32())]).empty_table()


def table(texts, labels, days=None):
    return pa.table(
        {
            "message_code": pa.array(range(len(texts)), pa.int32()),
            "written_day": pa.array(days or [float(day) for day in range(len(texts))], pa.float64()),
            "message_text": pa.array(texts, pa.string()),
            "intent": pa.array(labels, pa.string()),
        }
    )


def written(count, label_every=2):
    rng = np.random.default_rng(5)
    made = []
    for number in range(count):
        intent = sorted(ABOUT)[rng.integers(3)]
        text = ABOUT[intent][rng.integers(4)].format(THINGS[rng.integers(10)]) + f" {THINGS[rng.integers(10)]}"
        text += f" O{rng.integers(100000, 999999)}" if number % 3 == 0 else ""
        made.append((text, intent if number % label_every else None, intent))
    return made


@given(
    st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=40),
    st.sampled_from([0.5, 0.8, 0.95]),
)
def test_the_threshold_is_the_lowest_above_which_enough_is_right(answers, wanted):
    best = np.array([0.5 + value / 50 for value, _ in answers])
    probabilities = np.stack([best, 1 - best], axis=1)
    labels = np.array([0 if right else 1 for _, right in answers])
    probabilities[best == 0.5] = [0.5, 0.5]  # a tie says the first
    threshold = intent_model.answer_threshold(probabilities, labels, wanted)
    good = [t for t in sorted(set(best)) if np.mean(labels[best >= t] == 0) >= wanted]
    assert threshold == (good[0] if good else np.nextafter(1, 2))


def test_a_question_of_other_words_is_strange_however_high_it_scores():
    made = written(300)
    intents = sorted(ABOUT)
    model = intent_model.fit([m[0] for m in made], np.array([intents.index(m[2]) for m in made]), intents)
    own = model.best_two([text for text, _, _ in written(400)[300:]])
    strange = model.best_two(["When will the moon be full?"])
    assert model.is_sure(own).mean() > 0.85
    assert strange.probabilities[0, 0] > 0.9
    assert not model.is_sure(strange).any()


@given(st.lists(SHARES, min_size=1, max_size=9), SHARES, SHARES, SHARES)
def test_who_scores_higher_or_is_better_known_is_never_stranger(usual, first, second, known):
    ascending = np.sort(np.array(usual))
    low, high = sorted((first, second))
    seen = intent_model.Usual(ascending, ascending, 0.0)
    of_scores = seen.likeness(np.array([low, high]), np.array([known, known]))
    of_words = seen.likeness(np.array([known, known]), np.array([low, high]))
    assert of_scores.tolist() == of_words.tolist() == sorted(of_scores)
    below = [sum(value <= asked for value in usual) for asked in (low, known)]
    expected = sum(np.log((count + 1) / (len(usual) + 1)) for count in below)
    assert abs(of_scores[0] - expected) < 1e-6


def test_labels_stay_and_the_rest_is_learned_from_them():
    made = written(300)
    result = message_intents.run(table([m[0] for m in made], [m[1] for m in made]), NOTHING_BEFORE, evaluate=False)
    rows = result.tables["intents"].to_pylist()
    assert result.status == "ok"
    for (_, label, _truth), row in zip(made, rows, strict=True):
        assert row["source"] == ("labelled" if label else "learned")
        assert row["second_intent"] != row["intent"]
        if label:
            assert (row["intent"], row["probability"], row["is_answered"]) == (label, 1.0, True)
    learned = [(row, truth) for row, (_, label, truth) in zip(rows, made, strict=True) if not label]
    assert np.mean([row["intent"] == truth for row, truth in learned]) > 0.95


def test_rows_in_any_order_give_the_same_bytes():
    made = written(200)
    given_rows = table([m[0] for m in made], [m[1] for m in made])
    shuffled = given_rows.take(pa.array(np.random.default_rng(1).permutation(200)))
    one, other = (message_intents.run(rows, NOTHING_BEFORE).as_rows("x") for rows in (given_rows, shuffled))
    assert one.equals(other)


def test_judged_out_of_time_it_beats_always_saying_the_commonest():
    made = written(600, label_every=10)
    result = message_intents.run(table([m[0] for m in made], [m[1] for m in made]), NOTHING_BEFORE)
    figures = {(row["model"], row["metric"]): row for row in result.tables["evaluation"].to_pylist()}
    assert figures["learned", "accuracy"]["value"] > 0.9 > figures["commonest intent", "accuracy"]["ci_high"]
    assert all(row["ci_low"] <= row["value"] <= row["ci_high"] for row in figures.values())


def test_what_is_strange_gets_no_answer():
    made = written(400, label_every=50)
    strange = ["What is the meaning of life?", "zxqv wvut", "...", "", "👍", "<p></p>"]
    texts, labels = [m[0] for m in made] + strange, [m[1] for m in made] + [None] * len(strange)
    rows = message_intents.run(table(texts, labels), NOTHING_BEFORE, evaluate=False).tables["intents"].to_pylist()
    assert not any(row["is_answered"] for row in rows[-len(strange) :])


def test_an_intent_with_few_labels_is_not_learned_and_said():
    made = written(200)
    texts, labels = [m[0] for m in made] + ["Do you ship to the moon?"], [m[1] for m in made] + ["shipping"]
    result = message_intents.run(table(texts, labels), NOTHING_BEFORE, evaluate=False)
    assert result.status == "Not learned, with fewer than 5 labelled texts: shipping."
    assert result.tables["intents"].to_pylist()[-1]["intent"] == "shipping"


@pytest.mark.parametrize("texts", [[], ["Hello"], ["", "?", "a" * 100_000]])
def test_too_few_messages_have_rows_without_a_guess(texts):
    result = message_intents.run(table(texts, [None] * len(texts)), NOTHING_BEFORE)
    rows = result.tables["intents"].to_pylist()
    assert len(rows) == len(texts)
    assert all(row["intent"] is None and row["source"] is None and not row["is_answered"] for row in rows)
    assert result.status != "ok"
    assert result.tables["found"].num_rows == result.tables["evaluation"].num_rows == 0


class TestWhereNothingIsLabelled:
    """Groups of like messages, which stay themselves from run to run."""

    def found(self, texts, earlier=NOTHING_BEFORE):
        result = message_intents.run(table(texts, [None] * len(texts)), earlier, evaluate=False)
        return result, {
            (row["intent_code"], row["intent_name"]) for row in result.tables["found"].to_pylist()
        }  # fmt: skip

    def texts(self, seed, count=400):
        rng = np.random.default_rng(seed)
        kinds = [
            ["parcel", "delivery", "tracking", "courier", "arrive"], ["refund", "money", "bank", "charged", "account"],
            ["size", "small", "large", "fit", "measure"], ["voucher", "code", "checkout", "discount", "expired"],
        ]  # fmt: skip
        chosen = rng.integers(4, size=count)
        return [" ".join(rng.choice(kinds[kind], 4)) + f" {THINGS[rng.integers(10)]}" for kind in chosen], chosen

    def test_they_are_the_groups_that_were_planted(self):
        texts, planted = self.texts(1)
        result, names = self.found(texts)
        said = result.tables["intents"].column("intent").to_pylist()
        assert len(names) == 4
        assert len({(name, kind) for name, kind in zip(said, planted.tolist(), strict=True)}) == 4

    def test_codes_and_names_stay_and_new_ones_are_new(self):
        texts, _ = self.texts(1)
        first, names = self.found(texts)
        rows = first.tables["found"]
        earlier = rows.append_column("next_intent_code", pa.array([5] * rows.num_rows, pa.int32()))
        again, _ = self.texts(2)
        new = [f"newsletter unsubscribe mailing stop subscription {thing} {THINGS[number % 9]}"
               for number, thing in enumerate(THINGS * 8)]  # fmt: skip
        _, kept = self.found([*again, *new], earlier)
        assert names < kept
        assert {code for code, _ in kept - names} == {5}

    def test_too_few_texts_find_none(self):
        assert found_intents.find(["parcel late"] * 50, NOTHING_BEFORE) is None
