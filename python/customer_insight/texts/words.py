"""The words of a text, in any script.

Marks belong to the letter before them (Unicode Standard, chapter 2.11). Scripts that put no spaces between words are
cut into pairs of neighbouring characters, which needs no dictionary (Nie and others, "On the use of words and n-grams
for Chinese information retrieval", 2000).
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

# Han, kana and the marks of both; Thai, Lao, Myanmar, Khmer.
_WITHOUT_SPACES = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003347f\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
_LAST_MARK = 0x1F000
_MARKS = "".join(
    re.escape(chr(code)) for code in range(0x300, _LAST_MARK) if unicodedata.category(chr(code)).startswith("M")
)
_LETTER = rf"[^\W{_WITHOUT_SPACES}]"
# A word keeps what belongs to its name: marks, 1.5 and 2,5, H&M, C++ and C#.
_WORD = rf"(?:{_LETTER}[{_MARKS}]*)+"
_TERM = re.compile(
    rf"(?P<run>(?:[{_WITHOUT_SPACES}][{_MARKS}]*)+)"
    rf"|[0-9]+(?:[.,][0-9]+)+(?!\w)|{_WORD}(?:&{_WORD})*(?:(?:\+\+?|\#)(?![\w+\#]))?"
)
_CHARACTER = re.compile(rf"\w[{_MARKS}]*")
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])


def words(text: str) -> list[str]:
    """All words of a text, in their order: 'Red 茶碗蒸し' gives ['red', '茶碗', '碗蒸', '蒸し']."""
    return [word for _, pieces in parts(text) for word in pieces]


def parts(text: str) -> list[tuple[str, list[str]]]:
    """Each word, in lower case, and itself; or each run of characters without spaces, and its pairs of characters."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_INVISIBLE)
    return [(found[0], _pairs(found[0]) if found["run"] else [found[0]]) for found in _TERM.finditer(plain)]


def is_readable(term: str) -> bool:
    """Whether a term says something to a person: one word, of letters, not of two Latin ones alone."""
    letters = all(letter.isalpha() or letter in "&+#" or unicodedata.category(letter)[0] == "M" for letter in term)
    return letters and (len(term) > 2 or not term.isascii())


def _pairs(run: str) -> list[str]:
    characters = _CHARACTER.findall(run)
    return [first + second for first, second in pairwise(characters)] or characters
