"""What a page is made of. A block is content without looks: templates/page.html knows how each is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True)
class Bar:
    """A cell of a table with a bar behind its text: `share` of the cell's width, 0 to 1."""

    text: str
    share: float


Cell = str | Bar


@dataclass(frozen=True)
class Table:
    """Rows of texts under headings; the first column names the row, numbers stand right."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    words: frozenset[int] = frozenset()  # columns of text beside the first, which stand left


@dataclass(frozen=True)
class Drawing:
    """One chart as SVG text, once for wide and once for narrow screens; `says` is what it shows, for screen readers."""

    wide: str
    narrow: str
    says: str


@dataclass(frozen=True)
class Figure:
    """A finding (`title`), the chart that shows it, a note on how to read it, and the same numbers as a table."""

    kind: ClassVar[str] = "figure"
    title: str
    drawing: Drawing
    table: Table
    note: str = ""


@dataclass(frozen=True)
class Tile:
    """One figure of the shop: its value, how it moved, its trend."""

    label: str
    value: str
    changes: Sequence[str]
    trend: str
    definition: str


@dataclass(frozen=True)
class Tiles:
    """Figures side by side."""

    kind: ClassVar[str] = "tiles"
    tiles: Sequence[Tile]


@dataclass(frozen=True)
class Card:
    """A group of customers: name, size, sentences, its number on the map and the number of its colour there."""

    name: str
    size: str
    sentences: Sequence[str]
    number: int
    colour: int


@dataclass(frozen=True)
class Cards:
    """Groups side by side."""

    kind: ClassVar[str] = "cards"
    cards: Sequence[Card]


@dataclass(frozen=True)
class GridCell:
    """A cell of a grid: a name and what is in it; `strength` (0 to 1) is how strongly it is tinted."""

    name: str
    lines: Sequence[str]
    strength: float


@dataclass(frozen=True)
class Grid:
    """A grid of cells under `columns`, each row with its heading."""

    kind: ClassVar[str] = "grid"
    title: str
    caption: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[GridCell]]]


@dataclass(frozen=True)
class Text:
    """Sentences, one paragraph each."""

    kind: ClassVar[str] = "text"
    sentences: Sequence[str]


Block = Table | Figure | Tiles | Cards | Grid | Text


@dataclass(frozen=True)
class Section:
    """A part of the page. Without blocks there is nothing to say, and `nothing` says why."""

    name: str
    title: str
    blocks: Sequence[Block] = field(default_factory=tuple)
    nothing: str = ""
