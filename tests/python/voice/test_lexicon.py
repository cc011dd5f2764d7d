"""The list of English words, read as people write."""

import numpy as np
import pyarrow as pa
from customer_insight.voice import lexicon


def test_negations_are_found_however_their_apostrophe_is_written():
    texts = pa.array(["It isn't good", "It isn\u2019t good", "It is good", "Es ist good"], pa.large_string())
    scores = lexicon.scores(texts, np.array([True, True, True, False]))
    assert scores[0] == scores[1] < 0 < scores[2]
    assert scores[3] == 0
