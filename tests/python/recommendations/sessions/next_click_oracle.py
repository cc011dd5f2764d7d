"""The session strategies written out with lists and dictionaries, from the formulas of the papers."""

from math import exp, log, log10, sqrt

WEIGHTS = {
    "same": lambda p, length: 1,
    "div": lambda p, length: p / length,
    "linear": lambda p, length: max(0, 1 - 0.1 * (length - p)),
    "quadratic": lambda p, length: (p / length) ** 2,
    "log": lambda p, length: 1 / log10(length - p + 1.7),
}
DECAYS = {
    "same": lambda step: 1,
    "div": lambda step: 1 / step,
    "linear": lambda step: max(0, 1 - 0.1 * step),
    "quadratic": lambda step: 1 / step**2,
    "log": lambda step: 1 / log10(step + 1.7),
}


def candidates(sessions, ages, current, sample):
    """Names of the most recent sessions with any product of the current one; equal ages: the later name first."""
    sharing = [name for name, products in sessions.items() if set(products) & set(current)]
    return sorted(sharing, key=lambda name: (ages[name], -name))[:sample]


def nearest(similarity, ages, k):
    best = max(similarity.values(), default=0)
    ranked = sorted(similarity, key=lambda name: (-round(similarity[name] / best, 9), ages[name], -name))
    return ranked[:k]


def idf_of(sessions):
    products = {product for clicked in sessions.values() for product in clicked}
    return {
        product: log(len(sessions) / sum(product in clicked for clicked in sessions.values())) for product in products
    }


def shares(scores):
    best = max(scores.values(), default=0)
    return {product: round(score / best, 9) for product, score in scores.items() if round(score / best, 9) > 0}


def vs_knn(sessions, ages, current, neighbours, sample, weighting, decay, idf_weight):
    idf, length = idf_of(sessions), len(current)
    weight = {product: WEIGHTS[weighting](place, length) for place, product in enumerate(current, start=1)}
    similarity = {}
    for name in candidates(sessions, ages, current, sample):
        value = sum(weight[product] for product in set(current) & set(sessions[name])) / len(weight)
        if value > 0:
            similarity[name] = value
    scores = {}
    for name in nearest(similarity, ages, neighbours):
        step = next(step for step, product in enumerate(reversed(current), start=1) if product in sessions[name])
        for product in set(sessions[name]):
            gain = similarity[name] * DECAYS[decay](step) * (1 + idf_weight * idf[product])
            scores[product] = scores.get(product, 0) + gain
    return shares(scores)


def stan(sessions, ages, current, neighbours, sample, lambda_spw, lambda_snh, lambda_inh, idf_weight, lambda_ipw):
    idf, length = idf_of(sessions), len(current)
    weight = {product: exp((place - length) / lambda_spw) for place, product in enumerate(current, start=1)}
    similarity = {}
    for name in candidates(sessions, ages, current, sample):
        other = set(sessions[name])
        dot = sum(weight[product] for product in set(current) & other)
        cosine = dot / sqrt(sum(value**2 for value in weight.values())) / sqrt(len(other))
        similarity[name] = cosine * exp(-ages[name] / lambda_snh)
    scores = {}
    for name in nearest(similarity, ages, neighbours):
        places = {product: place for place, product in enumerate(sessions[name], start=1)}
        latest = max(place for place, product in enumerate(sessions[name], start=1) if product in set(current))
        step = next(step for step, product in enumerate(reversed(current), start=1) if product in places)
        for product, place in places.items():
            near = exp(-abs(place - latest) / lambda_inh) * exp((1 - step) / lambda_ipw)
            gain = similarity[name] * near * (1 + idf_weight * idf[product])
            scores[product] = scores.get(product, 0) + gain
    return shares(scores)


def sequential_rules(sessions, current, steps, power):
    scores = {}
    for clicked in sessions.values():
        for first, product in enumerate(clicked):
            for distance in range(1, steps + 1):
                if product == current[-1] and first + distance < len(clicked):
                    follower = clicked[first + distance]
                    scores[follower] = scores.get(follower, 0) + distance**-power
    return shares(scores)
