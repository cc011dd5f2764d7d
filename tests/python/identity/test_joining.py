"""Ids that share a clue are one, directly or over others, from the time on at which they are connected."""

from datetime import datetime, timedelta

import pyarrow as pa
from customer_insight.identity.joining import joined
from hypothesis import given
from hypothesis import strategies as st

START = datetime(2024, 1, 1)


def table(rows):
    codes, clues, times = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.table(
        {
            "code": pa.array(codes, pa.int64()),
            "clue_code": pa.array(clues, pa.int64()),
            "known_at": pa.array(times, pa.timestamp("us")),
        }
    )


def found(rows):
    return [tuple(row.values()) for row in joined(table(rows)).to_pylist()]


def day(number):
    return START + timedelta(days=number)


def plain_program(rows):
    """By trying all times: who is connected with whom by clues that are known by then."""
    ids = sorted({code for code, _, _ in rows})
    times = sorted({time for _, _, time in rows if time})
    answers = {}
    for time in [None, *times]:
        known = [(code, clue) for code, clue, at in rows if at is None or (time is not None and at <= time)]
        sets = {code: {code} for code in ids}
        for _ in ids:
            for clue in {clue for _, clue in known}:
                together = set().union(*(sets[code] for code, each in known if each == clue))
                for code in together:
                    sets[code] = sets[code] | together
        answers[time] = sets
    last = answers[times[-1] if times else None]
    lines = []
    for code in ids:
        first = min(last[code])
        if first != code:
            lines.append((code, first, next(time for time, sets in answers.items() if first in sets[code])))
    return lines


def test_nobody_is_joined_without_a_shared_clue():
    assert found([]) == []
    assert found([(1, 1, None), (2, 2, None)]) == []


def test_a_chain_of_clues_is_one_person_from_its_last_link_on():
    rows = [(5, 1, day(1)), (3, 1, day(4)), (3, 2, None), (8, 2, day(9)), (8, 3, None), (9, 3, None)]
    assert found(rows) == [(5, 3, day(4)), (8, 3, day(9)), (9, 3, day(9))]


def test_the_earlier_of_two_ways_counts():
    assert found([(1, 1, day(9)), (2, 1, day(9)), (1, 2, None), (2, 2, day(3))]) == [(2, 1, day(3))]


@given(
    st.lists(
        st.tuples(st.integers(1, 8), st.integers(1, 6), st.none() | st.integers(0, 5).map(day)),
        max_size=14,
        unique=True,
    )
)
def test_any_ids_and_clues_are_joined_as_by_a_plain_program(rows):
    assert found(rows) == plain_program(rows)
    assert found(rows[::-1]) == found(rows)
