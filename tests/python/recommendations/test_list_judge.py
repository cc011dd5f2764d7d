import numpy as np
import pytest
from customer_insight.recommendations.judging.holdout import nested
from customer_insight.recommendations.judging.list_judge import SCOPES, Judge
from customer_insight.recommendations.proposing.candidates import propose
from customer_insight.recommendations.strategies import item_based, personal_frequency
from shops import random_shop
from test_holdout import kept_back
from test_ranking_metrics import by_definition


@pytest.mark.parametrize("strategy", [personal_frequency, item_based])
@pytest.mark.parametrize("window", [0, 40])
def test_every_figure_is_that_of_the_list_in_its_scope(strategy, window):
    shop = random_shop(customers=200, rows=3000)
    holdout = nested(shop.history, window, 1)[0]
    new, own = propose(strategy.fit(holdout.history), holdout.history, holdout.customers, 30)
    judge = Judge(holdout)
    figures = {(f.scope, f.metric, f.k): f.values for f in judge.figures((new, own))}
    popularity = holdout.history.popularity(60)
    popular = sorted(shop.available(), key=lambda p: (-popularity[p], p))
    for place, customer in enumerate(holdout.customers.tolist()):
        owned = set(holdout.history.owned[[customer]].indices.tolist())
        truth = kept_back(holdout)[customer]
        mine = [
            list(zip(-c.score[c.customer == place], c.product[c.customer == place], strict=True)) for c in (new, own)
        ]
        both = [p for _, p in sorted(mine[0] + mine[1])]
        lists = {
            "all": both + [p for p in popular if p not in owned and p not in both],
            "repurchase": [p for _, p in mine[1]],
            "discovery": [p for _, p in mine[0]],
        }
        truths = {"all": truth, "repurchase": truth & owned, "discovery": truth - owned}
        for scope in SCOPES:
            for k in (5, 20):
                for metric, value in by_definition(lists[scope], truths[scope] or {-1}, k).items():
                    expected = value if truths[scope] else float("nan")
                    assert figures[scope, metric, k][place] == pytest.approx(expected, abs=1e-12, nan_ok=True)
    np.testing.assert_array_equal(judge.ndcg((new, own), "all"), figures["all", "ndcg", 10])
