"""The sentences of many texts at once.

A sentence ends at a full stop, exclamation or question mark before a blank, at those of Chinese and Japanese anywhere,
and at a new line, also one of HTML. A mark inside a word or number (1.5, example.com) ends none. Characters that HTML
writes with letters (&uuml;) are read as what they are.
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from customer_insight.numerics.arrays import ArrowArray, Ints

pc: Any = pyarrow.compute

_END = r"([.!?\x{2026}]+[\"')\]\x{201d}\x{00bb}]*[ \t\x{00a0}]+|[\x{3002}\x{ff01}\x{ff1f}]+)|[\r\n\x{2028}]+"
_CUT = "\x1e"
# Markup of shops' editors: what ends a paragraph ends a sentence, other tags are nothing.
_LINE_TAG = r"(?i)<(?:br|/?p|/?div|/?li|/?ul|/?h[1-6])\b[^<>]{0,200}>"
_TAG = r"</?[A-Za-z][^<>]{0,200}>"
# Only with its semicolon: "brand&region" has no sign. Shops that escape twice write &amp;uuml;.
_ENTITY = re.compile(r"&(?:amp;)?(#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# What no letter or digit is in says nothing.
_SAYS_SOMETHING = r"[\p{L}\p{N}]"


def sentences(texts: ArrowArray) -> tuple[Ints, Ints, ArrowArray]:
    """Number of the text of each sentence, its own number in that text from 1, and the sentence, trimmed.

    texts: strings without nulls. Sentences stand in the order of the texts; a piece without letters and digits is none.
    """
    anything: Any = texts
    plain = _characters(anything.cast(pa.large_string()))
    if pc.any(pc.match_substring(plain, "<")).as_py():
        plain = pc.replace_substring_regex(pc.replace_substring_regex(plain, _LINE_TAG, "\n"), _TAG, "")
    marked = pc.replace_substring_regex(plain, _END, r"\1" + _CUT)
    pieces = pc.split_pattern(marked, _CUT)
    lengths = np.asarray(pc.list_value_length(pieces), dtype=np.int64)
    of_text = np.repeat(np.arange(lengths.size), lengths)
    flat = pc.utf8_trim_whitespace(pc.list_flatten(pieces))
    keep = np.asarray(pc.match_substring_regex(flat, _SAYS_SOMETHING), dtype=np.bool_)
    of_text = of_text[keep]
    starts = np.searchsorted(of_text, of_text)
    return of_text, np.arange(of_text.size) - starts + 1, flat.filter(pa.array(keep))


def _characters(texts: ArrowArray) -> Any:
    """Entities of HTML as their characters, a blank that does not break as any other."""
    has_one = pc.and_(pc.match_substring(texts, "&"), pc.match_substring(texts, ";"))
    if not pc.any(has_one).as_py():
        return texts
    anything: Any = texts
    read = [_ENTITY.sub(_character, text) for text in anything.filter(has_one).to_pylist()]
    return pc.replace_with_mask(texts, has_one, pa.array(read, pa.large_string()))


def _character(entity: re.Match[str]) -> str:
    name = entity.group(1)
    # a name that is none stays as it is written
    character = html.unescape(f"&{name};") if name.startswith("#") else html5.get(f"{name};", entity.group())
    return character.replace("\xa0", " ")
