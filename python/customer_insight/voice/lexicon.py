"""How positive English texts are by a list of words: what helps where a shop's own ratings are few.

Source: Hutto and Gilbert, "VADER: a parsimonious rule-based model for sentiment analysis of social media text", 2014.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pyarrow.compute

from customer_insight.numerics.arrays import ArrowArray, Bools, Floats

pc: Any = pyarrow.compute

LANGUAGE = "en"
# What is read of a text: it costs as much as it is long, and longer ones say early what they mean.
_MOST_LETTERS = 1_000


@cache
def _analyzer() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def scores(texts: ArrowArray, is_read: Bools) -> Floats:
    """From -1 to 1; 0 where nothing is said or the text is not to be read. Shape (texts,)."""
    anything: Any = texts
    found = np.zeros(len(anything))
    cut = pc.utf8_slice_codeunits(anything.filter(is_read), 0, _MOST_LETTERS)
    # with a typographic apostrophe it takes "isn't good" for praise: findings/vadersentiment_typographic_apostrophe.sh
    typed = pc.replace_substring(cut, "\u2019", "'").to_pylist()
    found[is_read] = [_analyzer().polarity_scores(text)["compound"] for text in typed]
    return found
