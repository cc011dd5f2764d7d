"""A message now: earlier turns count, who is strange gets no facts, and what is not known is handed over."""

import stat
import time
from datetime import datetime

import pytest
from customer_insight.commands import answer_models
from customer_insight.commands.answer import Desk, turns
from customer_insight.commands.answer_models import AnswerModelError
from customer_insight.commands.project import CommandError
from customer_insight.steps import fitted
from customer_insight.voice.answering import Answerer, Customer, OwnLine
from voice import test_message_entities, test_message_intents, test_suggested_replies

NOW = datetime(2024, 6, 1)
LINE = OwnLine("O000123", "P1", "Nordic Teacup", "Home", datetime(2024, 5, 30), None)
OLDER = OwnLine("O000007", "P2", "Studio Teacup", "Home", datetime(2024, 3, 1), datetime(2024, 3, 9))
ANNA = Customer([LINE, OLDER], "anna.smith7")


@pytest.fixture(scope="module")
def kept():
    """What the three steps fit on small data."""
    fitted.taken()
    made = test_message_intents.written(400, label_every=50)
    messages = test_message_intents.table([m[0] for m in made], [m[1] for m in made])
    test_message_intents.message_intents.run(messages, test_message_intents.NOTHING_BEFORE, evaluate=False)
    test_message_entities.entities("the Nordic Teacup")
    rows, _ = test_suggested_replies.shop(1)
    test_suggested_replies.suggested(rows, [("t", "refund", "en", "We refund order {order_id}.")])
    return fitted.taken()


@pytest.fixture(scope="module")
def answerer(kept):
    return Answerer(*(kept[name][1] for name in answer_models.STEPS))


def test_an_answer_shows_the_customers_own_latest_order(answerer):
    found = answerer.answer("Where is my teacup?", ANNA, [], NOW)
    assert (found.intent, found.order_id, found.hands_over) == ("order_status", "O000123", False)
    assert found.replies
    assert all("O000007" not in reply.text for reply in found.replies)


def test_an_order_number_given_once_is_kept(answerer):
    earlier = ["I write about O000007", "hello?"]
    assert answerer.answer("Where is my parcel?", ANNA, earlier, NOW).order_id == "O000007"


def test_an_order_number_alone_answers_what_was_asked_before(answerer):
    found = answerer.answer("It is O000007", ANNA, ["I want my money back for the kettle."], NOW)
    assert (found.intent, found.order_id) == ("refund", "O000007")
    assert [reply.text for reply in found.replies] == ["We refund order O000007."]


@pytest.mark.parametrize("customer", [ANNA, Customer()])
def test_an_order_that_is_not_the_customers_gives_no_facts(answerer, customer):
    found = answerer.answer("I want my money back for the kettle. It is O999999", customer, [], NOW)
    assert found.order_id is None
    assert all("O0" not in reply.text and "O9" not in reply.text for reply in found.replies)
    assert found.hands_over
    assert found.reason == "No earlier answer or template for refund can be filled with what is known."


@pytest.mark.parametrize("text", ["", "?", "👍", "What is the meaning of life?", "zxqv", "<br>", "a" * 100_000])
def test_what_is_not_known_is_handed_over(answerer, text):
    found = answerer.answer(text, ANNA, [], NOW)
    assert found.hands_over
    assert found.reason
    assert found.replies == []


def test_without_learned_intents_everything_is_handed_over(answerer):
    found = Answerer(None, answerer.names, answerer.replies).answer("Where is my teacup?", ANNA, [], NOW)
    assert (found.hands_over, found.reason) == (True, "No intent could be learned: too few messages are labelled.")


def test_a_message_takes_less_than_fifty_milliseconds(answerer):
    answerer.answer("Where is my teacup?", ANNA, [], NOW)
    begun = time.process_time()
    for _ in range(20):
        answerer.answer("Where is my teacup? Order O000123 of 3 March 2024, £12.50. Thanks, Anna", ANNA, ["hello"], NOW)
    assert (time.process_time() - begun) / 20 < 0.05


class TestTheFolderOfModels:
    """Private, plain, of one build."""

    RUNS = ("message_intents", "message_entities", "suggested_replies")

    def test_what_was_written_answers_alike(self, kept, answerer, tmp_path):
        warehouse = tmp_path / "shop.duckdb"
        assert answer_models.write(warehouse, kept)
        again = answer_models.read(warehouse, {name: kept[name][0] for name in self.RUNS})
        for text in ("Where is my teacup?", "I want my money back", "What is the meaning of life?"):
            assert repr(again.answer(text, ANNA, [], NOW)) == repr(answerer.answer(text, ANNA, [], NOW))

    def test_only_the_owner_may_read_it_and_nothing_is_pickled(self, kept, tmp_path):
        answer_models.write(tmp_path / "shop.duckdb", kept)
        folder = tmp_path / "shop.answers"
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
        assert {file.suffix for file in folder.iterdir()} == {".npy", ".json"}
        assert [file.name for file in tmp_path.iterdir()] == ["shop.answers"]

    def test_of_another_build_it_is_refused(self, kept, tmp_path):
        answer_models.write(tmp_path / "shop.duckdb", kept)
        with pytest.raises(AnswerModelError, match="of another build"):
            answer_models.read(tmp_path / "shop.duckdb", dict.fromkeys(self.RUNS, "0" * 16))
        with pytest.raises(AnswerModelError, match="build the warehouse first"):
            answer_models.read(tmp_path / "other.duckdb", {})

    def test_a_run_of_some_steps_leaves_it_as_it_is(self, kept, tmp_path):
        assert not answer_models.write(tmp_path / "shop.duckdb", {"message_intents": kept["message_intents"]})
        assert list(tmp_path.iterdir()) == []


def test_lines_of_a_conversation_are_the_customers_unless_they_are_the_shops(tmp_path):
    file = tmp_path / "turns.txt"
    file.write_text("customer: Where is it?\nShop: Which order?\n\nO000123\n", encoding="utf-8")
    assert turns(file) == ["Where is it?", "O000123"]
    with pytest.raises(CommandError, match="expected a text file"):
        turns(tmp_path / "none.txt")


def test_without_a_warehouse_it_says_so(tmp_path):
    with pytest.raises(CommandError, match="is not there: build it first"):
        Desk(tmp_path / "none.duckdb")
