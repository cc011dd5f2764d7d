"""What each message to the shop is about: as the shop labelled it, as was learned from its labels, or else found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays, memory
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.numerics.threads import linear_algebra_in_threads
from customer_insight.scoring.evaluation_table import EvaluationRow, evaluation_table
from customer_insight.steps import fitted, parameters
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult
from customer_insight.voice import found_intents, intent_evaluation, intent_model
from customer_insight.voice.found_intents import FoundIntents
from customer_insight.voice.labelled_messages import LEAST_TEXTS, MOST_TEXTS, NO_LABEL, Messages, read_messages

NAME = "message_intents"
LABELLED, LEARNED, FOUND = "labelled", "learned", "found"
# A found intent answers where the cosine with its centre is this, at least.
_NEAR_ENOUGH = 0.5


@dataclass(frozen=True)
class Guesses:
    """Of each distinct text the best two intents (places in names; NO_LABEL: none) and their probabilities."""

    names: list[str]
    places: Ints
    probabilities: Floats
    is_answered: Bools
    source: str


def run(messages: pa.Table, earlier: pa.Table, *, evaluate: Setting = True) -> StepResult:
    """Two guesses for every message, and whether the first is sure enough to be an answer.

    messages: message_code, written_day (days since any day, null where not known), message_text, intent (null: not
    labelled). earlier: what this function found at an earlier as_of, see `found`, and next_intent_code.

    Tables: intents (message_code, intent, probability, second_intent, second_probability, is_answered, source:
    labelled, learned or found), found (intent_code, intent_name, term, weight; only where nothing is learned),
    evaluation (model, metric, value, ci_low, ci_high, texts, is_champion).
    A message that the shop labelled has that intent, with probability 1.
    """
    is_judging = parameters.read("evaluate", "boolean", evaluate)
    read = read_messages(messages)
    return linear_algebra_in_threads(lambda _: _run(read, earlier, is_judging), [None])[0]


def _run(messages: Messages, earlier: pa.Table, is_judging: bool) -> StepResult:
    texts, labels, intents = messages.examples(np.ones(messages.codes.size, dtype=np.bool_))
    found: FoundIntents | None = None
    model, guesses = None, None
    if texts:
        model = intent_model.fit(texts, labels, intents)
        guesses = _learned(model, messages.texts)
    else:
        found = found_intents.find(messages.texts, earlier)
        guesses = None if found is None else _found(found)
    rows = intent_evaluation.evaluate(messages) if is_judging and texts else []
    result = StepResult(
        tables={
            "intents": _table(messages, guesses),
            "found": _found_table(found),
            "evaluation": _evaluation(rows),
        },
        status=_status(messages, intents, guesses),
        parameters={"evaluate": is_judging, "wanted_accuracy": intent_model.WANTED_ACCURACY, "most_texts": MOST_TEXTS},
        metrics=_metrics(messages, texts, intents, model, found),
        input_fingerprint=_fingerprint(messages, earlier),
    )
    fitted.keep(NAME, result.run_id(NAME), model)
    memory.give_back()
    return result


def _learned(model: intent_model.IntentModel, texts: list[str]) -> Guesses:
    found = model.best_two(texts)
    is_read = np.isfinite(found.probabilities[:, :1])
    places = np.where(is_read, found.places, NO_LABEL)
    return Guesses(model.intents, places, found.probabilities, model.is_sure(found), LEARNED)


def _found(found: FoundIntents) -> Guesses:
    is_read = np.isfinite(found.shares[:, 0])
    places = np.where(is_read[:, None], found.places, NO_LABEL)
    answered = is_read & (np.nan_to_num(found.shares[:, 0]) >= _NEAR_ENOUGH)
    return Guesses([cluster.name for cluster in found.clusters], places, found.shares, answered, FOUND)


def _table(messages: Messages, guesses: Guesses | None) -> pa.Table:
    size, place = messages.codes.size, messages.distinct.place
    is_labelled = messages.label != NO_LABEL
    names = np.array([*(guesses.names if guesses else []), *messages.intents, None], dtype=object)
    offset = len(names) - 1 - len(messages.intents)
    best = guesses.places[place] if guesses else np.full((size, 2), NO_LABEL)
    best = np.where(best == NO_LABEL, len(names) - 1, best)
    probability = guesses.probabilities[place] if guesses else np.full((size, 2), np.nan)
    first = np.where(is_labelled, messages.label + offset, best[:, 0])
    # what the shop says is no guess; the second is the best one that says something else
    is_same = is_labelled & (names[best[:, 0]] == names[first])
    second = np.where(is_labelled & ~is_same, best[:, 0], best[:, 1])
    second_probability = np.where(is_labelled & ~is_same, probability[:, 0], probability[:, 1])
    answered = guesses.is_answered[place] if guesses else np.zeros(size, dtype=np.bool_)
    guessed = guesses.source if guesses else ""
    source = np.where(is_labelled, LABELLED, np.where(first != len(names) - 1, guessed, ""))
    return pa.table(
        {
            "message_code": arrays.arrow(messages.codes.astype(np.int32)),
            "intent": pa.array(names[first], pa.string()),
            "probability": arrays.nullable(np.where(is_labelled, 1.0, probability[:, 0])),
            "second_intent": pa.array(names[second], pa.string()),
            "second_probability": arrays.nullable(second_probability),
            "is_answered": arrays.arrow(is_labelled | answered),
            "source": pa.array([text or None for text in source.tolist()], pa.string()),
        }
    )


def _found_table(found: FoundIntents | None) -> pa.Table:
    clusters = found.clusters if found else []
    rows = [
        (cluster.code, cluster.name, term, weight) for cluster in clusters for term, weight in cluster.terms.items()
    ]
    kinds = (pa.int32(), pa.string(), pa.string(), pa.float64())
    columns = zip(("intent_code", "intent_name", "term", "weight"), kinds, strict=True)
    return pa.table({name: pa.array([row[at] for row in rows], kind) for at, (name, kind) in enumerate(columns)})


def _evaluation(rows: list[EvaluationRow]) -> pa.Table:
    table = evaluation_table(
        {"model": pa.string(), "metric": pa.string()}, rows, lambda row: row.method == intent_evaluation.LEARNED
    )
    return table.rename_columns([{"customers": "texts"}.get(name, name) for name in table.column_names])


def _status(messages: Messages, intents: list[str], guesses: Guesses | None) -> str:
    if guesses is not None and guesses.source == LEARNED:
        left_out = sorted(set(messages.intents) - set(intents))
        few = f"Not learned, with fewer than {LEAST_TEXTS} labelled texts: {', '.join(left_out)}."
        return few if left_out else OK
    if not messages.codes.size:
        return "There are no messages."
    labels = f"Fewer than two intents have {LEAST_TEXTS} labelled texts"
    if guesses is None:
        return f"{labels}, and there are fewer than {found_intents.LEAST_TEXTS} texts to find any in: no guesses."
    return f"{labels}: intents are groups of messages that were found."


def _metrics(
    messages: Messages,
    texts: list[str],
    intents: list[str],
    model: intent_model.IntentModel | None,
    found: FoundIntents | None,
) -> dict[str, Any]:
    return {
        "messages": messages.codes.size,
        "distinct_texts": messages.distinct.count,
        "learned_from": len(texts),
        "intents": len(intents) or (len(found.clusters) if found else 0),
        "answered_from": model.threshold if model else None,
        "temperature": model.temperature if model else None,
        "likeness_from": model.usual.least if model else None,
    }


def _fingerprint(messages: Messages, earlier: pa.Table) -> str:
    rows = sorted(zip(*(earlier[name].to_pylist() for name in ("intent_code", "term", "weight")), strict=True))
    return arrays.fingerprint(
        {
            "codes": messages.codes,
            "day": messages.day,
            "label": messages.label,
            "intents": pa.array(messages.intents, pa.large_string()),
            "keys": messages.distinct.keys,
            "place": messages.distinct.place,
            "earlier": pa.array([str(row) for row in rows], pa.large_string()),
        }
    )
