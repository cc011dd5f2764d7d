"""Where labels stand beside what they name, so that none is printed over another."""

from __future__ import annotations

from dataclasses import dataclass

from customer_insight.report.axes import LETTER

LINE = 16.0  # pixels from one line of text to the next


@dataclass(frozen=True)
class Label:
    """A text of so many pixels in width whose middle should stand at x, y (downwards)."""

    text: str
    x: float
    y: float

    @property
    def width(self) -> float:
        """In pixels, rather too many than too few."""
        return LETTER * len(self.text)


def apart(labels: list[Label], width: float, height: float) -> list[Label]:
    """The same labels inside a picture, moved up or down until none covers another, each no further than it must.

    Where there is no room for all, the last ones stay where they are.
    """
    placed: list[tuple[int, Label]] = []
    for number, label in sorted(enumerate(labels), key=lambda each: (each[1].y, each[1].x, each[0])):
        x = min(max(label.x, label.width / 2), max(label.width / 2, width - label.width / 2))
        lines = sorted(
            (LINE / 4 * step for step in range(-int(4 * height / LINE), int(4 * height / LINE) + 1)), key=abs
        )
        inside = [min(max(label.y, LINE / 2), height - LINE / 2) + line for line in lines]
        inside = [y for y in inside if LINE / 2 <= y <= height - LINE / 2]
        free = (y for y in inside if not any(_covers(x, y, label, other) for _, other in placed))
        placed.append((number, Label(label.text, x, next(free, inside[0]))))
    return [label for _, label in sorted(placed, key=lambda each: each[0])]


def _covers(x: float, y: float, label: Label, other: Label) -> bool:
    return abs(y - other.y) < LINE and abs(x - other.x) < (label.width + other.width) / 2
