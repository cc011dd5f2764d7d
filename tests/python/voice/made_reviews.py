"""Reviews whose feeling is known: sentences of words that only the content, only the others, or all use."""

import numpy as np
import pyarrow as pa

WORDS = {
    "en": {
        "good": [
            "love",
            "great",
            "perfect",
            "beautiful",
            "comfortable",
            "lovely",
            "soft",
            "wonderful",
            "nice",
            "favourite",
        ],
        "bad": ["returned", "disappointed", "poor", "cheap", "awful", "broke", "ugly", "scratchy", "refund", "useless"],
        "any": [
            "this",
            "dress",
            "is",
            "the",
            "and",
            "it",
            "was",
            "with",
            "when",
            "for",
            "a",
            "color",
            "of",
            "that",
            "i",
            "have",
            "on",
            "my",
            "in",
            "them",
        ],
    },
    "de": {
        "good": ["tolle", "perfekt", "schön", "gerne", "super", "weich", "wunderbar", "zufrieden", "klasse", "bequem"],
        "bad": [
            "leider",
            "schlecht",
            "kaputt",
            "enttäuscht",
            "billig",
            "zurück",
            "kratzt",
            "hässlich",
            "mangelhaft",
            "nie",
        ],
        "any": [
            "das",
            "kleid",
            "ist",
            "die",
            "und",
            "es",
            "war",
            "mit",
            "wenn",
            "für",
            "eine",
            "farbe",
            "der",
            "dass",
            "ich",
            "habe",
            "auf",
            "mein",
            "im",
        ],
    },
}
TERMS = pa.table(
    {
        "aspect": ["quality", "quality", "size", "quality"],
        "language": ["en", "en", "en", "de"],
        "term": ["quality", "well made", "fit", "qualität"],
    }
)
MESSAGES = pa.table(
    {
        "message_code": pa.array([1, 2], pa.int64()),
        "written_day": pa.array([500.0, None], pa.float64()),
        "message_text": ["this is awful, i was disappointed and it broke, refund", None],
    }
)


def reviews(count, languages=("en",), seed=0, share=0.7):
    """A table as `review_voice.run` reads it; a good one of ten has a bad word, and the other way round."""
    rng = np.random.default_rng(seed)
    language = rng.integers(len(languages), size=count)
    good = rng.random(count) < share
    texts = []
    for place in range(count):
        words = WORDS[languages[language[place]]]
        kinds = ["good" if is_good else "bad" for is_good in (good[place] ^ (rng.random(3) < 0.15))]
        said = [str(rng.choice(words[kind])) for kind in kinds] + [str(each) for each in rng.choice(words["any"], 9)]
        quality = {"en": "quality", "de": "qualität"}[languages[language[place]]]
        texts.append(" ".join(rng.permutation(said)) + (f" {quality}. " if rng.random() < 0.5 else ". "))
    rating = np.where(good, rng.integers(4, 6, count), rng.integers(1, 4, count))
    return pa.table(
        {
            "review_code": pa.array(rng.permutation(count) + 1, pa.int64()),
            "product_code": rng.integers(12, size=count),
            "category_code": pa.array(
                [None if code == 2 else int(code) for code in rng.integers(3, size=count)], pa.int64()
            ),
            "written_day": pa.array(rng.integers(1000, size=count), pa.int64()),
            "rating": pa.array(rating.astype(float), mask=rng.random(count) < 0.02),
            "title": pa.array([None if rng.random() < 0.3 else text.split(".")[0][:20] for text in texts]),
            "review_text": pa.array(texts, mask=rng.random(count) < 0.02),
        }
    )
