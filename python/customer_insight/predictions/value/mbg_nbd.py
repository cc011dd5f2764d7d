"""MBG/NBD: lost after any purchase, the first too, so that buyers of one day can be gone.

Source: Batislam, Denizel and Filiztekin, IJRM 24(3), 2007; Hoppe and Wagner, Marketing JRM 3(2), 2007.
"""

from __future__ import annotations

from customer_insight.predictions.value import dropout_after_purchase
from customer_insight.predictions.value.dropout_after_purchase import DropoutAfterPurchase
from customer_insight.predictions.value.purchase_histories import Histories

NAME = "mbg_nbd"


def fit(histories: Histories) -> DropoutAfterPurchase:
    """MBG/NBD by maximum likelihood: r, alpha, a, b, within the bounds of `maximum_likelihood`."""
    return dropout_after_purchase.fit(NAME, histories)
