"""Every strategy by name. Their order by complexity is the reference seed `recommendation_strategies`."""

from __future__ import annotations

from customer_insight.recommendations.strategies import (
    content,
    ease,
    gp_topfreq,
    item_based,
    personal_frequency,
    popular,
    popular_in_cluster,
    rule_based,
    tifu_knn,
    up_cf,
    user_based,
)
from customer_insight.recommendations.strategies.contract import Strategy

# Not a module like the others: it orders what they propose, see `blender`.
BLENDED = "blended"
# Where nothing is scored: neighbours need no tuning, no window and little memory.
DEFAULT_STRATEGY = "item_based"

STRATEGIES: dict[str, Strategy] = {
    "popular": popular,
    "popular_in_cluster": popular_in_cluster,
    "personal_frequency": personal_frequency,
    "gp_topfreq": gp_topfreq,
    "association_rules": rule_based,
    "content": content,
    "item_based": item_based,
    "user_based": user_based,
    "up_cf": up_cf,
    "tifu_knn": tifu_knn,
    "ease": ease,
}
