"""What messages are about where nobody has labelled them: clusters of messages, named by their own words.

Clusters are k-means on the words' TF-IDF in few dimensions (Deerwester and others, "Indexing by latent semantic
analysis", 1990), their number the one with the best silhouette. A name is the three words that say most of a cluster:
those with the largest share of their weight in it. From run to run a cluster keeps its code and name: it is matched
with the one of before whose words are most alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import normalize

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.texts.words import is_readable, words

# Fewer distinct texts are a handful of letters, not groups.
LEAST_TEXTS = 200
MOST_CLUSTERS = 15
_DIMENSIONS = 50
# Clusters are found on so many texts, their number judged on so many.
_SAMPLE, _JUDGED = 20_000, 2_000
# A cluster is the one of before where the cosine of their words is this, at least.
_ALIKE = 0.4
_TERMS_KEPT, _TERMS_IN_NAME = 60, 3
_DECIMALS = 6


@dataclass(frozen=True)
class Cluster:
    """A found intent: its code and name, and the weights of its words, the heaviest first."""

    code: int
    name: str
    terms: dict[str, float]


@dataclass(frozen=True)
class FoundIntents:
    """Clusters; of each text its cluster and the second one (places in `clusters`), and how sure both are (0 to 1)."""

    clusters: list[Cluster]
    places: Ints
    shares: Floats


def find(texts: list[str], earlier: pa.Table, *, seed: int = 0) -> FoundIntents | None:
    """None where there are too few texts with words."""
    vectors = TfidfVectorizer(analyzer=words, sublinear_tf=True, min_df=3, max_df=0.5)
    if len(texts) < LEAST_TEXTS:
        return None
    try:
        weights = vectors.fit_transform(texts)
    except ValueError:  # no word stands in three texts
        return None
    has_words = np.flatnonzero(np.diff(weights.indptr))
    dimensions = min(_DIMENSIONS, weights.shape[1] - 1)
    if has_words.size < LEAST_TEXTS or dimensions < 2:
        return None
    # sums of linear algebra depend on where arrays lie in memory, in the last digits
    points = np.round(normalize(TruncatedSVD(dimensions, random_state=seed).fit_transform(weights)), _DECIMALS)
    sample = points[has_words[:_SAMPLE]]
    centres = _best_centres(sample, seed)
    near = np.round(points @ normalize(centres).T, _DECIMALS)
    places = np.argsort(-near, axis=1, kind="stable")[:, :2]
    shares = np.clip(np.take_along_axis(near, places, axis=1), 0, 1)
    shares[np.diff(weights.indptr) == 0] = np.nan
    sums = np.vstack([weights[places[:, 0] == place].sum(axis=0) for place in range(len(centres))])
    terms = vectors.get_feature_names_out().tolist()
    return FoundIntents(_named(np.asarray(sums), terms, earlier), places.astype(np.int64), shares)


def _best_centres(points: Floats, seed: int) -> Floats:
    best, found = -1.0, np.zeros((0, points.shape[1]))
    judged = np.arange(min(len(points), _JUDGED))
    for count in range(2, MOST_CLUSTERS + 1):
        model = KMeans(count, n_init=3, random_state=seed).fit(points)
        labels = model.labels_[judged]
        if len(np.unique(labels)) < 2:
            continue
        score = float(silhouette_score(points[judged], labels))
        if score > best:
            best, found = score, model.cluster_centers_
    return found


def _named(sums: Floats, terms: list[str], earlier: pa.Table) -> list[Cluster]:
    """Clusters with the codes and names of those of before that they are, or with new ones."""
    share = sums / np.maximum(sums.sum(axis=0), 1e-12)
    before, next_code = _earlier(earlier)
    kept = [
        {terms[column]: float(row[column]) for column in np.argsort(-row, kind="stable")[:_TERMS_KEPT] if row[column]}
        for row in sums
    ]
    alike = np.array([[_cosine(now, then.terms) for then in before] for now in kept]).reshape(len(kept), len(before))
    pairs = {
        int(row): before[column]
        for row, column in zip(*linear_sum_assignment(-alike), strict=True)
        if alike[row, column] >= _ALIKE
    }
    order = np.argsort(-sums.sum(axis=1), kind="stable")
    codes = {int(row): next_code + number for number, row in enumerate(row for row in order if row not in pairs)}
    taken = {then.name for then in pairs.values()}
    clusters = []
    for row, terms_of in enumerate(kept):
        if row in pairs:
            clusters.append(Cluster(pairs[row].code, pairs[row].name, terms_of))
            continue
        named = sorted((column for column in np.flatnonzero(sums[row]) if is_readable(terms[column])),
                       key=lambda column: (-sums[row, column] * share[row, column], terms[column]))  # fmt: skip
        name = ", ".join(terms[column] for column in named[:_TERMS_IN_NAME]) or "other"
        name = name if name not in taken else f"{name} {codes[row]}"
        taken.add(name)
        clusters.append(Cluster(codes[row], name, terms_of))
    return clusters


def _earlier(table: pa.Table) -> tuple[list[Cluster], int]:
    """From intent_code, intent_name, term, weight, next_intent_code; the lowest code that was never given."""
    found: dict[int, Cluster] = {}
    rows = zip(*(table[name].to_pylist() for name in ("intent_code", "intent_name", "term", "weight")), strict=True)
    for code, name, term, weight in sorted(rows):
        found.setdefault(code, Cluster(code, name, {})).terms[term] = weight
    next_code = int(arrays.codes(table, "next_intent_code").max(initial=1))
    return [found[code] for code in sorted(found)], next_code


def _cosine(first: dict[str, float], second: dict[str, float]) -> float:
    shared = sum(weight * second[term] for term, weight in first.items() if term in second)
    lengths = [np.sqrt(sum(weight**2 for weight in terms.values())) for terms in (first, second)]
    return float(shared / (lengths[0] * lengths[1])) if all(lengths) else 0.0
