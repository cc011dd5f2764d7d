"""Personal details in texts: where they stand, of which kind, and texts without them.

Found is what has a form: addresses of mail and of houses, telephone, card and bank numbers, numbers of orders and of
papers, links, dates of birth, and names where a letter has its names (greeting, closing, title, "my name is"; there in
small letters, too). Any other name in the middle of a sentence has no form, and a street without a number is none.
Sizes, prices and article numbers stay: a long number with the check digit of GS1 (General Specifications, 7.9) is an
article's; a card's has that of ISO/IEC 7812-1, annex B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from customer_insight.texts import bank_forms, form_signs, personal_forms


class Detail(NamedTuple):
    """A personal detail: text[start:end], and its kind (a key of `WORDS`)."""

    start: int
    end: int
    kind: str


# What stands in place of a detail of each kind.
WORDS = {
    "link": "[link]",
    "email": "[email]",
    "account": "[account]",
    "bank_account": "[bank account]",
    "card_number": "[card number]",
    "id_number": "[id number]",
    "date_of_birth": "[date of birth]",
    "order_number": "[order number]",
    "address": "[address]",
    "phone": "[phone]",
    "number": "[number]",
    "name": "[name]",
}

# Which kind a form shows, in the order in which kinds are told apart; how many digits a text that has it holds at
# least, and what else it must hold: looking for that takes a tenth of the time.
_FORMS = [
    (kind, digits, sign and re.compile(sign, re.MULTILINE), re.compile(form, flags))
    for kind, digits, sign, forms, flags in [
        ("link", 0, r"/|[wW]\.", personal_forms.LINKS, re.IGNORECASE),
        ("email", 0, r"[@(\[{]", personal_forms.EMAILS, 0),
        ("bank_account", 1, "", bank_forms.BANK_ACCOUNTS, 0),
        ("bank_account", 0, r"[iI][cCfF]", bank_forms.BANK_CODES, 0),
        ("id_number", 5, "", personal_forms.PAPERS, re.IGNORECASE),
        ("date_of_birth", 3, "", personal_forms.BIRTH_DATES, re.IGNORECASE),
        ("card_number", 14, "", personal_forms.CARDS, 0),
        ("order_number", 1, "", personal_forms.ORDERS, re.IGNORECASE),
        ("address", 1, "", personal_forms.ADDRESSES, 0),
        ("address", 1, r"\d[A-Z]{2}|\d-\d", personal_forms.POSTCODES, 0),
        ("address", 5, r"[FAD]PO\sA", personal_forms.FIELD_POST, 0),
        ("phone", 6, "", personal_forms.PHONES, 0),
        ("number", 9, "", personal_forms.LONG_NUMBERS, 0),
        ("account", 0, "@", personal_forms.HANDLES, 0),
        ("name", 0, "", personal_forms.NAMES, re.MULTILINE),
        (
            "name",
            0,
            r"[,.!\n\u2013-]\s{0,4}[^\W\d]{2,20} [^\W\d]{2,20}\s{0,3}$",
            personal_forms.SIGNATURES,
            re.MULTILINE,
        ),
    ]
    for form in forms
]
_BARE_HOST = re.compile(r"(?:https?://)?(?:[a-z-]{2,}\.){1,3}[a-z]{2,}/?", re.IGNORECASE)
# A number behind these words is an article's, whatever its form; which forms a number of an article may have.
_ARTICLE = re.compile(
    r"\b(?:ean|gtin|upc|isbn|barcode|sku|art|article|artikel|artículo|articolo|item|product|produkt|produit|model|modell)"
    r"(?:[\s.-]?(?:no|nr|num|number|nummer|code|n[°º]))?\W{0,3}$",
    re.IGNORECASE,
)
_IBAN_WORD = re.compile(bank_forms.IBAN_WORD, re.IGNORECASE)
_MAY_BE_ARTICLES = {"phone", "number", "card_number"}
_PLACE = {kind: place for place, kind in enumerate(WORDS)}
# To look for signs in fewer texts than these is no faster; of more, so many are read at a time.
_FEW, _BLOCK = 500, 100_000


def mask(texts: list[str]) -> list[str]:
    """The texts with a word in place of each personal detail: 'Call 0151 23456789' gives 'Call [phone]'."""
    return [_masked(text, found) if found else text for text, found in zip(texts, details_of(texts), strict=True)]


def details_of(texts: list[str]) -> list[list[Detail]]:
    """The personal details of each text, as `personal_details` finds them, in a tenth of the time where they are many.

    Signs of all forms are looked for in all texts at once; a form is looked for where its sign is.
    """
    if len(texts) < _FEW:
        return [personal_details(text) for text in texts]
    found: list[list[Detail]] = []
    for start in range(0, len(texts), _BLOCK):
        found += _details_of_block(texts[start : start + _BLOCK])
    return found


def _details_of_block(texts: list[str]) -> list[list[Detail]]:
    found: list[list[Detail]] = [[] for _ in texts]
    places = form_signs.candidates([form for *_, form in _FORMS], texts)
    for (kind, *_, form), of_form in zip(_FORMS, places, strict=True):
        for place in of_form:
            found[place] += _of_form(texts[place], kind, form)
    return [_apart(details) if len(details) > 1 else details for details in found]


def personal_details(text: str) -> list[Detail]:
    """The personal details of a text, in its order. No two share a character, since those that touch are one."""
    digits = sum(map(str.isdecimal, text))
    found: list[Detail] = []
    for kind, least, sign, form in _FORMS:
        if digits >= least and (not sign or sign.search(text)):
            found += _of_form(text, kind, form)
    return _apart(found)


def is_article(number: str) -> bool:
    """Whether digits have the length and the check digit of a GTIN."""
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(number)))
    return len(number) in (8, 12, 13, 14) and weighted % 10 == 0


def is_card(number: str) -> bool:
    """Whether digits have the length and the check digit of a card."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number))]
    return 12 <= len(number) <= 19 and sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def is_iban(number: str) -> bool:
    """Whether letters and digits have the check digits of an IBAN."""
    turned = number[4:] + number[:4]
    return number.isascii() and int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1


def _masked(text: str, details: list[Detail]) -> str:
    parts, end = [], 0
    for detail in details:
        parts += [text[end : detail.start], WORDS[detail.kind]]
        end = detail.end
    return "".join([*parts, text[end:]])


def _of_form(text: str, kind: str, form: re.Pattern[str]) -> Iterator[Detail]:
    for match in form.finditer(text):
        start, end = match.span("detail" if "detail" in form.groupindex else 0)
        if not _is_public(text, kind, start, end):
            yield Detail(start, end, kind)


def _is_public(text: str, kind: str, start: int, end: int) -> bool:
    """Whether what has the form of a personal detail is the shop's own: a site without a path, an article's number."""
    if kind == "link":
        return _BARE_HOST.fullmatch(text, start, end) is not None
    if kind == "bank_account":
        return _is_no_iban(text, start, end)
    if kind not in _MAY_BE_ARTICLES:
        return False
    digits = "".join(filter(str.isdecimal, text[start:end]))
    if _ARTICLE.search(text, max(start - 30, 0), start):
        return True
    if kind == "card_number" and len(digits) != 13:  # no card has 13 digits any more
        return not is_card(digits) and is_article(digits)
    is_dialled = kind == "phone" and not text[start:end].isdecimal()
    # 12 digits are a telephone number more often than an article, and so are those that lead out of the country
    return not is_dialled and len(digits) != 12 and is_article(digits) and not digits.startswith("00")


def _is_no_iban(text: str, start: int, end: int) -> bool:
    """Whether what looks like an IBAN in small letters has neither its check digits nor its word before it."""
    number = "".join(filter(str.isalnum, text[start:end]))
    is_small = number[:2].isalpha() and number[2:4].isdecimal() and not number.isupper()
    return is_small and not _IBAN_WORD.search(text, max(start - 20, 0), start) and not is_iban(number)


def _apart(found: list[Detail]) -> list[Detail]:
    """Details in their order, those that overlap as one of the kind that was found first."""
    apart: list[Detail] = []
    for detail in sorted(found):
        if apart and detail.start < apart[-1].end:
            before = apart.pop()
            kind = min(before.kind, detail.kind, key=_PLACE.__getitem__)
            detail = Detail(before.start, max(before.end, detail.end), kind)
        apart.append(detail)
    return apart
