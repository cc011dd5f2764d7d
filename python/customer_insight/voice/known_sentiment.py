"""What could be said of a text when it was written: for whoever learns from it what came later.

A model is learned anew whenever the rated reviews have doubled, from the days up to the one on which they did, and
judges what was written on later days until the next. What came afterwards has no part in it, nor in which languages the
shop's customers write and which of them a text is told to be in.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.voice import rated_learning
from customer_insight.voice.voice_texts import VoiceTexts, WrittenTexts

# Rated reviews at which a model is learned: the first one needs the help of a list of words.
COUNTS = (250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 64_000, 256_000, 1_024_000, 4_096_000, 16_384_000)
# Distinct texts that each is learned from at most.
SAMPLE_TEXTS = 50_000


def known_probabilities(texts: VoiceTexts) -> tuple[Floats, Floats]:
    """Of each review and of each message, NaN where there was too little, or its day is not known."""
    rated = texts.reviews.rated(-np.inf)
    rated = rated.only(np.isfinite(rated.day))
    written = (texts.reviews, texts.messages)
    found = tuple(np.full(each.codes.size, np.nan) for each in written)
    starts = _last_days(rated.day)
    for start, end in pairwise([*starts, np.inf]):
        known = texts.as_known(start, end)
        learned = rated_learning.learn(known, rated.only(rated.day <= start).rated(start), SAMPLE_TEXTS)
        if isinstance(learned, str):
            continue
        rows = [_between(each, start, end) for each in written]
        asked = np.concatenate([each.text[row] for each, row in zip(written, rows, strict=True)])
        distinct, back = np.unique(asked, return_inverse=True)
        answers = learned.probabilities(known, distinct)[back]
        for values, row, part in zip(found, rows, np.split(answers, [rows[0].size]), strict=True):
            values[row] = part
    return found[0], found[1]


def _last_days(day: Floats) -> list[float]:
    """The days that the models are learned up to, ascending: those on which the counts were reached."""
    ordered = np.sort(day)
    return sorted({float(ordered[count - 1]) for count in COUNTS if count <= ordered.size})


def _between(written: WrittenTexts, start: float, end: float) -> Ints:
    """Rows with a text of the days after `start` up to `end`."""
    with np.errstate(invalid="ignore"):
        return np.flatnonzero((written.text >= 0) & (written.day > start) & (written.day <= end))
