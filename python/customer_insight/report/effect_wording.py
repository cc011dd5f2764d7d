"""One effect of a campaign as a shop's owner reads it: what it changed in all, between what, beside whom."""

from __future__ import annotations

from typing import Any

from customer_insight.report import wording
from customer_insight.report.results import Results

# what an owner earns if it is known, else the next best
MONEY = ("profit", "margin", "revenue")
ORDERS = "orders"
HOLDOUT, NOT_DRAWN = "holdout", "not drawn"
NOT_FAIR = "not proven: no fair draw"

Row = dict[str, Any]


def others(row: Row) -> str:
    """Whom a campaign is compared with, and how many they are."""
    if not row["control_customers"]:
        return "nobody"
    who = {HOLDOUT: "left alone", NOT_DRAWN: "not shown it"}.get(row["compared_with"])
    return f"{who or row['compared_with']}: {wording.whole(row['control_customers'])}"


def _is_running(row: Row) -> bool:
    return row["elapsed_share"] is not None and row["elapsed_share"] < 1


def verdict(row: Row) -> str:
    """Its verdict for an owner."""
    said = NOT_FAIR if row["verdict"] == "not randomised" else str(row["verdict"])
    if row["compared_with"] == NOT_DRAWN and row["verdict"] == "not randomised":
        said = "not proven: nobody was drawn"
    return f"{said}, still running" if _is_running(row) else said


def ends(row: Row) -> tuple[float | None, float | None]:
    """What it brought in all at least and at most: while it runs, by the interval that may be looked at every day."""
    is_early = _is_running(row) and row["compared_with"] != NOT_DRAWN
    before = "sequential_" if is_early else ""
    return total(row, f"{before}ci_low"), total(row, f"{before}ci_high")


def between(results: Results, row: Row) -> str:
    """The two ends of what it brought in all."""
    low, high = ends(row)
    if low is None or high is None:
        return wording.UNKNOWN
    return f"{amount(results, row['metric'], low)} and {amount(results, row['metric'], high)}"


def amount(results: Results, metric: str, value: float | None) -> str:
    """So much money, so many orders, or so many customers (who bought, or came)."""
    if metric in MONEY or value is None:
        return results.money.amount(value)
    text = wording.plain(value).replace("-0", "0") if abs(value) < 0.0005 else wording.plain(value)
    unit = "order" if metric == ORDERS else "customer"
    return f"{text} {unit if text in ('1', '-1') else unit + 's'}"


def total(row: Row, figure: str) -> float | None:
    """What a campaign changed in all, over those who were drawn for it."""
    return None if row[figure] is None else float(row[figure]) * int(row["customers"])


def name(row: Row) -> str:
    """The campaign and its form."""
    return f"{row['campaign_name']} {row['variant']}"
