"""What the values of a column look like: counts of texts that are dates, numbers, addresses, codes and the like."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from customer_insight.mapping.column_words import CURRENCIES, SIGNS

EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[A-Za-z]{2,}")
PHONE = re.compile(r"'?[+(0][0-9 ()/.-]{6,19}|[0-9]{3}[-. ][0-9]{3}[-. ][0-9]{4}")
CLOCK = r"(?:[T ,]+[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?(?: ?[AaPp]\.?[Mm]\.?)?)"
ZONE = r"(?: ?(?:Z|UTC|GMT|[A-Z]{3,4}|[+-][0-9]{2}:?[0-9]{2}))"
MONTH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
YEAR_FIRST = re.compile(rf"(?:19|20)[0-9]{{2}}([-/.])[0-9]{{1,2}}\1[0-9]{{1,2}}({CLOCK}?)({ZONE}?)")
COMPACT = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(T?[0-9]{4,6})?(Z?)")
YEAR_LAST = re.compile(rf"([0-9]{{1,2}})([-/. ])([0-9]{{1,2}})\2((?:19|20)?[0-9]{{2}})({CLOCK}?)({ZONE}?)")
WORDED = re.compile(
    rf"(?:[A-Za-z]{{3,9}},? )?(?:[0-9]{{1,2}}(?:st|nd|rd|th)?[-. ]+{MONTH}|{MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?)"
    rf",?[-. ]+[0-9]{{2,4}}({CLOCK}?)({ZONE}?)"
)
TIME_ONLY = re.compile(r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?: ?[AaPp]\.?[Mm]\.?)?")
SIGN = r"(?:[$€£¥₹₩₺₴]|[A-Z]{1,3}\$|[A-Z]{3}|R[sp]\.?|kr\.?|zł|Kč|Ft)"
NUMBER = re.compile(
    rf"[-+\u2212(]?{SIGN}?[  ]?[-+]?[0-9]+(?:[.,'\u2019   ][0-9]+)*(?:[eE][-+]?[0-9]+)?[  ]?{SIGN}?[)-]?"
)
# 12,50 and 1.234,50; 12.50 and 1,234.50; what may be either
COMMA = re.compile(
    r"[^0-9]*(?:[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})|0,[0-9]+|[0-9.]*\.[0-9]{3},[0-9]+|[0-9]+(?:\.[0-9]{3}){2,})[^0-9]*"
)
POINT = re.compile(
    r"[^0-9]*(?:[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})|0\.[0-9]+|[0-9,]*,[0-9]{3}\.[0-9]+|[0-9]+(?:,[0-9]{3}){2,})[^0-9]*"
)
EITHER = re.compile(r"[^0-9]*[1-9][0-9]{0,2}[.,][0-9]{3}[^0-9]*")
THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
# an address of the internet: no groups of three
IP = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
INTEGER = re.compile(r"-?[0-9]{1,18}(?:\.0+)?")
URL = re.compile(r"https?://|www\.|^/[a-z]", re.I)
NOTHING = {"null", "none", "nan", "n/a", "na", "-", "--", "(not set)", "not set", "nat", "\\n"}
FLAG_WORDS = "true false yes no y n t f 0 1 ja nein j oui non si sí sim nao não tak nie subscribed unsubscribed"
FLAGS = set(FLAG_WORDS.split())


@dataclass
class Profile:
    """One column: its filled texts in order, and how many of them are of which kind."""

    name: str
    texts: list[str]
    rows: int
    kinds: Counter[str] = field(default_factory=Counter)
    orders: Counter[str] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)
    signs: Counter[str] = field(default_factory=Counter)

    @cached_property
    def distinct(self) -> Counter[str]:
        """The texts, and how often each stands there."""
        return Counter(self.texts)

    def share(self, kind: str) -> float:
        """Which part of the filled texts are of a kind."""
        return self.kinds[kind] / len(self.texts) if self.texts else 0.0

    @property
    def is_unique(self) -> bool:
        """Whether every row has a text of its own."""
        return bool(self.texts) and len(self.distinct) == len(self.texts) >= 0.99 * self.rows

    @cached_property
    def numbers(self) -> list[float | None]:
        """The texts as numbers, as far as they are some, by the mark that most of them show."""
        mark = "," if self.marks["comma"] > self.marks["point"] else "."
        return [number_of(text, mark) for text in self.texts]

    def examples(self, count: int = 4) -> tuple[str, ...]:
        """Some of its texts, those that stand there first."""
        return tuple(text[:60] for text in list(dict.fromkeys(self.texts))[:count])


def number_of(text: str, mark: str = ".") -> float | None:
    """A text as a number, roughly: to compare with, not to count by."""
    if not NUMBER.fullmatch(text):
        return None
    digits = re.sub(r"[^0-9eE" + re.escape(mark) + "]", "", re.sub(SIGN, "", text)).replace(mark, ".")
    try:
        value = float(digits)
    except ValueError:
        return None
    return -value if re.match(r"[^0-9]*[-\u2212(]", text) or text.endswith("-") else value


def profile_of(name: str, values: list[str | None]) -> Profile:
    """Looks at the texts of a column."""
    texts = [value for value in values if value is not None and value.lower() not in NOTHING]
    profile = Profile(name, texts, len(values))
    for text, count in Counter(texts).items():
        for kind in _kinds(profile, text, count):
            profile.kinds[kind] += count
    return profile


def _kinds(profile: Profile, text: str, count: int) -> list[str]:
    kinds = ["text"] if any(sign.isalpha() for sign in text) else []
    date = _date(profile, text, count)
    if date:
        return [*kinds, *date]
    if TIME_ONLY.fullmatch(text):
        return ["time_only"]
    if EMAIL.fullmatch(text.strip("<>").removeprefix("mailto:")):
        return ["email", "text"]
    if text.lower() in FLAGS:
        kinds.append("flag")
    if text.endswith("%") and number_of(text[:-1].strip()) is not None:
        return ["percent"]
    if NUMBER.fullmatch(text) and not (IP.fullmatch(text) and not THOUSANDS.fullmatch(text)):
        kinds.append("number")
        kinds += ["integer"] if INTEGER.fullmatch(text) else []
        for mark, pattern in (("comma", COMMA), ("point", POINT), ("either", EITHER)):
            if pattern.fullmatch(text):
                profile.marks[mark] += count
                break
        sign = re.sub(r"[-+\u22120-9.,'\u2019()\s]", "", text)
        if sign:
            profile.signs[sign] += count
    if PHONE.fullmatch(text) and sum(each.isdigit() for each in text) >= 7:
        kinds.append("phone")
    if text.upper() in {code.upper() for code in CURRENCIES} or text.lower() in SIGNS or text in "$¥":
        kinds.append("currency")
    if URL.search(text):
        kinds.append("url")
    if re.search(r"(?:Mozilla|Opera|Dalvik|bot)/|curl/|okhttp", text):
        kinds.append("user_agent")
    return kinds + (["long"] if len(text) > 60 else []) + (["spaced"] if " " in text else [])


def _date(profile: Profile, text: str, count: int) -> list[str]:
    """`date`, with `clock` and `zone` where it has them; counts which order of day and month it allows."""
    for pattern in (YEAR_FIRST, COMPACT, YEAR_LAST, WORDED):
        found = pattern.fullmatch(text)
        if found is None:
            continue
        clock, zone = (found.groups() or ("", ""))[-2:]
        if pattern is YEAR_LAST:
            first, sign, second = int(found[1]), found[2], int(found[3])
            if not (1 <= first <= 31 and 1 <= second <= 31) or (first > 12 and second > 12):
                return []
            if len(found[4]) == 2 and sign == " ":
                return []
            order = "day_first" if first > 12 or sign == "." else "month_first" if second > 12 else "open"
            profile.orders[order] += count
        else:
            profile.orders["year_first" if pattern is not WORDED else "worded"] += count
        kinds = ["date", "compact"] if pattern is COMPACT else ["date"]
        at_midnight = re.fullmatch(r"[T ,]*0{1,2}[:.]00(?:[:.]00(?:[.,]0+)?)?", clock or "")
        return kinds + (["clock"] if clock and not at_midnight else []) + (["zone"] if zone else [])
    return []
