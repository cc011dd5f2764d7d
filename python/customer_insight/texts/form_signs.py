"""What a text must hold to have a form: an expression that Arrow looks for in many texts at once (RE2).

The sign of a form is the form without what only narrows it: it does not look around, knows no bounds of words, has no
limit to repetitions that need one, may give back what it took, and leaves out what may be missing at its two ends. So
wherever the form is, its sign is; the other way round it need not be, and the form itself has the last word. RE2 reads
each letter once, with all ways at a time, in a fiftieth of what Python's own reader takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute

pc: Any = pyarrow.compute

# As Python reads them, of all scripts.
_CLASSES = {
    "w": r"\pL\pN_",
    "d": r"\p{Nd}",
    "s": r"\t-\r\x1c-\x20\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}",
}
# Letters, and with them what counts without being a decimal digit.
_LETTERS = {r"[^\W\d]", r"[^\W\d_]"}
# RE2 writes each repetition out; more than these are any number of them.
_MOST_REPEATED = 3
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_COUNT = re.compile(r"[?*+]|\{(?P<least>\d+)(?P<range>,)?(?P<most>\d*)\}")
_LOOKS_AROUND = re.compile(r"\(\?<?[=!]")
_OPENS = re.compile(r"\((?:\?(?:P<\w+>|>|:|(?P<flags>[a-z]+:)))?")
_FLAGS = re.compile(r"\(\?[a-z]+\)")
_HEX = re.compile(r"\\u([0-9a-f]{4})")
# Of letters that Python, where small letters count as large ones, takes for one of ASCII, RE2 does not know these.
_ALSO_I = {"\u0131": "i", "\u0130": "I"}


class _Part(NamedTuple):
    """An expression and how often it is there: '' once, else ?, *, + or {…}."""

    what: str
    times: str = ""


@cache
def sign_of(form: re.Pattern[str]) -> str:
    """The sign of a form, for RE2. Raises ValueError where the form has what this does not know."""
    flags = ("i" if form.flags & re.IGNORECASE else "") + ("m" if form.flags & re.MULTILINE else "")
    parts, _ = _sequence(form.pattern, 0)
    start, end = 0, len(parts)
    while start < end and parts[start].times in ("?", "*"):
        start += 1
    while end > start and parts[end - 1].times in ("?", "*"):
        end -= 1
    if start == end:
        raise ValueError(f"{form.pattern} may be empty: every text has it.")
    return (f"(?{flags})" if flags else "") + _joined(parts[start:end])


def candidates(forms: Sequence[re.Pattern[str]], texts: list[str]) -> Iterator[list[int]]:
    """Of each form, the places of the texts that hold its sign, ascending."""
    try:
        read: Any = pa.array(texts, pa.large_string())
    except UnicodeEncodeError:  # half a pair of surrogates, which no other program reads
        yield from ([*range(len(texts))] for _ in forms)
        return
    for letter, as_ascii in _ALSO_I.items():
        if pc.any(pc.match_substring(read, letter)).as_py():
            read = pc.replace_substring(read, letter, as_ascii)
    for form in forms:
        yield np.flatnonzero(np.asarray(pc.match_substring_regex(read, sign_of(form)), dtype=np.bool_)).tolist()


def matches(form: re.Pattern[str], texts: list[str]) -> list[Iterable[re.Match[str]]]:
    """What a form finds in each text."""
    found: list[Iterable[re.Match[str]]] = [()] * len(texts)
    for place in next(candidates([form], texts)):
        found[place] = form.finditer(texts[place])
    return found


def _joined(parts: list[_Part]) -> str:
    return "".join(what + count for what, count in parts)


def _sequence(form: str, at: int) -> tuple[list[_Part], int]:
    """The parts up to the end of the group, and where that is."""
    parts: list[_Part] = []
    while at < len(form) and form[at] != ")":
        what, at = _part(form, at)
        count, at = _repeated(form, at)
        if what:
            parts.append(_Part(what, count))
    return parts, at


def _part(form: str, at: int) -> tuple[str, int]:
    """The widened expression that begins here ('' where it only narrows), and where the next one does."""
    if form[at] == "\\":
        return _escaped(form, at)
    if form[at] == "[":
        found = _CLASS.match(form, at)
        assert found is not None  # re.compile has read it
        return _class(found[0]), found.end()
    if flags := _FLAGS.match(form, at):
        return flags[0], flags.end()
    if form[at] != "(":
        return form[at], at + 1
    around = _LOOKS_AROUND.match(form, at)
    opened = around or _OPENS.match(form, at)
    assert opened is not None
    inside, end = _sequence(form, opened.end())
    if around:
        return "", end + 1
    return f"(?{opened['flags'] or ':'}{_joined(inside)})", end + 1


def _class(whole: str) -> str:
    if whole in _LETTERS:
        return rf"[{_CLASSES['w']}]"
    if re.search(r"\\[WDSb]", whole):
        raise ValueError(f"The class {whole} has no sign.")
    return re.sub(r"\\([wds])", lambda found: _CLASSES[found[1]], _HEX.sub(r"\\x{\1}", whole))


def _escaped(form: str, at: int) -> tuple[str, int]:
    if hexadecimal := _HEX.match(form, at):
        return f"\\x{{{hexadecimal[1]}}}", hexadecimal.end()
    letter = form[at + 1]
    if letter.isalnum() and letter not in "bwdsnt":
        raise ValueError(f"\\{letter} has no sign.")
    return "" if letter == "b" else f"[{_CLASSES[letter]}]" if letter in _CLASSES else f"\\{letter}", at + 2


def _repeated(form: str, at: int) -> tuple[str, int]:
    """How often what stands before is there, at least as widely, and where the form goes on."""
    found = _COUNT.match(form, at)
    if not found:
        return "", at
    count, end = found[0], found.end()
    if found["least"]:
        least, most = int(found["least"]), int(found["most"] or 0) if found["range"] else int(found["least"])
        if found["range"] and not 0 < most <= _MOST_REPEATED:
            count = "*" if not least else "+" if least == 1 else f"{{{least},}}"
        elif not least:
            count = "?" if most == 1 else "*"
    return count, end + (form[end : end + 1] in ("+", "?"))
