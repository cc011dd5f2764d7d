"""Answers that were given, and which of them fit a message: like words, an order in a like state, the same intent.

Score: half the cosine of the two messages' weights of words, and how alike their orders are in age, in whether they
came back and how long ago, and in the product's category. How much each counts was chosen on the made shop.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.texts.word_and_character_weights import WordsAndCharacters
from customer_insight.voice.reply_templates import Facts, filled, needs, words_of

SHOWN = 3
_ORDER_AGE, _SAME_RETURN, _RETURN_AGE, _CATEGORY = 0.3, 0.3, 0.3, 0.1
_MOST = 1.0 + _ORDER_AGE + _SAME_RETURN + _RETURN_AGE + _CATEGORY
# A term is added in full where this share of an intent's sources has it.
_MANY = 0.25
# How fast two ages of an order become unlike: by the logarithm of the days.
_FADING = 2.0
# Questions that are compared with all answers of an intent at a time.
_BLOCK = 500


class State(NamedTuple):
    """Of the order a message is about: days since it and since it came back (NaN: not), its product's category.

    language: the message's own, as an ISO code; '' where it is not known.
    """

    order_days: float = np.nan
    return_days: float = np.nan
    category: str = ""
    language: str = ""


@dataclass(frozen=True)
class Source:
    """An answer to one message, as a template; code: of that message, or of a row of the seed where `is_seed`.

    echo: words that it takes from its own question; only a question that has them, too, gets this answer.
    """

    code: int
    intent: str
    template: str
    state: State
    is_seed: bool = False
    echo: frozenset[str] = frozenset()


@dataclass(frozen=True)
class WaitingMessage:
    """A message that waits for an answer; intent '': not known."""

    text: str
    intent: str
    state: State
    facts: Facts


class Suggestion(NamedTuple):
    """An answer with the facts of who asked: from which source, how well it fits (0 to 1), how alike the words are."""

    source: Source
    text: str
    score: float
    likeness: float


@dataclass(frozen=True)
class _Words:
    """Weights of terms in sources: of terms that many have in full, of the others as they are.

    place: of each term its place among those of many, -1 where it is not; many: shape (of many, sources); few: shape
    (terms, sources), without those of many.
    """

    place: Ints
    many: Floats
    few: sparse.csr_matrix

    def times(self, asked: sparse.csr_matrix) -> Floats:
        """Products of questions and sources, shape (questions, sources). Full rows are added at one go."""
        place = self.place[asked.indices]
        common = _only(asked, place >= 0)
        common = sparse.csr_matrix((common.data, place[place >= 0], common.indptr), (asked.shape[0], len(self.many)))
        found: Floats = common @ self.many
        found += (_only(asked, place < 0) @ self.few).toarray()
        return found


@dataclass(frozen=True)
class _OfIntent:
    """The sources of one intent; those that say the same to the same people stand together.

    places: of each its place among all sources. words: weights of their words. starts: where those begin that say the
    same. rank: where each would stand if all fitted alike; those of the seed come last.
    """

    places: Ints
    words: _Words
    order_days: Floats
    return_days: Floats
    category: npt.NDArray[np.str_]
    is_seed: Bools
    starts: Ints
    rank: Ints

    def best_of_each(self, scores: Floats) -> tuple[Ints, Ints]:
        """Of sources that say the same the one that fits best, and the order of these by fit, each (questions, kinds).

        scores: shape (questions, sources), six decimals.
        """
        count = self.places.size
        key = (np.rint(scores * 1e6).astype(np.int64) + 2_000_000 * ~self.is_seed) * count + (count - 1 - self.rank)
        best = np.maximum.reduceat(key, self.starts, axis=1)
        at = np.empty(count, dtype=np.int64)
        at[self.rank] = np.arange(count)
        return at[count - 1 - best % count], np.argsort(-best, axis=1)


@dataclass(frozen=True)
class ReplyIndex:
    """All sources; rows: weights of the words of the messages that they answered (those of the seed have none)."""

    sources: list[Source]
    terms: WordsAndCharacters | None
    rows: sparse.csr_matrix
    by_intent: dict[str, _OfIntent] = field(default_factory=dict)

    def suggestions(self, questions: list[WaitingMessage]) -> list[list[Suggestion]]:
        """At most three answers for each question, the best first; none where its intent is not known."""
        found: list[list[Suggestion]] = [[] for _ in questions]
        waiting: dict[str, list[int]] = {}
        for place, question in enumerate(questions):
            if question.intent in self.by_intent:
                waiting.setdefault(question.intent, []).append(place)
        for intent, places in waiting.items():
            for start in range(0, len(places), _BLOCK):
                block = places[start : start + _BLOCK]
                sources = self.by_intent[intent]
                scores, likeness = self._scores([questions[place] for place in block], sources)
                best, order = sources.best_of_each(scores)
                for row, place in enumerate(block):
                    fitting = (best[row, kind] for kind in order[row])
                    found[place] = self._best(questions[place], fitting, scores[row], likeness[row], sources)
        return found

    def _scores(self, questions: list[WaitingMessage], sources: _OfIntent) -> tuple[Floats, Floats]:
        alike = np.zeros((len(questions), len(sources.places)))
        if self.terms is not None:
            asked = self.terms.rows([question.text for question in questions])
            alike = sources.words.times(asked) / 2  # both halves have length 1
        own = _columns([question.state for question in questions])
        days = _closeness(own[0], sources.order_days)
        back = _closeness(own[1], sources.return_days)
        known = np.isfinite(own[0])[:, None] & np.isfinite(sources.order_days)
        came = np.isfinite(own[1])[:, None] == np.isfinite(sources.return_days)
        category = (own[2][:, None] == sources.category) & (own[2][:, None] != "")
        total = alike + _ORDER_AGE * days + _SAME_RETURN * (came & known) + _RETURN_AGE * back + _CATEGORY * category
        return np.round(total / _MOST, 6), alike

    def _best(
        self, question: WaitingMessage, fitting: Iterator[int], scores: Floats, likeness: Floats, sources: _OfIntent
    ) -> list[Suggestion]:
        best: list[Suggestion] = []
        texts: set[str] = set()
        said, known = words_of(question.text), question.facts.known()
        for place in fitting:
            source = self.sources[sources.places[place]]
            is_foreign = "" != question.state.language != source.state.language != ""
            if is_foreign or not source.echo <= said or not needs(source.template) <= known:
                continue
            text = filled(source.template, question.facts)
            if text is None or text in texts:
                continue
            texts.add(text)
            best.append(Suggestion(source, text, float(scores[place]), float(likeness[place])))
            if len(best) == SHOWN:
                break
        return best


def index(sources: list[Source], terms: WordsAndCharacters | None, rows: sparse.csr_matrix) -> ReplyIndex:
    """Sources by their intents."""
    places: dict[str, list[int]] = {}
    for place, source in enumerate(sources):
        places.setdefault(source.intent, []).append(place)
    return ReplyIndex(
        sources, terms, rows, {intent: _of_intent(sources, rows, chosen) for intent, chosen in places.items()}
    )


def _of_intent(sources: list[Source], rows: sparse.csr_matrix, chosen: list[int]) -> _OfIntent:
    number: dict[tuple[str, str, frozenset[str], bool], int] = {}
    said = ((each.template, each.state.language, each.echo, each.is_seed) for each in (sources[at] for at in chosen))
    kind = np.array([number.setdefault(each, len(number)) for each in said], dtype=np.int64)
    order = np.argsort(kind, kind="stable")
    places = np.array(chosen, dtype=np.int64)[order]
    is_seed = np.array([sources[place].is_seed for place in places], dtype=np.bool_)
    rank = np.empty(order.size, dtype=np.int64)
    rank[np.lexsort((order, is_seed))] = np.arange(order.size)
    starts = np.flatnonzero(np.diff(kind[order], prepend=-1))
    columns = _columns([sources[place].state for place in places])
    return _OfIntent(places, _words(rows[places]), *columns, is_seed, starts, rank)


def _words(rows: sparse.csr_matrix) -> _Words:
    of_terms = sparse.csr_matrix(rows.T)
    sources = np.diff(of_terms.indptr)
    many = np.flatnonzero(sources > _MANY * rows.shape[0])
    place = np.full(sources.size, -1, dtype=np.int64)
    place[many] = np.arange(many.size)
    return _Words(place, of_terms[many].toarray(), _only(of_terms, np.repeat(place, sources) < 0))


def _only(rows: sparse.csr_matrix, kept: Bools) -> sparse.csr_matrix:
    """The entries that are kept, in their order."""
    ends = np.concatenate([[0], np.cumsum(kept)])[rows.indptr]
    return sparse.csr_matrix((rows.data[kept], rows.indices[kept], ends), rows.shape)


def _columns(states: list[State]) -> tuple[Floats, Floats, npt.NDArray[np.str_]]:
    """Days since the orders, days since they came back, categories."""
    days = np.array([[state.order_days, state.return_days] for state in states], dtype=np.float64).reshape(-1, 2)
    return days[:, 0], days[:, 1], np.array([state.category for state in states], dtype=np.str_)


def _closeness(first: Floats, second: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        apart = np.abs(np.log1p(np.maximum(first, 0))[:, None] - np.log1p(np.maximum(second, 0)))
    return np.asarray(np.nan_to_num(np.exp(-_FADING * apart), nan=0.0), dtype=np.float64)
