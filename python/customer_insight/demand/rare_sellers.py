"""What sells seldom: how much at a time, and how often, each smoothed by itself.

Exponential smoothing of weeks that are mostly empty is highest right after a sale and says too much of it. Croston
(1972) smooths the size of a sale and the pause between two; Syntetos and Boylan (2005) correct its bias (SBA).
Teunter, Syntetos and Babai (2011) smooth the chance of a sale instead, every week, so that what is sold no more fades
(TSB).
"""

from __future__ import annotations

import numpy as np

from customer_insight.numerics.arrays import Bools, Floats

# How much of the last sale, and of the last pause, counts: what Croston's successors take where little is known.
RATE = 0.1
# Share of weeks with a sale from which on a series is no rare one: a mean pause of 1.32 weeks (Syntetos and Boylan).
_RARE_SHARE = 1 / 1.32
_LATELY_WEEKS = 26
# Sales without which there is no pause to speak of.
_LEAST_SALES = 2


def is_rare(weeks: Floats) -> Bools:
    """Which of (series, weeks) were sold, but in few of the last 26 weeks. (series,)"""
    share = (weeks[..., -_LATELY_WEEKS:] > 0).mean(axis=-1) if weeks.shape[-1] else np.zeros(weeks.shape[:-1])
    return np.asarray((share < _RARE_SHARE) & ((weeks > 0).sum(axis=-1) >= _LEAST_SALES), dtype=np.bool_)


def sba(weeks: Floats) -> Floats:
    """The mean week to come, (series,), by Croston's method with the correction of Syntetos and Boylan; 0: no sale."""
    size, pause = np.zeros(weeks.shape[:-1]), np.ones(weeks.shape[:-1])
    since, is_begun = np.ones(weeks.shape[:-1]), np.zeros(weeks.shape[:-1], dtype=np.bool_)
    for week in np.moveaxis(weeks, -1, 0):
        is_sold = week > 0
        goes_on = is_sold & is_begun
        size = np.where(goes_on, size + RATE * (week - size), np.where(is_sold, week, size))
        pause = np.where(goes_on, pause + RATE * (since - pause), np.where(is_sold, since, pause))
        since = np.where(is_sold, 1.0, since + 1)
        is_begun = is_begun | is_sold
    return np.asarray((1 - RATE / 2) * size / pause, dtype=np.float64)


def tsb(weeks: Floats) -> Floats:
    """The mean week to come, (series,): the smoothed chance of a sale times its smoothed size; 0: no sale."""
    size, chance = np.zeros(weeks.shape[:-1]), np.zeros(weeks.shape[:-1])
    is_begun = np.zeros(weeks.shape[:-1], dtype=np.bool_)
    for place, week in enumerate(np.moveaxis(weeks, -1, 0)):
        is_sold = week > 0
        first = is_sold & ~is_begun
        size = np.where(first, week, np.where(is_sold, size + RATE * (week - size), size))
        chance = np.where(first, 1 / (place + 1), np.where(is_begun, chance + RATE * (is_sold - chance), chance))
        is_begun = is_begun | is_sold
    return np.asarray(size * chance, dtype=np.float64)
