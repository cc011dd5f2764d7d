"""What a setting can be: each kind of `setting_kinds` in dbt_project.yml, read strictly and exactly.

The check of a run and the learned steps both read settings here, so that they allow the same and say the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from numbers import Rational
from typing import Any

# What a step's keyword parameter is annotated with, where it is a setting of the run: see `run_settings`.
Setting = str | int | float | Decimal | Fraction | bool | None


def read(name: str, kind: str, value: Any, is_time_zone: Callable[[str], bool] = bool) -> Any:
    """The value of a setting, as its kind has it.

    Shares are exact fractions: 0.07 is 7/100, without binary rounding. A positive number is a float, a whole number an
    int (4.0 is 4). Words of a list, booleans and texts are what they are; a timestamp is its text. Null is None.
    Kinds: text, boolean, timestamp, time zone, currency, country, share (0 to 1), share above 0, positive number,
    integer from N, one of A, B, some of A, B (a word or a list of them); each also with ` or null`. Which zones there
    are is the engine's to say: is_time_zone asks it.
    Raises ValueError, with a sentence that names the setting.
    """
    if value is None and kind.endswith(" or null"):
        return None
    expected, found = _read(kind.removesuffix(" or null"), value, is_time_zone)
    if found is None:
        also = ", or null" if kind.endswith(" or null") else ""
        raise ValueError(f"{name}: expected {expected}{also}, found {value!r}")
    return found


def _read(kind: str, value: Any, is_time_zone: Callable[[str], bool]) -> tuple[str, Any]:
    """What a value of this kind has to be, and the value; None where it is not."""
    if kind.startswith("one of "):
        return kind, value if value in kind.removeprefix("one of ").split(", ") else None
    if kind.startswith("some of "):
        words = value if isinstance(value, list) else [value]
        return kind, words if words and all(
            word in kind.removeprefix("some of ").split(", ") for word in words
        ) else None
    if kind == "boolean":
        return "true or false", value if isinstance(value, bool) else None
    if kind == "text":
        return "a text", value if isinstance(value, str) else None
    if kind == "timestamp":
        return "a UTC timestamp such as '2011-12-10 00:00:00'", _timestamp(str(value))
    if kind == "time zone":
        is_zone = isinstance(value, str) and is_time_zone(value)
        return "the IANA name of a time zone such as Europe/Berlin", value if is_zone else None
    if kind == "currency":
        is_currency = re.fullmatch("[A-Z]{3}", str(value))
        return "the three letters of a currency such as EUR", value if is_currency else None
    if kind == "country":
        is_known = isinstance(value, str) and re.fullmatch("[A-Z]{2}", value) and _has_holidays(value)
        return "the two letters of a country whose public holidays are known, such as DE", value if is_known else None
    number = _number(value)
    if kind == "share above 0":
        return "a number above 0 and at most 1", number if number is not None and 0 < number <= 1 else None
    if kind == "share":
        return "a number from 0 to 1", number if number is not None and 0 <= number <= 1 else None
    if kind == "positive number":
        return "a number above 0", float(number) if number is not None and number > 0 else None
    least = int(kind.removeprefix("integer from "))
    is_whole = number is not None and number.denominator == 1 and number >= least
    return f"a whole number of at least {least}", int(number) if number is not None and is_whole else None


def _has_holidays(country: str) -> bool:
    import holidays  # only where one is set

    return country in holidays.list_supported_countries()


def _number(value: Any) -> Fraction | None:
    """The finite decimal number that was written; None for anything else, text among it."""
    if isinstance(value, bool | str):
        return None
    try:
        return Fraction(value) if isinstance(value, Rational) else Fraction(Decimal(str(value)))
    except (InvalidOperation, ValueError, OverflowError):
        return None


def _timestamp(text: str) -> str | None:
    try:
        return text if datetime.fromisoformat(text).tzinfo is None else None
    except ValueError:
        return None
