"""The planted groups are found from behaviour, and not from recency, frequency and money as they are."""

from collections import Counter, defaultdict

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

END = np.datetime64("2026-01-01T00:00:00")


def moments(rows, column):
    """Times as datetime64, read as a person would: offsets and fractions aside (they are few)."""
    return np.array([row[column].replace("Z", "")[:19].replace(" ", "T") for row in rows], dtype="datetime64[s]")


def is_evening(times):
    hours = times.astype("datetime64[h]").astype(int) % 24
    return (hours >= 18) | (hours == 0)


def is_weekend(times):
    return (times.astype("datetime64[D]").astype(int) + 3) % 7 >= 5


@pytest.fixture(scope="module")
def behaviour(good, planted):
    """(raw recency, frequency and money; transformed features; planted groups), one row a customer with an order."""
    group = {row["customer_id"]: row["behaviour_group"] for row in planted["customers"]}
    lines = [row for row in good["order_lines"] if row["customer_id"] in group]
    lines = [
        r for r in lines if r["is_product"].lower() in ("true", "1", "yes") and r["order_status"].lower() != "cancelled"
    ]
    at = moments(lines, "ordered_at")
    department = {row["product_id"]: row["category"].split(" / ")[0] for row in good["products"]}
    when, size, money = defaultdict(dict), Counter(), Counter()
    count, discounted, returned, departments = Counter(), Counter(), Counter(), defaultdict(set)
    for row, time in zip(lines, at, strict=True):
        customer = row["customer_id"]
        count[customer] += 1
        discounted[customer] += bool(row["discount_amount"])
        returned[customer] += row["order_status"].lower() == "returned"
        departments[customer].add(department.get(row["product_id"]))
        if row["order_status"].lower() != "returned":
            when[customer][row["order_id"]] = time
            size[customer] += 1
            money[customer] += float(row["quantity"] or 1) * float(row["unit_price"]) - float(
                row["discount_amount"] or 0
            )
    customers = sorted(when)
    sessions, session_evening, session_weekend = sessions_of(good)
    rows, raw = [], []
    for customer in customers:
        times = np.sort(np.array(list(when[customer].values())))
        frequency, visits, lines_of = len(times), sessions[customer], count[customer]
        recency = (END - times[-1]).astype(float) / 86400
        gap = np.diff(times).astype(float).mean() / 86400 if frequency > 1 else np.nan
        raw.append((recency, frequency, money[customer]))
        seen = frequency + visits
        rows.append(
            (np.log(frequency), np.log(money[customer] + 1), np.log(recency), np.log(gap + 1),
             np.log(size[customer] / frequency), (discounted[customer] + 0.4) / (lines_of + 2),
             np.log(visits + 1) - np.log(frequency),
             (returned[customer] + 0.1) / (lines_of + 2), (len(departments[customer]) + 1) / (lines_of + 2),
             (is_evening(times).sum() + session_evening[customer] + 0.7) / (seen + 2),
             (is_weekend(times).sum() + session_weekend[customer] + 0.6) / (seen + 2))
        )  # fmt: skip
    features = np.array(rows)
    features[:, 3] = np.where(np.isnan(features[:, 3]), np.nanmedian(features[:, 3]), features[:, 3])
    features[:, 2] -= features[:, 3]  # recency in units of the customer's own cadence
    return np.array(raw), features, [group[customer] for customer in customers]


def sessions_of(good):
    """(days with a visit, in the evening, at a weekend) by customer, through the identity links."""
    owner = {row["visitor_id"]: row["customer_id"] for row in reversed(good["identity_links"])}
    first = {}
    for row, time in zip(good["events"], moments(good["events"], "occurred_at"), strict=True):
        customer = row["customer_id"] or owner.get(row["visitor_id"])
        if customer:
            first.setdefault((customer, row["visitor_id"], time.astype("datetime64[D]")), time)
    who, times = [key[0] for key in first], np.array(list(first.values()))
    evening, weekend = is_evening(times), is_weekend(times)
    return Counter(who), Counter(w for w, e in zip(who, evening, strict=True) if e), Counter(
        w for w, e in zip(who, weekend, strict=True) if e)  # fmt: skip


def found(features, groups):
    standard = (features - features.mean(axis=0)) / features.std(axis=0)
    return adjusted_rand_score(groups, KMeans(len(set(groups)), n_init=20, random_state=0).fit_predict(standard))


def test_transformed_behaviour_finds_the_groups_and_raw_rfm_less_than_half_of_them(behaviour):
    raw, features, groups = behaviour
    unscaled = adjusted_rand_score(groups, KMeans(len(set(groups)), n_init=20, random_state=0).fit_predict(raw))
    standardized, transformed = found(raw, groups), found(features, groups)
    print(f"adjusted Rand index: raw {unscaled:.3f}, standardized {standardized:.3f}, transformed {transformed:.3f}")
    assert transformed >= 0.8
    assert max(unscaled, standardized) < transformed / 2


def test_groups_have_the_shares_they_were_planted_with(planted, facts):
    counts = Counter(row["behaviour_group"] for row in planted["customers"])
    for group in facts["groups"]:
        assert counts[group["behaviour_group"]] / counts.total() == pytest.approx(group["share"], abs=0.03)


def test_churned_customers_neither_order_nor_visit_afterwards(good, planted):
    stopped = {row["customer_id"]: row["churned_at"][:10] for row in planted["customers"] if row["churned_at"]}
    late = [row for row in good["order_lines"] if row["ordered_at"][:10] > stopped.get(row["customer_id"], "9999")]
    assert len(stopped) > 300
    assert len({row["order_id"] for row in late}) <= 0.02 * len(stopped)  # an order moved to the weekend, at most
    visits = [row for row in good["events"] if row["occurred_at"][:10] > stopped.get(row["customer_id"], "9999")]
    assert len(visits) <= 0.02 * len(good["events"])
