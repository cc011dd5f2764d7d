"""How good sentiment is out of time: learned from the reviews before a day, judged by those after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.scoring import champion
from customer_insight.scoring.evaluation_table import EvaluationRow
from customer_insight.scoring.intervals import intervals, resampled
from customer_insight.scoring.probability_scores import auc, brier, calibration_error, reliability
from customer_insight.voice import lexicon, rated_learning, sentiment_model
from customer_insight.voice.sentiment_model import RatedTexts
from customer_insight.voice.voice_texts import POSITIVE_STARS, VoiceTexts, WrittenTexts

TASK = "sentiment"
LEARNED, LEXICON, SHARE = "learned", "lexicon", "share of positives"
# Share of the rated reviews that judges, the latest; how many that are at least, and at most (drawn by their texts).
JUDGED_SHARE = 0.2
LEAST_JUDGED = 100
MOST_JUDGED = 3_000
# Of them that have to be English for a list of English words to be a rival.
ENGLISH_SHARE = 0.9
# Distinct texts that are learned from at most: more of them change the figures by less than their intervals.
LEARNED_TEXTS = 50_000
# Texts that make the list's scores probabilities: three numbers are learned from them.
_LEXICON_TEXTS = 1_000


@dataclass(frozen=True)
class Rival:
    """What one model says of the reviews that judge; limit: below it a review is negative."""

    name: str
    probability: Floats
    limit: float


def evaluate(texts: VoiceTexts) -> tuple[list[EvaluationRow], str]:
    """Figures of each model, and which is best; none where too few reviews have days."""
    rated = texts.reviews.rated(-np.inf)
    rated = rated.only(np.isfinite(rated.day))
    if rated.codes.size * JUDGED_SHARE < LEAST_JUDGED:
        return [], ""
    first_day = np.sort(rated.day)[int(rated.day.size * (1 - JUDGED_SHARE))]
    last_day = float(np.nextafter(first_day, -np.inf))
    before, after = rated.only(rated.day < first_day).rated(last_day), rated.only(rated.day >= first_day)
    texts = texts.as_known(last_day, np.inf)
    learned = rated_learning.learn(texts, before, LEARNED_TEXTS)
    if isinstance(learned, str) or after.codes.size < LEAST_JUDGED:
        return [], ""
    after = after.only(np.isin(np.arange(after.codes.size), np.argsort(after.text, kind="stable")[:MOST_JUDGED]))
    probability = learned.probabilities(texts, after.text)
    is_judged = np.isfinite(probability)
    after, probability = after.only(is_judged), probability[is_judged]
    positive = after.rating >= POSITIVE_STARS
    if not 0 < positive.sum() < positive.size:
        return [], ""
    rivals = [
        Rival(SHARE, np.full(positive.size, learned.positive_share), 1 - learned.positive_share),
        Rival(LEARNED, probability, learned.limit),
    ]
    if (texts.language[after.text] == texts.place_of(lexicon.LANGUAGE)).mean() >= ENGLISH_SHARE:
        rivals.insert(1, _by_lexicon(texts, before, after))
    losses = np.column_stack([-brier(each.probability, positive) for each in rivals])
    best = rivals[champion.champion(losses)].name
    return [row for each in rivals for row in _figures(each, positive)], best


def _by_lexicon(texts: VoiceTexts, before: WrittenTexts, after: WrittenTexts) -> Rival:
    """The list of words alone, made probabilities by the reviews before the cut."""
    place = np.unique(before.text)[:_LEXICON_TEXTS]
    taught = before.only(np.isin(before.text, place))
    reviews, positive = (each[place] for each in rated_learning.counted(texts, taught))
    rated = RatedTexts(texts.said.of(place), texts.distinct.keys[place], reviews, positive, texts.lexicon(place))
    probability, limit = sentiment_model.by_lexicon_alone(rated, texts.lexicon(after.text))
    return Rival(LEXICON, probability, limit)


def _figures(rival: Rival, positive: Bools) -> list[EvaluationRow]:
    said = rival.probability < rival.limit
    bins = _bins(rival.probability, positive)
    losses = brier(rival.probability, positive)
    found: dict[str, tuple[float, Callable[[Floats], Floats]]] = {
        "brier": (float(losses.mean()), lambda times: times @ losses / times.sum(axis=1)),
        "f1_of_negatives": (
            float(_f1(said, positive, np.ones((1, positive.size)))[0]),
            lambda t: _f1(said, positive, t),
        ),
        "calibration_error": (
            calibration_error(rival.probability, positive),
            lambda times: _gaps(bins, rival.probability - positive, times),
        ),
    }
    area = auc(rival.probability, positive)
    rows = [EvaluationRow(rival.name, "auc", *area, customers=positive.size)]
    for metric, (value, figure) in found.items():
        low, high = intervals(resampled(positive.size, figure)[:, None])
        rows.append(EvaluationRow(rival.name, metric, value, float(low[0]), float(high[0]), positive.size))
    return rows


def _f1(said: Bools, positive: Bools, times: Floats) -> Floats:
    both = times @ (said & ~positive).astype(np.float64)
    whole = times @ (said.astype(np.float64) + ~positive)
    return np.divide(2 * both, whole, out=np.zeros_like(both), where=whole > 0)


def _bins(probability: Floats, positive: Bools) -> Ints:
    """The bin of each review: those of `reliability`."""
    sizes = [count for _, count, _, _ in reliability(probability, positive)]
    bins = np.empty(probability.size, dtype=np.int64)
    bins[np.argsort(probability, kind="stable")] = np.repeat(np.arange(len(sizes)), sizes)
    return bins


def _gaps(bins: Ints, gap: Floats, times: Floats) -> Floats:
    """Mean distance over the bins, of each sample."""
    each = np.stack([np.abs(times[:, bins == number] @ gap[bins == number]) for number in range(bins.max() + 1)])
    return np.asarray(each.sum(axis=0) / times.sum(axis=1), dtype=np.float64)
