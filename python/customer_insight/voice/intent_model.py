"""What a message is about, learned from messages whose intent is known.

One logistic regression an intent against all others on weights of words and characters; the name of an intent counts as
one more message of it, which helps most where examples are few. The answers become probabilities by one temperature
(Guo and others, "On calibration of modern neural networks", 2017), chosen on texts that were not learned from, and so
is the probability below which nothing is answered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from scipy import optimize, sparse
from scipy.special import log_softmax, softmax
from sklearn.linear_model import LogisticRegression

from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.numerics.threads import in_threads
from customer_insight.texts import word_and_character_weights as term_weights
from customer_insight.texts.word_and_character_weights import WordsAndCharacters

# Least squares of weights against errors: chosen on banking77, where 10 and 100 are alike.
_C = 30.0
_TOLERANCE, _TOLERANCE_OF_MANY = 1.0, 3.0
# What shall be right of the answers that are given.
WANTED_ACCURACY = 0.95
# With more texts a tenth that is kept back tells enough, and nothing is learned twice.
_FEW = 20_000
_FOLDS = 5
# Texts that have a term, where texts are many: what one text alone has are numbers and slips.
_LEAST_TEXTS_OF_MANY = 2
# Of the texts learned from this share is stranger than any text that gets an answer.
_STRANGE_SHARE = 0.02
_DECIMALS = 8
# Texts that become rows at a time.
_BLOCK = 20_000


class Guess(NamedTuple):
    """Of each text the two best intents and their probabilities (shape (texts, 2); NaN without a known term), and how
    usual it is (`Usual.likeness`).
    """

    places: Ints
    probabilities: Floats
    likeness: Floats


@dataclass(frozen=True)
class Usual:
    """Labelled texts as a model sees them that has not learned from them: how the best intent of each scores against
    all others, and how much of each text is known; both ascending. least: a text that is less like them is strange.

    A question about nothing of the shop's may score high by a word or two that it shares with an intent, and may be of
    everyday words; both together are rare (conformal p-values; Fisher 1932: the sum of their logarithms).
    """

    scores: Floats
    known: Floats
    least: float

    def likeness(self, scores: Floats, known: Floats) -> Floats:
        """Sum of the logarithms of the shares of labelled texts that score, and are known, as little."""
        shares = [
            (np.searchsorted(usual, np.round(values, _DECIMALS), side="right") + 1) / (usual.size + 1)
            for usual, values in ((self.scores, scores), (self.known, known))
        ]
        return np.asarray(np.round(np.log(shares[0]) + np.log(shares[1]), _DECIMALS), dtype=np.float64)


@dataclass(frozen=True)
class IntentModel:
    """Weights of terms, and of each intent: shape (intents, terms). threshold: the least probability of an answer.

    usual: what a text must be like to get an answer: one about none of the intents scores low against each, which
    probabilities, shared out among the intents, do not show, or has words that nobody labelled.
    """

    intents: list[str]
    terms: WordsAndCharacters
    weights: Floats
    levels: Floats
    temperature: float
    threshold: float
    usual: Usual

    def is_sure(self, guesses: Guess) -> Bools:
        """Whether the first guess is an answer: likely enough, and of a text that is like those learned from."""
        likely = np.nan_to_num(guesses.probabilities[:, 0]) >= self.threshold
        return np.asarray(likely & (guesses.likeness >= self.usual.least))

    def probabilities(self, texts: list[str]) -> Floats:
        """Shape (texts, intents); NaN for a text without a known term."""
        parts = in_threads(lambda start: self._block(texts[start : start + _BLOCK])[0], range(0, len(texts), _BLOCK))
        return np.vstack([np.zeros((0, len(self.intents))), *parts])

    def best_two(self, texts: list[str]) -> Guess:
        """The two most likely intents of each text."""

        def of_block(start: int) -> Guess:
            found, likeness = self._block(texts[start : start + _BLOCK])
            places = np.argsort(-np.nan_to_num(found), axis=1, kind="stable")[:, :2].astype(np.int64)
            return Guess(places, np.take_along_axis(found, places, axis=1), likeness)

        none = Guess(np.zeros((0, 2), dtype=np.int64), np.zeros((0, 2)), np.zeros(0))
        parts = [none, *in_threads(of_block, range(0, len(texts), _BLOCK))]
        return Guess(*(np.concatenate(each) for each in zip(*parts, strict=True)))

    def _block(self, texts: list[str]) -> tuple[Floats, Floats]:
        rows, known = self.terms.rows_and_known(texts)
        scores = np.asarray(rows @ self.weights.T + self.levels)
        found = np.asarray(np.round(softmax(self.temperature * scores, axis=1), _DECIMALS))
        # signs alone, a question mark say, have been learned with words and mean nothing without
        has_letters = np.array([any(map(str.isalpha, text)) for text in texts], dtype=np.bool_)
        found[(np.diff(rows.indptr) == 0) | ~has_letters] = np.nan
        return found, self.usual.likeness(scores.max(axis=1), known)


@dataclass(frozen=True)
class OutOfSample:
    """Texts that were judged by what had not learned from them: their intents, the scores of all intents, and how much
    of them is known.
    """

    labels: Ints
    scores: Floats
    known: Floats


def fit(texts: list[str], labels: Ints, intents: list[str], *, seed: int = 0) -> IntentModel:
    """A model of distinct texts and their intents (places in `intents`; each has two texts at least)."""
    folds = _folds(labels, seed)
    if len(texts) > _FEW:
        first, kept_back = folds != 0, np.flatnonzero(folds == 0)
        chosen = [texts[place] for place in np.flatnonzero(first)]
        terms, weights, levels = _learned(chosen, labels[first], intents)
        rows, known = terms.rows_and_known([texts[place] for place in kept_back])
        judged = OutOfSample(labels[kept_back], np.asarray(rows @ weights.T + levels), known)
    else:
        terms, weights, levels = _learned(texts, labels, intents)
        judged = _cross_fitted(texts, labels, intents, folds)
    temperature = _temperature(judged)
    probabilities = np.round(softmax(temperature * judged.scores, axis=1), _DECIMALS)
    threshold = answer_threshold(probabilities, judged.labels)
    return IntentModel(intents, terms, weights, levels, temperature, threshold, _usual(judged))


def _usual(judged: OutOfSample) -> Usual:
    scores, known = (np.round(each, _DECIMALS) for each in (judged.scores.max(axis=1), judged.known))
    usual = Usual(np.sort(scores), np.sort(known), 0.0)
    return replace(usual, least=float(np.quantile(usual.likeness(scores, known), _STRANGE_SHARE, method="lower")))


def answer_threshold(probabilities: Floats, labels: Ints, wanted: float = WANTED_ACCURACY) -> float:
    """The lowest probability from which on as many answers are right as wanted; above 1 where none is."""
    best, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    order = np.argsort(-best, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, labels.size + 1)
    # of equal probabilities all are answered or none
    ends = np.append(best[order][1:] != best[order][:-1], True)
    good = np.flatnonzero((share >= wanted) & ends)
    return float(best[order][good[-1]]) if good.size else float(np.nextafter(1, 2))


def _learned(texts: list[str], labels: Ints, intents: list[str]) -> tuple[WordsAndCharacters, Floats, Floats]:
    is_few = len(texts) <= _FEW
    terms, rows = term_weights.fit(texts, 1 if is_few else _LEAST_TEXTS_OF_MANY)
    tolerance = _TOLERANCE if is_few else _TOLERANCE_OF_MANY
    named = terms.rows([intent.replace("_", " ").replace("-", " ") for intent in intents])
    rows, labels = sparse.vstack([rows, named], format="csr"), np.append(labels, np.arange(len(intents)))

    def one_against_all(intent: int) -> tuple[Floats, float]:
        model = LogisticRegression(C=_C, tol=tolerance, solver="liblinear", dual=True, random_state=0)
        model.fit(rows, labels == intent)
        # sums of the solver depend on where its arrays lie in memory, in the last digits
        return np.round(model.coef_[0], _DECIMALS), round(float(model.intercept_[0]), _DECIMALS)

    # one after another: liblinear in threads ended a process once, and is no faster
    found = [one_against_all(intent) for intent in range(len(intents))]
    return terms, np.stack([weights for weights, _ in found]), np.array([level for _, level in found])


def _cross_fitted(texts: list[str], labels: Ints, intents: list[str], folds: Ints) -> OutOfSample:
    scores, known = np.zeros((len(texts), len(intents))), np.zeros(len(texts))
    for fold in np.unique(folds):
        others = np.flatnonzero(folds != fold)
        terms, weights, levels = _learned([texts[place] for place in others], labels[others], intents)
        judged = np.flatnonzero(folds == fold)
        rows, known[judged] = terms.rows_and_known([texts[place] for place in judged])
        scores[judged] = rows @ weights.T + levels
    return OutOfSample(labels, scores, known)


def _folds(labels: Ints, seed: int) -> Ints:
    """A fold for each text, each intent spread over all of them; a tenth in each where texts are many."""
    count = _FOLDS if labels.size <= _FEW else 10
    shuffled = np.random.default_rng(seed).permutation(labels.size)
    order = shuffled[np.argsort(labels[shuffled], kind="stable")]
    folds = np.empty(labels.size, dtype=np.int64)
    folds[order] = np.arange(labels.size) % count
    return folds


def _temperature(judged: OutOfSample) -> float:
    """What scores are multiplied by so that they are the best probabilities: those of the least log loss."""
    place = np.arange(judged.labels.size)

    def loss(log_temperature: float) -> float:
        return -float(log_softmax(np.exp(log_temperature) * judged.scores, axis=1)[place, judged.labels].mean())

    return round(float(np.exp(optimize.minimize_scalar(loss, bounds=(-4, 4), method="bounded").x)), 4)
