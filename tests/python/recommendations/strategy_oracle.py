"""The strategies written out with lists and dictionaries, from the formulas of their docstrings.

Each takes a shop and gives (customer, product): score; what is not there is worth nothing.
"""

from collections import defaultdict
from itertools import combinations
from math import log, sqrt

import numpy as np
from scipy.stats import false_discovery_control, hypergeom


def nine(value):
    return float(np.round(value, 9))


def strength(shop, half_life=np.inf):
    return {
        pair: log(1 + 10 * bought + 4 * carts + views) / log(11) * 0.5 ** (age / half_life)
        for pair, (bought, carts, views, age) in shop.pairs.items()
    }


def popularity(shop, half_life):
    found = [0.0] * shop.products
    for _, product, age, bought, *_ in shop.seen:
        found[product] += bought * 0.5 ** (age / half_life)
    return found


def popular(shop, half_life_days):
    worth = popularity(shop, half_life_days)
    return {(c, p): worth[p] for c, p in shown(shop)}


def shown(shop):
    """What may be recommended, and what the customer bought."""
    return [(c, p) for c in range(shop.customers) for p in sorted({*shop.available()} | shop.owned(c))]


def personal_frequency(shop, half_life_days):
    scores = defaultdict(float)
    for c, p, age, bought, *_ in shop.seen:
        scores[c, p] += bought * 0.5 ** (age / half_life_days)
    return scores


def gp_topfreq(shop, half_life_days):
    worth, own = popularity(shop, half_life_days), personal_frequency(shop, np.inf)
    best = max(worth) or 1
    return {(c, p): own[c, p] + worth[p] / best / 2 for c, p in shown(shop)}


def weighted(shop, weighting):
    """BM25 and TF-IDF with customers as documents."""
    ties = strength(shop)
    lengths = {c: sum(pair[0] == c for pair in ties) for c, _ in ties}
    if weighting == "none":
        return ties
    mean = len(ties) / max(1, len(lengths))
    found = {}
    for (c, p), tie in ties.items():
        if weighting == "bm25":
            tie = tie * 2.2 / (tie + 1.2 * (0.25 + 0.75 * lengths[c] / mean))
        found[c, p] = tie * log(1 + shop.products / lengths[c])
    return found


def item_based(shop, neighbours, similarity, weighting, shrinkage, half_life_days, own_weight):
    columns = defaultdict(dict)
    for (c, p), tie in weighted(shop, weighting).items():
        columns[p][c] = tie

    def like(i, j):
        both = columns[i].keys() & columns[j].keys()
        if not both:
            return 0.0
        if similarity == "jaccard":
            value = len(both) / len(columns[i].keys() | columns[j].keys())
        else:
            lengths = [sqrt(sum(tie**2 for tie in columns[p].values())) for p in (i, j)]
            value = sum(columns[i][c] * columns[j][c] for c in both) / lengths[0] / lengths[1]
        return nine(value * len(both) / (len(both) + shrinkage))

    near = {}
    for i in list(columns):
        others = sorted((-like(i, j), j) for j in shop.available() if j != i and j in columns and like(i, j) > 0)
        near[i] = {j: -value for value, j in others[:neighbours]} | {i: own_weight}
    ties = strength(shop, half_life_days)
    scores = defaultdict(float)
    for (c, i), tie in ties.items():
        total = sum(other for pair, other in ties.items() if pair[0] == c)
        for j, value in near[i].items():
            scores[c, j] += tie / total * value
    return scores


def nearest(shop, customer, similarity, count):
    """(neighbour, similarity) of the most similar other customers who bought anything; ties: lower number first."""
    others = [v for v in range(shop.customers) if v != customer and shop.owned(v)]
    ranked = sorted((-nine(similarity(v)), v) for v in others)
    return [(v, -value) for value, v in ranked][:count]


def vectors(shop, weights):
    rows = np.zeros((shop.customers, shop.products))
    for pair, weight in weights.items():
        rows[pair] = weight
    return rows


def user_based(shop, neighbours, half_life_days, sharpness):
    ties = vectors(shop, strength(shop, half_life_days))
    length = np.sqrt((ties**2).sum(axis=1))
    scores = np.zeros(ties.shape)
    for u in range(shop.customers):
        near = nearest(shop, u, lambda v, u=u: ties[u] @ ties[v] / (length[u] * length[v] or 1), neighbours)
        weights = {v: value**sharpness for v, value in near if value > 0}
        for v, weight in weights.items():
            scores[u] += weight * ties[v] / sum(weights.values())
    return dict(np.ndenumerate(scores))


def recent_share(shop, customer, product, recent):
    last = shop.baskets(customer)[:recent]
    return sum(product in basket for basket in last) / max(1, len(last))


def up_cf(shop, recent_baskets, sharpness, asymmetry):
    scores = {}
    for u in range(shop.customers):
        mine = shop.owned(u)
        like = {u: 1.0}
        for v in range(shop.customers):
            if v != u and mine & shop.owned(v):
                size = len(mine) ** asymmetry * len(shop.owned(v)) ** (1 - asymmetry)
                like[v] = nine(len(mine & shop.owned(v)) / size)
        for j in range(shop.products):
            scores[u, j] = sum(w**sharpness * recent_share(shop, v, j, recent_baskets) for v, w in like.items())
    return scores


def tifu_vector(shop, customer, basket_decay, group_decay, group_size):
    """Group i of k counts r_g^(k - i), basket j of its group of m counts r_b^(m - j); both are means."""
    oldest_first = shop.baskets(customer)[::-1]
    left_over = len(oldest_first) % group_size
    groups = [oldest_first[:left_over]] if left_over else []
    groups += [oldest_first[at : at + group_size] for at in range(left_over, len(oldest_first), group_size)]
    vector = np.zeros(shop.products)
    for i, group in enumerate(groups, start=1):
        for j, basket in enumerate(group, start=1):
            decay = basket_decay ** (len(group) - j) * group_decay ** (len(groups) - i)
            vector[list(basket)] += decay / len(group) / len(groups)
    return vector


def tifu_knn(shop, own_share, neighbours, basket_decay, group_decay, group_size):
    rows = [tifu_vector(shop, c, basket_decay, group_decay, group_size) for c in range(shop.customers)]
    if sum(bool(shop.owned(c)) for c in range(shop.customers)) < 2:
        return dict(np.ndenumerate(np.array(rows)))
    scores = []
    for u, own in enumerate(rows):
        near = nearest(shop, u, lambda v, own=own: -((own - rows[v]) ** 2).sum() / 2, neighbours)
        others = np.mean([rows[v] for v, _ in near], axis=0) if near else np.zeros(shop.products)
        scores.append(own_share * own + (1 - own_share) * others)
    return dict(np.ndenumerate(np.array(scores)))


def ease(shop, regularization, dropout, half_life_days):
    """One column of B at a time, as ridge regression of a product on all others; -inf where nothing is known.

    dropout: what is expected of the loss if that share of entries is left out at random and the others are scaled up.
    """
    seen, profile = vectors(shop, strength(shop)), vectors(shop, strength(shop, half_life_days))
    scores = np.full(seen.shape, -np.inf)
    known, active = np.flatnonzero(profile.sum(axis=1)), np.flatnonzero(seen.sum(axis=0))
    for j in active:
        others = [i for i in active if i != j]
        left = seen[:, others]
        variance = (left**2).sum(axis=0) * dropout / (1 - dropout)
        penalty = np.diag(regularization + variance)
        weights = np.linalg.solve(left.T @ left + penalty, left.T @ seen[:, j])
        scores[known, j] = profile[np.ix_(known, others)] @ weights
    return dict(np.ndenumerate(scores))


def rule_based(shop, min_support, min_confidence, recent_days):
    """Every antecedent of one or two products with every consequent, where chance does not make it."""
    baskets = [basket for c in range(shop.customers) for basket in shop.baskets(c)]
    last = {}
    for c, p, age, bought, *_ in shop.seen:
        if bought:
            last[c, p] = min(age, last.get((c, p), np.inf))
    recent = defaultdict(set)
    for (c, p), age in last.items():
        if age <= recent_days:
            recent[c].add(p)
    count = {
        items: sum(set(items) <= basket for basket in baskets)
        for size in (1, 2, 3)
        for items in combinations(range(shop.products), size)
    }
    tested = {}
    for items, both in count.items():
        for j in items if len(items) > 1 and both >= max(5, min_support * len(baskets)) else ():
            antecedent = tuple(sorted(set(items) - {j}))
            with_j, with_antecedent = count[(j,)], count[antecedent]
            tested[antecedent, j] = hypergeom.sf(both - 1, len(baskets), with_antecedent, with_j)
    q_values = false_discovery_control(list(tested.values())) if tested else []
    scores = defaultdict(float)
    for (antecedent, j), q in zip(tested, q_values, strict=True):
        both = count[tuple(sorted({*antecedent, j}))]
        is_above_chance = both * len(baskets) > count[antecedent] * count[(j,)]
        if is_above_chance and q <= 0.05 and both >= min_confidence * count[antecedent]:
            for c, products in recent.items():
                if set(antecedent) <= products:
                    scores[c, j] = max(scores[c, j], both / count[antecedent])
    return scores


def content(shop, half_life_days):
    rows = np.array(shop.content)
    scores = {}
    for c in range(shop.customers):
        taste = sum((tie * rows[p] for (u, p), tie in strength(shop, half_life_days).items() if u == c), np.zeros(4))
        length = sqrt(taste @ taste)
        for j in range(shop.products):
            scores[c, j] = taste @ rows[j] / length if length else 0.0
    return scores


def lists(shop, scores, limit, least=0):
    """New and own products of each customer, best first, ties by number; only scores above `least`."""
    found = {}
    for c in range(shop.customers):
        ranked = sorted((-nine(scores.get((c, p), 0.0)), p) for p in shop.available())
        ranked = [p for value, p in ranked if -value > least]
        owned = shop.owned(c)
        found[c] = [p for p in ranked if p not in owned][:limit], [p for p in ranked if p in owned]
    return found
