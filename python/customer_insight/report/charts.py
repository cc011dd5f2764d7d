"""How charts look, and how they become SVG.

Charts are drawn while the page is made, so it needs no script to show them: it opens at once, prints, and shows where
scripts are blocked. Colours are CSS variables of the page, which follow light and dark. Each chart is drawn for wide
and for narrow screens, because text in a picture that is scaled down cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import altair as alt
import vl_convert

from customer_insight.report.blocks import Drawing

WIDE = 720  # pixels of a chart
NARROW = 340  # pixels of a chart on a telephone
ACCENT, SECOND, INK, MUTED, LINE, PAPER = (
    f"var(--{name})" for name in ("accent", "second", "ink", "muted", "line", "paper")
)
COLOURS = [f"var(--group-{number})" for number in range(1, 9)]
FONT = "system-ui, sans-serif"

CONFIG: dict[str, Any] = {
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "domain": False,
        "ticks": False,
        "gridColor": LINE,
        "labelColor": MUTED,
        "titleColor": MUTED,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelPadding": 6,
    },
    "axisX": {"labelFlush": True, "labelOverlap": True, "labelSeparation": 10},
    "legend": {"labelColor": MUTED, "titleColor": MUTED, "labelFontSize": 12, "titleFontSize": 12},
    "text": {"fontSize": 12, "fill": INK},
}

_SVG = "http://www.w3.org/2000/svg"
_id = re.compile(r"\b(?:clip|gradient_)\d+\b")
# of no use in a picture whose numbers stand beside it as a table; marks have no role that may have a label
_NEEDLESS = ("role", "aria-roledescription", "aria-hidden", "class")
ElementTree.register_namespace("", _SVG)


def is_wide(width: int) -> bool:
    """Whether a chart is drawn for a wide screen, with room for words."""
    return width > NARROW


def rows(records: list[dict[str, Any]]) -> alt.Data:
    """Records as the data of a chart, in their order."""
    return alt.Data(values=records)


def draw(
    make: Callable[[int], alt.LayerChart | alt.Chart],
    says: str,
    name: str,
    *,
    height: int | Callable[[int], int] = 240,
    widest: int = WIDE,
) -> Drawing:
    """Draws a chart at both widths; `make`, and `height` if it is no number, is called with the width in pixels.

    `name` is unique on the page.
    """
    wide, narrow = (
        _svg(make(width), width, height if isinstance(height, int) else height(width), f"{name}-{width}")
        for width in (widest, NARROW)
    )
    return Drawing(wide, narrow, says)


def sparkline(values: list[float | None], name: str) -> str:
    """A trend without axes as SVG, the latest value marked; '' with fewer than three values."""
    records = [{"n": n, "value": value} for n, value in enumerate(values) if value is not None]
    if len(records) < 3:
        return ""
    base = alt.Chart(rows(records)).encode(
        x=alt.X("n:Q", axis=None, scale=alt.Scale(nice=False)),
        y=alt.Y("value:Q", axis=None, scale=alt.Scale(zero=False)),
    )
    line = base.mark_line(color=ACCENT, strokeWidth=1.5, aria=False)
    last = base.transform_filter(f"datum.n == {records[-1]['n']}").mark_circle(
        color=ACCENT, size=30, opacity=1, aria=False
    )
    return _svg(line + last, 160, 36, name)


def _svg(chart: alt.LayerChart | alt.Chart, width: int, height: int, name: str) -> str:
    sized = chart.properties(width=width, height=height, autosize=alt.AutoSizeParams(type="fit", contains="padding"))
    picture = ElementTree.fromstring(vl_convert.vegalite_to_svg(sized.to_dict(validate=False), config=CONFIG))
    picture.set("focusable", "false")
    # ids are unique on the page and count from the picture's first, not from the first picture of the process
    ids: dict[str, str] = {}
    for element in picture.iter():
        for needless in _NEEDLESS:
            element.attrib.pop(needless, None)
        if "aria-label" in element.attrib:  # what a mark says is for the pointer
            element.set("data-says", element.attrib.pop("aria-label"))
        for key in ("id", "clip-path", "fill", "stroke"):
            if key in element.attrib:
                found = element.attrib[key]
                element.set(key, _id.sub(lambda old: ids.setdefault(old.group(), f"{name}-{len(ids) + 1}"), found))
    return ElementTree.tostring(picture, encoding="unicode")
