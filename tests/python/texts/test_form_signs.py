"""Wherever a form is, its sign is: for every form of the project, every character, and what makes up their parts."""

import re
import sys

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from customer_insight.texts import masking
from customer_insight.texts.form_signs import candidates, matches, sign_of
from customer_insight.voice import message_entities

EVERY_CHARACTER = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
# Only what has small and large letters can be alike and not the same.
CASED = [each for each in EVERY_CHARACTER if each < "\u0250" or each.lower() != each or each.upper() != each]
LETTERS = sorted({*"abcdefghijklmnopqrstuvwxyz", *"äöüßàâçéèêëîïôùûñíóúáãõłśćżźńęąřčšěůľďťåøæº°ª€£$¥"})


def holds(form, texts, flags=0):
    return next(candidates([re.compile(form, flags)], texts))


@pytest.mark.parametrize(
    "form", [r"\w", r"\d", r"\s", r"[\w'-]", r"[\d ]", r"[^\W\d]", r"[^\W\d_]", r"[\s.]", r"[^\s<>]"]
)
def test_classes_are_as_wide_as_those_of_python(form):
    found = {place for place, character in enumerate(EVERY_CHARACTER) if re.fullmatch(form, character)}
    assert found <= set(holds(form, EVERY_CHARACTER))


def test_small_and_large_letters_are_as_alike_as_for_python():
    for letter in [*LETTERS, "[a-z]", "[A-Z0-9]", r"[\dA-Z]", "(?:s|k)"]:
        form = re.compile(letter, re.IGNORECASE)
        found = {place for place, character in enumerate(CASED) if form.fullmatch(character)}
        assert found <= set(holds(letter, CASED, re.IGNORECASE)), letter


@pytest.mark.parametrize(
    ("form", "sign"),
    [
        (r"(?<![\w.])\d{9,}(?!\w)", r"[\p{Nd}]{9,}"),
        (r"\ba{2,4}+b{0,60}+c{1,9}d{2}", r"a{2,}b*c+d{2}"),
        (r"(?>a|b){2}(?P<detail>c)?d", r"(?:a|b){2}(?:c)?d"),
        (r"(?:a,\s)?b(?i:c)(?:d{1,3})?", r"b(?i:c)"),
        (r"(?=a(?:[)]|\))b)c", r"c"),
        (r"\u2019[\u2013-]", r"\x{2019}[\x{2013}-]"),
    ],
)
def test_what_only_narrows_is_left_out(form, sign):
    assert sign_of(re.compile(form)) == sign


@pytest.mark.parametrize("form", [r"a*", r"(a)\1", r"[\W]a", r"\Aa", r"(?:a)?\b"])
def test_a_form_that_has_no_sign_is_refused(form):
    with pytest.raises(ValueError, match=r"has no sign|may be empty"):
        sign_of(re.compile(form))


def test_every_form_of_the_project_has_a_sign_that_both_read():
    forms = [form for *_, form in masking._FORMS]
    for form in [*forms, message_entities._DATES, message_entities._AMOUNTS]:
        assert not pc.match_substring_regex(pa.array([""]), sign_of(form))[0].as_py()


def test_a_text_that_is_no_unicode_is_read_as_by_python():
    texts = ["\ud800 1", "1", "a"]
    assert [[match.span() for match in found] for found in matches(re.compile(r"\d"), texts)] == [
        [(2, 3)],
        [(0, 1)],
        [],
    ]
