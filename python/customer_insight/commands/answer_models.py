"""The private folder beside the warehouse in which the models of a build wait for messages.

Plain arrays (.npy) and JSON, nothing pickled; for the owner's eyes only (folder 0700, files 0600), since words that
customers wrote are in it. Each build that learns writes it anew, so that who was erased is not in it; the ids of the
runs stand in `manifest.json`, and whoever reads it checks them.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from customer_insight.texts import word_and_character_weights
from customer_insight.texts.word_and_character_weights import WordsAndCharacters
from customer_insight.voice import reply_index
from customer_insight.voice.answering import Answerer
from customer_insight.voice.intent_model import IntentModel, Usual
from customer_insight.voice.name_finder import Name, NameFinder
from customer_insight.voice.reply_index import ReplyIndex, Source, State

STEPS = ("message_intents", "message_entities", "suggested_replies")
MANIFEST = "manifest.json"
_FORMAT = 4


class AnswerModelError(ValueError):
    """The folder is missing or of another build; the text is the sentence that the user reads."""


def models_folder(warehouse: Path) -> Path:
    """`<warehouse>.answers` without the warehouse's own ending, in its folder."""
    return warehouse.with_suffix(".answers")


def write(warehouse: Path, kept: dict[str, tuple[str, Any]]) -> bool:
    """Writes what the steps have fitted; False where not all of them ran, and the folder stays as it is."""
    if not set(STEPS) <= set(kept):
        return False
    folder = models_folder(warehouse)
    made = folder.with_name(f".{folder.name}.{secrets.token_hex(8)}")
    made.mkdir(mode=0o700)
    try:
        _write_intents(made, kept["message_intents"][1])
        _write_names(made, kept["message_entities"][1])
        _write_replies(made, kept["suggested_replies"][1])
        _json(made / MANIFEST, {"format": _FORMAT, "runs": {name: kept[name][0] for name in STEPS}})
        shutil.rmtree(folder, ignore_errors=True)
        made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return True


def read(warehouse: Path, runs: dict[str, str]) -> Answerer:
    """What was written. runs: the run ids of the warehouse's steps. Raises AnswerModelError."""
    folder = models_folder(warehouse)
    if not (folder / MANIFEST).is_file():
        raise AnswerModelError(f"{folder} is not there: build the warehouse first (customer-insight build).")
    manifest = _read(folder / MANIFEST)
    if manifest["format"] != _FORMAT or manifest["runs"] != {name: runs.get(name) for name in STEPS}:
        raise AnswerModelError(f"{folder} is of another build than {warehouse}: build the warehouse again.")
    return Answerer(_read_intents(folder), _read_names(folder), _read_replies(folder))


def _write_intents(folder: Path, model: IntentModel | None) -> None:
    if model is None:
        _json(folder / "intents.json", None)
        return
    told = {"intents": model.intents, "temperature": model.temperature, "threshold": model.threshold}
    told["least_likeness"] = model.usual.least
    _json(folder / "intents.json", told)
    _write_terms(folder, "intent", model.terms)
    _array(folder / "intent_weights.npy", model.weights)
    _array(folder / "intent_levels.npy", model.levels)
    _array(folder / "intent_usual.npy", np.stack([model.usual.scores, model.usual.known]))


def _read_intents(folder: Path) -> IntentModel | None:
    told = _read(folder / "intents.json")
    if told is None:
        return None
    weights, levels = _load(folder / "intent_weights.npy"), _load(folder / "intent_levels.npy")
    terms = _read_terms(folder, "intent")
    scores, known = _load(folder / "intent_usual.npy")
    usual = Usual(scores, known, told["least_likeness"])
    return IntentModel(told["intents"], terms, weights, levels, told["temperature"], told["threshold"], usual)


def _write_names(folder: Path, finder: NameFinder) -> None:
    phrases = [[list(phrase), [list(name) for name in names]] for phrase, names in finder.phrases.items()]
    _json(folder / "names.json", {"phrases": phrases, "longest": finder.longest, "slips": finder.slips})


def _read_names(folder: Path) -> NameFinder:
    told = _read(folder / "names.json")
    phrases = {tuple(phrase): [Name(*name) for name in names] for phrase, names in told["phrases"]}
    return NameFinder(phrases, told["longest"], told["slips"])


def _write_replies(folder: Path, index: ReplyIndex) -> None:
    days = [[source.state.order_days, source.state.return_days] for source in index.sources]
    _array(folder / "reply_days.npy", np.array(days, dtype=np.float64).reshape(-1, 2))
    told = [
        [one.code, one.intent, one.template, one.state.category, one.state.language, one.is_seed, sorted(one.echo)]
        for one in index.sources
    ]
    _json(folder / "replies.json", {"sources": told, "has_terms": index.terms is not None})
    if index.terms is not None:
        _write_terms(folder, "reply", index.terms)
        for part in ("data", "indices", "indptr"):
            _array(folder / f"reply_{part}.npy", getattr(index.rows, part))


def _read_replies(folder: Path) -> ReplyIndex:
    told, days = _read(folder / "replies.json"), _load(folder / "reply_days.npy").tolist()
    sources = [
        Source(code, intent, template, State(order_days, return_days, category, language), is_seed, frozenset(echo))
        for (code, intent, template, category, language, is_seed, echo), (order_days, return_days) in zip(
            told["sources"], days, strict=True
        )
    ]
    if not told["has_terms"]:
        return reply_index.index(sources, None, sparse.csr_matrix((len(sources), 0)))
    terms = _read_terms(folder, "reply")
    parts = tuple(_load(folder / f"reply_{part}.npy") for part in ("data", "indices", "indptr"))
    return reply_index.index(sources, terms, sparse.csr_matrix(parts, shape=(len(sources), terms.idf.size)))


def _write_terms(folder: Path, name: str, terms: WordsAndCharacters) -> None:
    _json(folder / f"{name}_terms.json", terms.terms())
    _array(folder / f"{name}_idf.npy", terms.idf)


def _read_terms(folder: Path, name: str) -> WordsAndCharacters:
    return word_and_character_weights.of_terms(_read(folder / f"{name}_terms.json"), _load(folder / f"{name}_idf.npy"))


def _json(file: Path, value: Any) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as text:
        json.dump(value, text, ensure_ascii=False)


def _array(file: Path, values: Any) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        np.save(out, values, allow_pickle=False)


def _read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def _load(file: Path) -> Any:
    return np.load(file, allow_pickle=False)
