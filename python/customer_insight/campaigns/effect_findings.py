"""One sentence an effect, for who owns the shop: what came of it, or what is missing to say so."""

from __future__ import annotations

import math
from typing import NamedTuple

MONEY = frozenset({"revenue", "margin", "profit"})
# Shares of customers, and what those did.
SHARES = {"conversion": "bought", "visits": "came"}


class Effect(NamedTuple):
    """One comparison's figures in the words of the table `effects`; None where there is none."""

    metric: str
    mean: float | None
    control_mean: float | None
    low: float | None
    high: float | None
    minimum_detectable_effect: float | None
    minimum_detectable_relative: float | None
    # for what customers did before: the interval is then not that of the difference of both means
    is_adjusted: bool = False


def number(metric: str, value: float, width: float) -> str:
    """A figure with as many decimals as its interval's width asks for; shares in 100, money with two decimals."""
    if metric in MONEY:
        return f"{value:,.2f}".replace("-0.00", "0.00")
    if metric in SHARES:
        value, width = 100 * value, 100 * width
    least, most = (1, 3) if metric in SHARES else (2, 5)
    decimals = least if width <= 0 else min(max(-math.floor(math.log10(width)), least), most)
    text = f"{value:,.{decimals}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text


def percent(share: float) -> str:
    """A share as per cent: 0.123 → 12 %, 0.0123 → 1.2 %."""
    return f"{100 * share:,.0f} %" if share >= 0.0995 else f"{100 * share:.1f} %"


def _unit(metric: str) -> str:
    if metric in SHARES:
        return "in 100"
    words = metric.replace("_", " ")
    return f"of {words} a customer" if metric in MONEY else f"{words} a customer"


def _compared(effect: Effect, interval: str) -> str:
    """1.9 in 100 bought instead of 1.2 (95 % interval of the difference 0.4 to 1.0 in 100)."""
    mean, control_mean, low, high = effect.mean or 0.0, effect.control_mean or 0.0, effect.low, effect.high
    has_interval = low is not None and high is not None
    width = (high or 0.0) - (low or 0.0) if has_interval else abs(mean - control_mean)
    unit = _unit(effect.metric)
    width = min(width / 2, max(abs(mean), abs(control_mean)) / 10)
    did = f" {SHARES[effect.metric]}" if effect.metric in SHARES else ""
    text = f"{number(effect.metric, mean, width)} {unit}{did} instead of {number(effect.metric, control_mean, width)}"
    if not has_interval:
        return text
    ends = f"{number(effect.metric, low or 0.0, width)} to {number(effect.metric, high or 0.0, width)}"
    interval = f"{interval}, {ADJUSTED}," if effect.is_adjusted else interval
    return f"{text} ({interval} {ends}{' in 100' if effect.metric in SHARES else ''})"


def _seen(effect: Effect) -> str:
    """Which effects this many customers would have shown."""
    if effect.minimum_detectable_relative is not None:
        what = effect.metric.replace("_", " ")
        least = f"{percent(effect.minimum_detectable_relative)} of the control's {what}"
    else:
        size = effect.minimum_detectable_effect or 0.0
        least = f"{number(effect.metric, size, size)} {_unit(effect.metric)}"
    return f"with this many customers only effects above {least} could be seen"


OVER = "95 % interval of the difference"
ADJUSTED = "adjusted for what customers did before"
RUNNING = "interval of the difference that allows for looking every day"


def proven(effect: Effect, verdict: str, elapsed: float) -> str:
    """Of an effect that works or harms."""
    if elapsed < 1:
        still = f"though the campaign still runs ({_passed(elapsed)})"
        return f"{verdict.capitalize()}, {still}: {_compared(effect, RUNNING)}."
    return f"{verdict.capitalize()}: {_compared(effect, OVER)}."


def not_proven(effect: Effect, elapsed: float, questions: int) -> str:
    """Of an effect that can be tested and is not proven; questions: of the family, see Holm."""
    if elapsed < 1:
        return f"Not proven yet, the campaign still runs ({_passed(elapsed)}): so far {_compared(effect, RUNNING)}."
    sentence = f"Not proven: {_compared(effect, OVER)}"
    if effect.low is not None and effect.high is not None and (effect.low > 0 or effect.high < 0):
        chance = f"{questions} figures of this campaign were compared, and one of them may look so by chance"
        return f"{sentence}, but {chance}."
    return f"{sentence}; {_seen(effect)}."


def _passed(elapsed: float) -> str:
    return f"{percent(elapsed)} of its time has passed"


def without_test(metric: str, control_customers: int | None, elapsed: float, contributors: float, least: float) -> str:
    """Of an effect that cannot be tested: what is missing."""
    if not control_customers:
        return "Not proven: nobody was left out as a control here, so there is nothing to compare with."
    if elapsed <= 0:
        return "Not proven yet: no time has passed in which customers could have bought."
    words = metric.replace("_", " ")
    if math.isfinite(contributors) and contributors >= least:
        return f"Not proven: {words} is the same for all customers of a group, or cannot be compared."
    found = contributors if math.isfinite(contributors) else 0.0
    makes_up = f"make up the {words} (unequal ones count as fewer)"
    of = f"customers who {SHARES.get(metric, makes_up)}"
    return (
        f"Not proven: too few {of}: the smaller group would have {found:.1f} without an effect, and needs {least:.0f}."
    )


def not_of_planned_sizes(sizes: str) -> str:
    """Of a campaign whose groups are not as large as planned."""
    return (
        f"Not randomised: the groups are not of the planned sizes ({sizes}; chance does that less than once in 1,000),"
        " so the figures cannot be trusted."
    )


def not_randomised(effect: Effect, elapsed: float | None) -> str:
    """Of a campaign that left nobody out at random; elapsed None: not known."""
    running = elapsed is not None and elapsed < 1
    still = f", and the campaign still runs ({_passed(elapsed or 0.0)}): so far" if running else ":"
    return (
        f"Not randomised{still} {_compared(effect, OVER)}, estimated from customers who were not written to; this holds"
        " only if everything that decides both who was written to and who buys is in what the shop knew before."
    )
