"""Whether a column's values can be those of one of ours: 0 where not, above 1 where they look like nothing else."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.profiles import Profile

TIMES = {"ordered_at", "returned_at", "created_at", "updated_at", "birth_date", "occurred_at", "reviewed_at"}
NUMBERS = {
    *(
        "quantity",
        "unit_price",
        "line_total",
        "discount_amount",
        "unit_cost",
        "price",
        "stock_units",
        "value",
        "rating",
    ),
}


@cache
def meanings_of_words(seed: str) -> dict[str, str]:
    """The second column of a seed by the first, in small letters; nothing where there is no project."""
    from customer_insight.commands.project import CommandError, project_folder

    try:
        paths = list((project_folder() / "seeds").rglob(f"{seed}.csv"))
    except CommandError:
        return {}
    words: dict[str, str] = {}
    for path in paths:
        with Path(path).open(encoding="utf-8", newline="") as file:
            words |= {row[0].strip().lower(): row[-1] if len(row) < 2 else row[1] for row in csv.reader(file) if row}
    return words


def known_words(seed: str) -> frozenset[str]:
    """The words of a seed, in small letters."""
    return frozenset(meanings_of_words(seed))


def share_known(profile: Profile, seed: str) -> float:
    """Which share of the texts are words of a seed."""
    words = known_words(seed)
    return sum(n for text, n in profile.distinct.items() if text.lower() in words) / max(len(profile.texts), 1)


def value_fit(table: str, column: str, profile: Profile) -> float:
    """How well the values of a column fit, as a factor of what its name says."""
    if not profile.texts:
        # an empty column tells nothing: its name alone does
        return 0.9 if column not in ("order_id", "product_id", "ordered_at", "occurred_at", "customer_id") else 0.0
    if column in TIMES:
        return _time_fit(column, profile)
    if column in NUMBERS:
        return _number_fit(column, profile)
    if column.endswith("_id") or column == "line_number":
        return _id_fit(column, profile)
    return _text_fit(column, profile)


def is_date(profile: Profile) -> bool:
    """Whether a column holds dates, written or as numbers of a spreadsheet or a machine."""
    return profile.share("date") >= 0.8 or bool(date_unit(profile))


def is_surely_date(profile: Profile) -> bool:
    """Whether values alone show dates: written ones, or days of a spreadsheet with a time of day in them.

    Whole numbers may be anything that is counted: an order, a container, a telephone.
    """
    return profile.share("date") >= 0.8 or (date_unit(profile).startswith("days") and profile.share("integer") < 0.9)


def dates_first(found: FileTable, names: list[str]) -> list[str]:
    """Those of some columns that may be dates; where some surely are, only they."""
    dates = [name for name in names if is_date(found.profiles[name])]
    return [name for name in dates if is_surely_date(found.profiles[name])] or dates


def date_unit(profile: Profile) -> str:
    """What numbers that may be times count; '' where they are none."""
    if profile.share("number") < 0.95 or profile.share("compact") > 0.5:
        return ""
    numbers = [number for number in profile.numbers if number is not None]
    # days of a spreadsheet from 1995 to 2064
    if numbers and all(34700 <= number <= 60000 for number in numbers):
        return "days since 1899-12-30"
    for unit, power in (("", 0), ("milli", 3), ("micro", 6), ("nano", 9)):
        if numbers and all(8e8 * 10**power <= number <= 2.2e9 * 10**power for number in numbers):
            return f"{unit}seconds since 1970"
    return ""


def _time_fit(column: str, profile: Profile) -> float:
    if not is_date(profile):
        return 0.0
    if column == "ordered_at" and profile.share("date") >= 0.8:
        years = [text[:4] for text in profile.texts[:50] if text[:4].isdigit()]
        return 0.3 if years and all(int(year) < 1985 for year in years) else 1.0
    return 1.0


def _number_fit(column: str, profile: Profile) -> float:
    if profile.share("number") < 0.9 or profile.share("percent") > 0:
        return 0.0
    numbers = [number for number in profile.numbers if number is not None]
    if column == "rating":
        # stars, and halves of them
        return 1.0 if all(0 <= number <= 10 and 2 * number == int(2 * number) for number in numbers) else 0.0
    if column == "quantity" and (max(map(abs, numbers)) > 1e6 or sum(abs(n) for n in numbers) / len(numbers) > 20000):
        return 0.3
    if column == "discount_amount" and (min(numbers) < 0 or (max(numbers) <= 1 and max(numbers) > 0)):
        # a share, or written below zero: not an amount that is taken off
        return 0.0
    return 1.0


def _id_fit(column: str, profile: Profile) -> float:
    if profile.share("date") > 0.5 and profile.share("compact") < 0.5:
        return 0.0
    if column == "line_number":
        return 1.0 if profile.share("integer") >= 0.95 else 0.0
    if len(profile.distinct) < 2 and len(profile.texts) > 20:
        return 0.0
    if is_ruined(profile) or (column in ("order_id", "product_id") and len(profile.texts) < 0.5 * profile.rows):
        return 0.0
    decimals = sum(n for text, n in profile.distinct.items() if profile.share("number") > 0.9 and "." in text)
    decimals -= sum(n for text, n in profile.distinct.items() if text.endswith(".0"))
    if decimals > 0.1 * len(profile.texts) or profile.share("long") > 0.5 or profile.share("url") > 0.5:
        return 0.0
    if column == "customer_id" and profile.share("email") < 0.5 and profile.share("spaced") > 0.7:
        # a name
        return 0.4
    return 1.0


def is_ruined(profile: Profile) -> bool:
    """Whether a spreadsheet wrote long numbers as 2.14E+09, so that different ones are the same."""
    ruined = sum(n for text, n in profile.distinct.items() if re.fullmatch(r"[0-9][.,]?[0-9]*E\+?[0-9]+", text))
    return ruined > 0.003 * len(profile.texts)


def _text_fit(column: str, profile: Profile) -> float:
    numeric = profile.share("number") > 0.9 and profile.share("text") < 0.1
    if column in ("customer_email", "email"):
        return 1.1 if profile.share("email") >= 0.5 else 0.0
    if column in ("customer_phone", "phone"):
        is_phone = profile.share("phone") >= 0.4 or profile.share("integer") > 0.8
        return 1.0 if is_phone and not (column == "customer_phone" and is_ruined(profile)) else 0.0
    if column == "currency":
        return 1.0 if profile.share("currency") >= 0.8 else 0.0
    if column == "country":
        known = share_known(profile, "country_spellings")
        codes = sum(n for text, n in profile.distinct.items() if len(text) == 2 and text.isalpha())
        return 0.0 if numeric else 1.0 if known >= 0.3 or codes > 0.8 * len(profile.texts) else 0.75
    if column == "order_status":
        known = share_known(profile, "order_statuses")
        if len(profile.distinct) > 60 or (profile.share("flag") > 0.9 and not numeric):
            return 0.0
        # codes are asked about
        return 2.3 if known >= 0.6 else 1.0 if known > 0.2 or (numeric and len(profile.distinct) <= 9) else 0.7
    if column == "event_type":
        return 0.0 if numeric or len(profile.distinct) > 200 else 1.0
    if column in ("marketing_consent", "is_available"):
        return 1.0 if profile.share("flag") >= 0.8 else 0.0
    if column in ("page_url", "referrer", "image_path"):
        return 1.0 if profile.share("url") >= 0.3 or "/" in "".join(profile.examples(20)) else 0.5
    if column in ("review_text", "description"):
        return 0.0 if numeric else 1.0 if profile.share("long") > 0.2 or profile.share("spaced") > 0.5 else 0.8
    if column == "customer_name" and profile.share("spaced") < 0.5:
        # a word may be a key as well
        return 0.0 if numeric else 0.9
    if column in ("product_name", "customer_name", "city", "gender", "title", "brand", "category"):
        return 0.0 if numeric or profile.share("date") > 0.5 else 1.0
    return 1.0
