from itertools import combinations

from customer_insight.report.label_places import LINE, Label, apart
from hypothesis import given
from hypothesis import strategies as st

labels = st.lists(
    st.builds(Label, st.text("abc ", min_size=1, max_size=60), st.floats(0, 700), st.floats(0, 350)), max_size=12
)


def covers(one: Label, other: Label) -> bool:
    return abs(one.y - other.y) < LINE and abs(one.x - other.x) < (one.width + other.width) / 2


@given(labels)
def test_no_label_is_printed_over_another_and_none_is_cut(given_labels):
    placed = apart(given_labels, 710, 350)
    assert [label.text for label in placed] == [label.text for label in given_labels]
    assert not any(covers(*pair) for pair in combinations(placed, 2))
    assert all(label.width / 2 <= label.x <= 710 - label.width / 2 for label in placed)
    assert all(LINE / 2 <= label.y <= 350 - LINE / 2 for label in placed)


def test_labels_that_have_room_stay_and_close_ones_move_by_a_line():
    far = [Label("1 Loyal", 100, 50), Label("2 Lapsed", 400, 300)]
    assert apart(far, 710, 350) == far
    close = apart([Label("1 Loyal", 100, 50), Label("2 Lapsed", 110, 52)], 710, 350)
    assert close == [Label("1 Loyal", 100, 50), Label("2 Lapsed", 110, 68)]


def test_more_labels_than_a_picture_has_room_for_are_all_there():
    assert len(apart([Label("long enough", 20, 20)] * 9, 80, 40)) == 9
