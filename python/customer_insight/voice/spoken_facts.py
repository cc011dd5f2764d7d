"""Facts in answers, found without an expression for each: to make one takes longer than to look a hundred times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

# Where each letter has one small letter, and letters are alike where these are: nothing else that `re.IGNORECASE` knows
# is among these characters.
_PLAIN = re.compile(r"[\x00-\u00b4\u00b6-\u012f\u0132-\u017e\u2000-\u20cf\u2600-\u27bf\U0001f300-\U0001faff]*")
_BETWEEN = re.compile(r"[\s._-]+")
_LONGEST_LEAD = 15


def with_places(text: str, words: list[str], place: str, lead: str = "") -> str:
    """The text with a place wherever it says the words one after another, in small or large letters, and whole.

    Blanks, dots, hyphens and underlines may stand between them. lead: an expression of what belongs to them where it
    stands before, at most 15 characters.
    """
    if not _is_plain(text) or not all(_is_plain(word) and not word.startswith("_") for word in words):
        name = r"[\s._-]+".join(re.escape(word) for word in words)
        return re.sub(rf"(?<!\w){lead}{name}(?!\w)", place, text, flags=re.IGNORECASE)
    parts, end = [], 0
    for start, stop in _said(text.lower(), [word.lower() for word in words]):
        led = lead and _leading(lead).search(text, max(end, start - _LONGEST_LEAD), start)
        parts += [text[end : led.start() if led else start], place]
        end = stop
    return "".join([*parts, text[end:]]) if parts else text


def _is_plain(text: str) -> bool:
    return text.isascii() or _PLAIN.fullmatch(text) is not None


@cache
def _leading(lead: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){lead}\Z", re.IGNORECASE)


def _said(text: str, words: list[str]) -> Iterator[tuple[int, int]]:
    at = text.find(words[0])
    while at >= 0:
        end = _end(text, words, at)
        if end and not _in_word(text, at - 1) and not _in_word(text, end):
            yield at, end
            at = text.find(words[0], end)
        else:
            at = text.find(words[0], at + 1)


def _end(text: str, words: list[str], at: int) -> int:
    """Where the words end that begin there, 0 where others follow."""
    end = at + len(words[0])
    for word in words[1:]:
        between = _BETWEEN.match(text, end)
        if not between or not text.startswith(word, between.end()):
            return 0
        end = between.end() + len(word)
    return end


def _in_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")
