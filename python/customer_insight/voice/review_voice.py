"""How customers feel, and about what: sentiment and aspects of reviews, sentiment of messages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from scipy.special import logit

from customer_insight.numerics import arrays, memory
from customer_insight.numerics.arrays import Floats
from customer_insight.numerics.threads import linear_algebra_in_threads
from customer_insight.steps import parameters
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult
from customer_insight.voice import (
    known_sentiment,
    rated_learning,
    review_aspects,
    sentiment_evaluation,
    voice_tables,
    voice_texts,
)
from customer_insight.voice.rated_learning import RatedLearning
from customer_insight.voice.review_aspects import NamedAspects
from customer_insight.voice.voice_texts import VoiceTexts

NO_TEXTS = "No review and no message has a text."


def run(
    reviews: pa.Table,
    messages: pa.Table,
    aspect_terms: pa.Table,
    *,
    evaluate: Setting = True,
    min_group_size: Setting = 5,
) -> StepResult:
    """Sentiment of every review and message, and what reviews name.

    reviews: review_code, product_code, category_code, written_day (days since any day, null where not known), rating
    (1 to 5 or null), title, review_text, suspected_day (since when nobody may learn from it, null for nearly all).
    messages: message_code, written_day, message_text. aspect_terms: aspect, language (ISO 639-1), term (one word or
    two).

    Tables: review_sentiment (review_code, language, sentiment: positive, negative or null, probability: of four or five
    stars, known_probability: as it was known on the day before, is_rating_contradicted), message_sentiment (the same of
    message_code), review_aspects (review_code, aspect, is_found, sentiment, probability), product_voice (see there),
    evaluation (model, metric, value, ci_low, ci_high, texts, is_champion).
    """
    is_judging = parameters.read("evaluate", "boolean", evaluate)
    least = parameters.read("min_group_size", "integer from 1", min_group_size)
    texts = voice_texts.read(reviews, messages)
    products = _products(reviews)
    return linear_algebra_in_threads(lambda _: _run(texts, products, aspect_terms, is_judging, least), [None])[0]


def _run(texts: VoiceTexts, products: pa.Table, terms: pa.Table, is_judging: bool, least: int) -> StepResult:
    learned = rated_learning.learn(texts, texts.reviews.rated()) if texts.distinct.count else NO_TEXTS
    model = None if isinstance(learned, str) else learned
    told = _probabilities(texts, model)
    known = known_sentiment.known_probabilities(texts)
    rows, best = sentiment_evaluation.evaluate(texts) if is_judging else ([], "")
    aspects = review_aspects.find(texts, voice_tables.code_or_none(products, "category_code"), terms, model)
    limit = model.limit if model else np.nan
    usual = float(logit(model.positive_share)) if model else np.nan
    result = StepResult(
        tables={
            "review_sentiment": voice_tables.review_sentiment(texts, told[0], known[0], limit, usual),
            "message_sentiment": voice_tables.sentiment(
                texts, texts.messages, "message_code", told[1], known[1], limit
            ),
            "review_aspects": voice_tables.review_aspects(texts, aspects),
            "product_voice": voice_tables.product_voice(texts, aspects, products, least),
            "evaluation": voice_tables.evaluation(rows, best),
        },
        status=learned if isinstance(learned, str) else learned.unjudged(texts) or OK,
        parameters={"evaluate": is_judging, "min_group_size": least, "sample_texts": rated_learning.SAMPLE_TEXTS},
        metrics=_metrics(texts, model, aspects),
        input_fingerprint=_fingerprint(texts, products, terms),
    )
    memory.give_back()
    return result


def _probabilities(texts: VoiceTexts, model: RatedLearning | None) -> list[Floats]:
    """Of each review and of each message."""
    rows = (texts.reviews, texts.messages)
    text, rating = (np.concatenate([getattr(each, field) for each in rows]) for field in ("text", "taught_rating"))
    found = np.full(text.size, np.nan) if model is None else model.probabilities(texts, text, rating)
    return np.split(found, [rows[0].codes.size])


def _products(reviews: pa.Table) -> pa.Table:
    """What is reviewed, by rising code of the review."""
    order = np.argsort(arrays.codes(reviews, "review_code"), kind="stable")
    return reviews.select(["product_code", "category_code"]).take(arrays.arrow(order))


def _metrics(texts: VoiceTexts, model: RatedLearning | None, aspects: NamedAspects) -> dict[str, Any]:
    return {
        "reviews": texts.reviews.codes.size,
        "messages": texts.messages.codes.size,
        "distinct_texts": texts.distinct.count,
        "languages": texts.names,
        "rated_texts": texts.reviews.rated().codes.size,
        "suspects_left_out": int(np.isfinite(texts.reviews.suspected).sum()),
        "learned_from": 0 if model is None else model.place.size,
        "is_lexicon_used": model is not None and model.has_lexicon,
        "negative_below": None if model is None else model.limit,
        "found_aspects": aspects.found_words,
    }


def _fingerprint(texts: VoiceTexts, products: pa.Table, terms: pa.Table) -> str:
    parts: dict[str, Any] = {"keys": texts.distinct.keys}
    for name, written in (("reviews", texts.reviews), ("messages", texts.messages)):
        parts |= {
            f"{name}_{field}": getattr(written, field) for field in ("codes", "text", "day", "rating", "suspected")
        }
    parts |= {name: voice_tables.code_or_none(products, name) for name in products.column_names}
    rows = sorted(zip(*(arrays.texts(terms, name).to_pylist() for name in ("aspect", "language", "term")), strict=True))
    parts["terms"] = pa.array(["\x1f".join(row) for row in rows], pa.large_string())
    return arrays.fingerprint(parts)
