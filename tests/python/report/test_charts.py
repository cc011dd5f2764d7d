import re

import altair as alt
from customer_insight.report.charts import ACCENT, NARROW, WIDE, draw, rows, sparkline


def bars(_):
    records = [{"x": "<b>a</b>", "y": 1, "label": '"a" & <b>'}, {"x": "b", "y": 2, "label": "b"}]
    return alt.Chart(rows(records)).mark_bar(color=ACCENT, clip=True).encode(x="x:N", y="y:Q", description="label:N")


def test_a_chart_is_drawn_at_both_widths_in_the_colours_of_the_page():
    drawing = draw(bars, "Bars.", "some", height=100)
    assert f'width="{WIDE}" height="100"' in drawing.wide
    assert f'width="{NARROW}" height="100"' in drawing.narrow
    assert 'fill="var(--accent)"' in drawing.wide
    assert "background" not in drawing.wide.partition("<path")[0]


def test_ids_are_unique_on_the_page_and_the_same_each_time():
    first, second = (draw(bars, "Bars.", "some") for _ in range(2))
    assert first == second
    ids = [re.findall(r'id="([^"]*)"', svg) for svg in (first.wide, first.narrow, draw(bars, "Bars.", "other").wide)]
    assert all(ids)
    assert len({each for found in ids for each in found}) == sum(map(len, ids))


def test_texts_from_the_data_are_escaped():
    svg = draw(bars, "Bars.", "some").wide
    assert "<b>" not in svg
    assert "&lt;b&gt;" in svg


def test_marks_say_what_they_are_to_the_pointer_and_nothing_to_screen_readers():
    svg = draw(bars, "Bars.", "some").wide
    assert 'data-says="b"' in svg
    assert "aria-label" not in svg


def test_a_trend_needs_three_values():
    assert sparkline([1.0, None, 2.0], "short") == ""
    assert sparkline([1.0, 3.0, 2.0], "enough").startswith("<svg")
