"""Ways to group customers: K-Means, a tree of merges, dense regions. Rows are scaled features, all fits are seeded.

Sources: Arthur and Vassilvitskii, SODA 2007 (k-means++); Ward 1963 (hierarchical: the merge that adds least variance);
Campello, Moulavi and Sander, PAKDD 2013 (HDBSCAN).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.cluster import hierarchy
from sklearn.cluster import HDBSCAN, KMeans

from customer_insight.numerics import SEED
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.segments.segment_assignment import means

METHODS = ("kmeans", "hierarchical", "density")
# Customers on whom each method is fitted; the others are assigned.
FIT_SAMPLES = {"kmeans": 50_000, "hierarchical": 5_000, "density": 5_000}
# Starts of K-Means: with 10 the best of them was the best of 30 on every shop looked at.
STARTS = 10
# Starts where a number of segments is only tried.
QUICK_STARTS = 3
# A warm start stays if its sum of squares is above the fresh one's by this share at most.
AS_TIGHT = 0.002
# Share of the sample below which a dense region is no segment.
SMALLEST_REGION = 0.02
# Customers below which a dense region is no segment.
FEWEST = 15


def kmeans_centres(rows: Floats, counts: Iterable[int]) -> dict[int, Floats]:
    """Centres by count, the best of 10 starts."""
    return {count: kmeans(rows, count, STARTS)[0] for count in counts}


def quick_kmeans_centres(rows: Floats, counts: Iterable[int]) -> dict[int, Floats]:
    """Centres by count, the best of 3 starts; counts above the number of rows are left out."""
    return {count: kmeans(rows, count, QUICK_STARTS)[0] for count in counts if count <= len(rows)}


def kmeans(rows: Floats, count: int, starts: int) -> tuple[Floats, float]:
    """Centres, shape (count, features), and the sum of squared distances to them."""
    model = KMeans(count, init="k-means++", n_init=starts, max_iter=300, random_state=SEED).fit(rows)
    return np.asarray(model.cluster_centers_, dtype=np.float64), float(model.inertia_)


def kmeans_from(rows: Floats, earlier: Floats | None, count: int) -> tuple[Floats, bool]:
    """Centres found afresh, or those found from the earlier ones where they are as tight; and whether it is these.

    Customers near a border then stay on their side, unless another division has become the better one.
    """
    fresh, fresh_squares = kmeans(rows, count, STARTS)
    if earlier is None or len(earlier) != count:
        return fresh, False
    model = KMeans(count, init=earlier, n_init=1, max_iter=300, random_state=SEED).fit(rows)
    if not float(model.inertia_) <= fresh_squares * (1 + AS_TIGHT):
        return fresh, False
    return np.asarray(model.cluster_centers_, dtype=np.float64), True


def ward_centres(rows: Floats, counts: Iterable[int]) -> dict[int, Floats]:
    """Centres by count, from one tree; counts that the tree has no cut for (equal customers) are left out."""
    tree = hierarchy.linkage(rows, method="ward")
    found = {}
    for count in counts:
        labels = hierarchy.fcluster(tree, count, criterion="maxclust").astype(np.int64) - 1
        if labels.max() + 1 == count:
            found[count] = means(rows, labels)
    return found


def dense_regions(rows: Floats) -> Ints:
    """The dense region of each row, 0, 1, ..., or -1 for those in none; shape (rows,)."""
    smallest = max(FEWEST, int(np.ceil(SMALLEST_REGION * len(rows))))
    model = HDBSCAN(min_cluster_size=min(smallest, len(rows)), min_samples=5, copy=True).fit(rows)
    return np.asarray(model.labels_, dtype=np.int64)
