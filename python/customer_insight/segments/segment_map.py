"""Customers on a map: the two directions in which they differ most."""

from __future__ import annotations

import numpy as np

from customer_insight.numerics.arrays import Floats


def map_coordinates(scaled: Floats) -> Floats:
    """The first two principal components, shape (customers, 2); the largest loading of each is positive."""
    result = np.zeros((len(scaled), 2))
    width = min(2, scaled.shape[1])
    if width and len(scaled) > 1:
        centred = scaled - scaled.mean(axis=0)
        _, vectors = np.linalg.eigh(centred.T @ centred)
        axes = vectors[:, ::-1][:, :width]
        signs = np.sign(axes[np.abs(np.round(axes, 9)).argmax(axis=0), np.arange(width)])
        result[:, :width] = centred @ (axes * signs)
    return result
