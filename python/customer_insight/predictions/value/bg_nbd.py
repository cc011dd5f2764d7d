"""BG/NBD: lost after a repeat purchase, so that everybody who bought once is alive with certainty.

Source: Fader, Hardie and Lee, "Counting Your Customers" the Easy Way, Marketing Science 24(2), 2005.
"""

from __future__ import annotations

from customer_insight.predictions.value import dropout_after_purchase
from customer_insight.predictions.value.dropout_after_purchase import DropoutAfterPurchase
from customer_insight.predictions.value.purchase_histories import Histories

NAME = "bg_nbd"


def fit(histories: Histories) -> DropoutAfterPurchase:
    """BG/NBD by maximum likelihood: r, alpha, a, b, within the bounds of `maximum_likelihood`."""
    return dropout_after_purchase.fit(NAME, histories)
