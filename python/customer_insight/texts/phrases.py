"""Many phrases as one regular expression."""

from __future__ import annotations

import re


def one_of(phrases: str) -> str:
    """A group of phrases that stand with commas between them; the longest that fits is taken.

    Phrases that begin alike are written as one, so that each letter is read once and not once a phrase.
    """
    return f"(?:{_continued({phrase.strip() for phrase in phrases.split(',')})})"


def _continued(phrases: set[str]) -> str:
    """What any of the phrases looks like; the shorter of two that begin alike comes last."""
    rests: dict[str, set[str]] = {}
    for phrase in sorted(phrases - {""}):
        rests.setdefault(phrase[0], set()).add(phrase[1:])
    parts = [_letter(first) + _continued(rest) for first, rest in rests.items()]
    if not parts:
        return ""
    return f"(?:{'|'.join(parts)})?" if "" in phrases else parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def _letter(letter: str) -> str:
    return letter if letter == " " else re.escape(letter)
