"""Telephone numbers as E.164 (ITU-T, 2010), by the rules of the library phonenumbers; none where there is a doubt.

A wrong number is another person's, so one that can be read in two ways is none. The library alone is not enough: of
4915123456789 in Germany it makes +494915123456789, which counts as valid there, and it reads two numbers as one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

import phonenumbers
import pyarrow as pa
from phonenumbers import PhoneMetadata, PhoneNumber, PhoneNumberFormat

from customer_insight.numerics import arrays

# Spreadsheets write an apostrophe before a plus, tables of numbers a `.0` behind; links begin with tel:.
_AROUND = re.compile(r"^(?:tel:|['\u2019`\"\s])+|['\u2019`\"\s]+$", re.IGNORECASE)
_DECIMAL = re.compile(r"(\+?[0-9]{6,})\.0+")
_WRITTEN = re.compile(r"\+?[0-9()./ -]+")
# A slash comes after the code of an area, within the first so many digits; later it divides two numbers.
_AREA_DIGITS = 6
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")


def international(phones: pa.Table) -> pa.Table:
    """From customer_code (int), phone and country (text: ISO code of two letters, or name), customer_code and e164.

    Rows without a number that is certain are left out. e164 is a plus and digits ('+4915123456789').
    """
    texts: list[Any] = [arrays.texts(phones, name).to_pylist() for name in ("phone", "country")]
    known: dict[tuple[str, str], str | None] = {pair: e164(*pair) for pair in set(zip(*texts, strict=True))}
    numbers = pa.array([known[pair] for pair in zip(*texts, strict=True)], pa.string())
    found = pa.table({"customer_code": phones["customer_code"].cast(pa.int32()), "e164": numbers})
    return found.filter(found["e164"].is_valid())


def e164(phone: str, country: str) -> str | None:
    """The one number that a text can mean, for somebody of the country ('' where that is not known)."""
    digits = _dialled(phone)
    region = region_of(country)
    metadata = PhoneMetadata.metadata_for_region(region) if region else None
    if digits is None:
        return None
    if digits.startswith("+"):
        number = _certain(_parsed(digits))
    elif ways := _ways_out(digits, metadata):
        number = _certain(_the_one(*(_parsed("+" + digits[length:]) for length in sorted(ways))))
    elif metadata is None:
        number = None
    else:
        number = _at_home(digits, metadata)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else None


def _dialled(phone: str) -> str | None:
    """Digits, perhaps after a plus; None where the text is anything but one number."""
    text = unicodedata.normalize("NFKC", phone).translate(_DASHES)
    text = _AROUND.sub("", text)
    if decimal := _DECIMAL.fullmatch(text):
        text = decimal[1]
    before, slash, after = text.partition("/")
    if slash and ("/" in after or sum(letter.isdigit() for letter in before) > _AREA_DIGITS):
        return None
    if not _WRITTEN.fullmatch(text.strip()):
        return None
    return re.sub(r"[^0-9+]", "", text)


def _ways_out(digits: str, metadata: PhoneMetadata | None) -> set[int]:
    """How many digits may lead out of the country: the 00 that most countries have, and its own."""
    own = re.match(metadata.international_prefix, digits) if metadata and metadata.international_prefix else None
    return ({own.end()} if own else set()) | ({2} if re.match("00[1-9]", digits) else set())


def _at_home(digits: str, metadata: PhoneMetadata) -> PhoneNumber | None:
    """A number as it is written within its country: with a trunk prefix, with the country's code, or with neither."""
    code, prefix = str(metadata.country_code), metadata.national_prefix or ""
    national = _parsed(digits, metadata.id)
    if prefix and digits.startswith(prefix):
        rest = digits[len(prefix) :]
        # the trunk prefix may stand before a country's code, too
        coded = _parsed("+" + rest) if rest.startswith(code) else None
        return _certain(_the_one(national, coded if _is_valid(coded) else None))
    if digits.startswith(code):
        coded, unprefixed = _parsed("+" + digits), _parsed(f"+{code}{digits}")
        # without its trunk prefix a number may be one that begins like the country's code: never taken, and a doubt
        doubted = bool(prefix) and _is_valid(unprefixed) and coded != unprefixed
        return None if doubted else _certain(_the_one(coded, unprefixed))
    # in a country with a trunk prefix its lack is a doubt, unless the number is one that is given out
    return national if (_is_valid(national) if prefix else _is_possible(national)) else None


def _the_one(*readings: PhoneNumber | None) -> PhoneNumber | None:
    """The valid reading, or else the possible one, if there is exactly one."""
    for is_likely in (_is_valid, _is_possible):
        likely = [number for number in readings if is_likely(number)]
        if likely:
            return likely[0] if all(number == likely[0] for number in likely) else None
    return None


def _certain(number: PhoneNumber | None) -> PhoneNumber | None:
    """A possible number whose trunk prefix is gone: the library takes it out, where it can."""
    if number is None or not _is_possible(number):
        return None
    prefix = _trunk_prefix(number.country_code)
    has_prefix = bool(prefix) and phonenumbers.national_significant_number(number).startswith(prefix)
    return None if has_prefix and not _is_valid(number) else number


def _parsed(text: str, region: str | None = None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _is_valid(number: PhoneNumber | None) -> bool:
    return number is not None and phonenumbers.is_valid_number(number)


def _is_possible(number: PhoneNumber | None) -> bool:
    return number is not None and phonenumbers.is_possible_number(number)


@cache
def _trunk_prefix(country_code: int) -> str:
    metadata = PhoneMetadata.metadata_for_region(phonenumbers.region_code_for_country_code(country_code))
    return (metadata.national_prefix or "") if metadata else ""


@cache
def region_of(country: str) -> str | None:
    """ISO code of two letters, of itself or of a name in any language that the library knows; else None."""
    text = country.strip()
    if text.upper() in phonenumbers.SUPPORTED_REGIONS:
        return text.upper()
    return _regions_by_name().get(text.casefold())


@cache
def _regions_by_name() -> dict[str, str]:
    named: dict[str, set[str]] = defaultdict(set)
    for region, names in _names_of_regions().items():
        if region in phonenumbers.SUPPORTED_REGIONS:
            for name in names.values():
                named[name.casefold()].add(region)
    return {name: regions.pop() for name, regions in named.items() if len(regions) == 1 and not name.startswith("*")}


def _names_of_regions() -> dict[str, dict[str, str]]:
    """The library's names of each region by language: alone, since its package loads all places."""
    file = f"{phonenumbers.__path__[0]}/geodata/locale.py"
    spec: Any = spec_from_file_location("phonenumbers.geodata.locale", file)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.LOCALE_DATA)
