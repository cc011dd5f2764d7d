"""Names of a shop (products, brands, categories) in texts: where they stand, also in part and mistyped.

A product is also known by the end of its name ('decaf filter coffee' of 'Highland Decaf Filter Coffee, 250 g') where
that has two words, or one rare word. A rare word that is no name's is read as the word of a name that is one slip away
(two from eight letters on; optimal string alignment, by rapidfuzz): a slip is a letter too many, too few, another one,
or two that changed places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[^\W_]+")
# Between the words of one name stands this much at most.
_GAP = 3
_TAIL = re.compile(r"[,;(].*$")
# In front of a name, what it comes in.
_MEASURE = re.compile(r"\b(?:pack|pair|set|box|bottle|jar|bag|tin|bunch)s? of $", re.IGNORECASE)
# A single word is a product's where this share of the texts has it at most, and it is so long.
_RARE_SHARE, _LEAST_LETTERS = 0.02, 4
# Words in so many texts are no slips; shorter words are not corrected.
_COMMON, _LEAST_CORRECTED, _LONG = 8, 5, 8
_MEASURES = {"pack", "pair", "set", "box", "bottle", "jar", "bag", "tin", "bunch", "piece", "pieces"}
PRODUCT = "product"


class Name(NamedTuple):
    """A name: its kind, its number among those of the kind, and itself."""

    kind: str
    code: int
    text: str


class Mention(NamedTuple):
    """text[start:end] names something; name: None where several have it in common."""

    start: int
    end: int
    kind: str
    name: Name | None


@dataclass(frozen=True)
class NameFinder:
    """phrases: names by their words; longest: words of the longest one by its first word; slips: what words mean."""

    phrases: dict[tuple[str, ...], list[Name]]
    longest: dict[str, int]
    slips: dict[str, str]

    def mentions(self, text: str) -> Iterator[Mention]:
        """The names in a text, from left to right; of several at one place the longest."""
        words = _words(text)
        if not self.slips.keys().isdisjoint(words):
            words = [self.slips.get(word, word) for word in words]
        read, found = _WORD.finditer(text), list[re.Match[str]]()
        free = 0
        for place, word in enumerate(words):
            count = self._length(words, place, self.longest[word]) if place >= free and word in self.longest else 0
            if not count:
                continue
            free = place + count
            found += islice(read, free - len(found))  # few texts are read to their end
            if all(found[at + 1].start() - found[at].end() <= _GAP for at in range(place, free - 1)):
                names = self.phrases[tuple(words[place:free])]
                start = found[place].start()
                measure = _MEASURE.search(text, max(0, start - 12), start) if names[0].kind == PRODUCT else None
                one = names[0] if len(names) == 1 else None
                yield Mention(measure.start() if measure else start, found[free - 1].end(), names[0].kind, one)

    def _length(self, words: list[str], place: int, longest: int) -> int:
        """How many words the longest name has that begins there; 0: none does."""
        for end in range(min(place + longest, len(words)), place, -1):
            if tuple(words[place:end]) in self.phrases:
                return end - place
        return 0


def finder(names: Iterable[Name], texts: list[str]) -> NameFinder:
    """Finds the names in texts like these, which say how rare a word is. Of equal names products come first."""
    seen = Counter(chain.from_iterable(set(_words(text)) for text in texts))
    rare = max(_RARE_SHARE * len(texts), 1)
    phrases: dict[tuple[str, ...], list[Name]] = {}
    tails: dict[tuple[str, ...], list[Name]] = {}
    for name in names:
        whole, short = (tuple(_words(text)) for text in (name.text, _TAIL.sub("", name.text)))
        for phrase in {whole, short} - {()}:
            if any(not word.isdecimal() for word in phrase):
                phrases.setdefault(phrase, []).append(name)
        for start in range(1, len(short)) if name.kind == PRODUCT else ():
            tail = short[start:]
            is_rare = len(tail[0]) >= _LEAST_LETTERS and seen[tail[0]] <= rare and tail[0] not in _MEASURES
            if len(tail) > 1 or is_rare:
                tails.setdefault(tail, []).append(name)
    for tail, owners in tails.items():
        phrases.setdefault(tail, owners)
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return NameFinder(phrases, longest, _slips(seen, {word for phrase in phrases for word in phrase}))


def _words(text: str) -> list[str]:
    """The words of a text in small letters (folded one by one: a folded letter may hold a mark that ends a word)."""
    return _WORD.findall(text.lower()) if text.isascii() else list(map(str.casefold, _WORD.findall(text)))


def _slips(seen: Counter[str], known: set[str]) -> dict[str, str]:
    """For rare words that no name has, the one word of a name that they are a slip of."""
    rare = sorted(
        word for word, count in seen.items()
        if count < _COMMON and word not in known and len(word) >= _LEAST_CORRECTED and word.isalpha()
    )  # fmt: skip
    targets = sorted(word for word in known if len(word) >= _LEAST_CORRECTED and word.isalpha())
    slips = {}
    for word in rare:
        limit = 2 if len(word) >= _LONG else 1
        near = process.extract(word, targets, scorer=OSA.distance, score_cutoff=limit, limit=2)
        if near and (len(near) == 1 or near[0][1] < near[1][1]) and near[0][0][0] == word[0]:
            slips[word] = near[0][0]
    return slips
