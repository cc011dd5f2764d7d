"""What was learned of texts, as tables of reviews and messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.special import expit, logit

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import ArrowArray, Bools, Floats, Ints
from customer_insight.scoring.evaluation_table import EvaluationRow, evaluation_table
from customer_insight.voice import product_voice as products_voice
from customer_insight.voice import review_aspects as aspects_of_texts
from customer_insight.voice.review_aspects import NamedAspects
from customer_insight.voice.voice_texts import POSITIVE_STARS, VoiceTexts, WrittenTexts

# A rating contradicts its text where the text is so unlikely for 4 or 5 stars, or so likely with 1 or 2; also were
# there as many positive reviews as others: in a shop of 90 % positive ones a text that says nothing has .9, too.
UNLIKELY, LIKELY = 0.1, 0.9
_MOST_STARS_OF_BLAME = 2
POSITIVE, NEGATIVE = "positive", "negative"


def code_or_none(table: pa.Table, name: str) -> Ints:
    """A column of codes, -1 where null."""
    codes, is_known = arrays.codes_and_validity(table, name)
    return np.where(is_known, codes, -1)


def sentiment(
    texts: VoiceTexts, written: WrittenTexts, code: str, probability: Floats, known: Floats, limit: float
) -> pa.Table:
    """One row per review or message; probability, known: of each row."""
    return pa.table(
        {
            code: arrays.arrow(written.codes),
            "language": texts.language_names(written.text),
            "sentiment": _names(probability >= limit, np.isfinite(probability)),
            "probability": arrays.nullable(probability),
            "known_probability": arrays.nullable(known),
        }
    )


def review_sentiment(texts: VoiceTexts, probability: Floats, known: Floats, limit: float, usual: float) -> pa.Table:
    """The same of reviews, and whether stars and text contradict each other: null where one of them says nothing.

    usual: log-odds of a positive review.
    """
    unlikely = min(UNLIKELY, float(expit(logit(UNLIKELY) + usual)))
    likely = max(LIKELY, float(expit(logit(LIKELY) + usual)))
    rows = texts.reviews
    with np.errstate(invalid="ignore"):
        contradicts = (rows.rating >= POSITIVE_STARS) & (probability < unlikely)
        contradicts |= (rows.rating <= _MOST_STARS_OF_BLAME) & (probability > likely)
    is_known = np.isfinite(rows.rating) & np.isfinite(probability)
    table = sentiment(texts, rows, "review_code", probability, known, limit)
    return table.append_column("is_rating_contradicted", arrays.arrow(contradicts, ~is_known))


def review_aspects(texts: VoiceTexts, aspects: NamedAspects) -> pa.Table:
    """One row per review and aspect that it names."""
    review, place = _of_reviews(texts, aspects)
    odds = aspects.log_odds[place]
    names: Any = pa.array(aspects.names, pa.string())
    is_found: Any = pa.array([name in aspects.found_words for name in aspects.names], pa.bool_())
    aspect: Any = arrays.arrow(aspects.aspect[place])
    return pa.table(
        {
            "review_code": arrays.arrow(texts.reviews.codes[review]),
            "aspect": names.take(aspect),
            "is_found": is_found.take(aspect),
            "sentiment": _names(odds >= 0, np.isfinite(odds)),
            "probability": arrays.nullable(aspects_of_texts.praise(odds)),
        }
    )


def product_voice(texts: VoiceTexts, aspects: NamedAspects, products: pa.Table, least: int) -> pa.Table:
    """See `product_voice.table`; products: product_code and category_code of each review."""
    review, place = _of_reviews(texts, aspects)
    product, category = (code_or_none(products, name)[review] for name in ("product_code", "category_code"))
    counts = np.isnan(texts.reviews.suspected[review])  # those of suspects praise nothing
    told = np.flatnonzero(np.isfinite(aspects.log_odds[place]) & (product >= 0) & counts)
    rows: Any = pa.array(place[told])
    anything: Any = aspects.sentence
    opinions = products_voice.Opinions(
        product[told],
        category[told],
        aspects.aspect[place[told]],
        aspects.log_odds[place[told]],
        anything.take(rows),
    )
    return products_voice.table(opinions, aspects.names, least)


def evaluation(rows: Sequence[EvaluationRow], best: str) -> pa.Table:
    """Figures of models; is_champion: of the best one."""
    table = evaluation_table(
        {"model": pa.string(), "metric": pa.string()}, rows, is_champion=lambda row: row.method == best
    )
    return table.rename_columns(["texts" if name == "customers" else name for name in table.column_names])


def _names(is_positive: Bools, is_known: Bools) -> ArrowArray:
    names: Any = pa.array([NEGATIVE, POSITIVE], pa.string())
    named: ArrowArray = names.take(arrays.arrow(is_positive.astype(np.int64), ~is_known))
    return named


def _of_reviews(texts: VoiceTexts, aspects: NamedAspects) -> tuple[Ints, Ints]:
    """(place of the review, place in the aspects) for each review and aspect of its text."""
    wording = aspects_of_texts.wordings(texts)
    start = np.searchsorted(aspects.wording, wording)
    count = np.searchsorted(aspects.wording, wording, side="right") - start
    count[texts.reviews.text < 0] = 0
    within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(np.arange(count.size), count), np.repeat(start, count) + within
