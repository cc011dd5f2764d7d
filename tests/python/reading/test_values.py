"""What a text is read as: the macros of the models, asked one text at a time."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import duckdb
import pytest
from customer_insight.commands.project_sql import ProjectSql
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[3]
ENGINE = duckdb.connect()
ENGINE.execute("set TimeZone = 'UTC'")
USUAL = "cast(null as string)"


@cache
def expression(macro, reading, zone):
    return ProjectSql(ROOT, {"time_zone": zone}).call(macro, "x", USUAL if reading is None else f"'{reading}'")


def read_all(macro, texts, reading=None, zone="UTC"):
    rows = ENGINE.execute(f"select {expression(macro, reading, zone)} from unnest(?::string[]) as texts (x)", [texts])
    return [value for (value,) in rows.fetchall()]


def read(macro, text, reading=None, zone="UTC"):
    return read_all(macro, [text], reading, zone)[0]


def as_time(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # as shop systems write them, from faults seen in real exports
        ("2023-05-31 23:06:04 -0700", "2023-06-01 06:06:04"),
        ("2023-05-31T23:06:04-07:00", "2023-06-01 06:06:04"),
        ("2019-10-01 00:00:00 UTC", "2019-10-01 00:00:00"),
        ("2024-07-01T12:00:00.123Z", "2024-07-01 12:00:00.123000"),
        ("2023/05/31 10:11", "2023-05-31 10:11:00"),
        ("2023-5-1 3:06", "2023-05-01 03:06:00"),
        ("20230531", "2023-05-31 00:00:00"),
        ("May 31, 2023", "2023-05-31 00:00:00"),
        ("31-Dec-23", "2023-12-31 00:00:00"),
        ("Dec 29, 2022 11:59:59 PM PST", "2022-12-30 07:59:59"),
        ("Wed, 31 May 2023 23:06:04 GMT", "2023-05-31 23:06:04"),
        ("2023-05-31 12:06:04 AM", "2023-05-31 00:06:04"),
        # a minute that is twelve is no hour, and an hour above twelve needs no PM
        ("2023-05-31 10:12:30 AM", "2023-05-31 10:12:30"),
        ("2023-05-31 10:12:30 PM", "2023-05-31 22:12:30"),
        ("2023-05-31 10:12 p.m.", "2023-05-31 22:12:00"),
        ("May 31, 2023 12:12 PM", "2023-05-31 12:12:00"),
        ("2023-05-31 22:06:04 PM", "2023-05-31 22:06:04"),
        # without any marks, as file names and warehouses have it
        ("20230531T230604Z", "2023-05-31 23:06:04"),
        ("20230531T230604.5Z", "2023-05-31 23:06:04.500000"),
        ("20230531T2306", "2023-05-31 23:06:00"),
        ("20230531230604", "2023-05-31 23:06:04"),
        ("20230531T230604+0200", "2023-05-31 21:06:04"),
        ("20230531 10:00", "2023-05-31 10:00:00"),
        # offsets of browsers and of people
        ("2023-05-31 23:06:04 GMT+0200", "2023-05-31 21:06:04"),
        ("2023-05-31 23:06:04 UTC+2", "2023-05-31 21:06:04"),
        ("2023-05-31 23:06:04 UTC-03:30", "2023-06-01 02:36:04"),
        ("2023-05-31T23:06:04UTC", "2023-05-31 23:06:04"),
        ("Wed May 31 2023 23:06:04 GMT+0200 (Mitteleuropäische Sommerzeit)", "2023-05-31 21:06:04"),
        ("2023-05-31 9.05", "2023-05-31 09:05:00"),
    ],
)
def test_times_are_read_as_exports_write_them(text, expected):
    assert read("read_time", text) == as_time(expected)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "31/12/2023",
            "infinity",
            "epoch",
            "now",
            "20250-01-01",
            "2024-02-30",
            "2024-01-01 25:00:00",
            "17850",
            "202311",
        ),
        *(
            "11:06:04 PM",
            "2024-01-01 10:00:00 XYZ",
            "2024-01-01 10:00:00 Europe/Berlin",
            "",
            "2024",
            "2024-13-45 10:00:00",
        ),
        # a name that is an hour in two countries; half a clock; an hour that is no offset
        *(
            "2024-01-01 10:00:00 IST",
            "2024-01-01 10:00:00 AEST",
            "2024010110",
            "20240101T250000Z",
            "20240101T100000+02:00",
            "2024-01-01 10.00 PM",
            "2024-01-01 10.0",
            "2024-01-01 10:00.05",
            "2024-01-01 10:00:00 +2",
            "2024-01-01 10:00:00+99:99",
            "2024-03-01T10.30",
            "5. marraskuuta 2024",
            "5 Junk 2024",
        ),
    ],
)
def test_what_is_no_time_is_none(text):
    assert read("read_time", text) is None


@pytest.mark.parametrize(
    ("reading", "text", "expected"),
    [
        ("day first", "31.12.2023 10:00", "2023-12-31 10:00:00"),
        ("day first", "31.12.2023, 10:00:05", "2023-12-31 10:00:05"),
        ("day first", "31.12.2023 10.00", "2023-12-31 10:00:00"),
        ("day first", "31.12.2023 10.00.05", "2023-12-31 10:00:05"),
        ("day first", "31.12.23, 9.05", "2023-12-31 09:05:00"),
        ("day first", "01. 12.2023", "2023-12-01 00:00:00"),
        ("day first", "17-04-2018", "2018-04-17 00:00:00"),
        ("day first", "1/2/24 5:06 PM", "2024-02-01 17:06:00"),
        ("month first", "12/31/20", "2020-12-31 00:00:00"),
        ("month first", "1/2/24 5:06 PM", "2024-01-02 17:06:00"),
        ("day first", "2024-07-01 10:00:00", "2024-07-01 10:00:00"),
        ("days since 1899-12-30", "45077.96254629629", "2023-05-31 23:06:04"),
        ("days since 1899-12-30", "45077", "2023-05-31 00:00:00"),
        ("seconds since 1970", "1685577964", "2023-06-01 00:06:04"),
        ("milliseconds since 1970", "1685577964123", "2023-06-01 00:06:04.123000"),
        ("microseconds since 1970", "1685577964123456", "2023-06-01 00:06:04.123456"),
        # exact: a quotient of such numbers is a microsecond early
        ("microseconds since 1970", "1751490991000000", "2025-07-02 21:16:31"),
        ("nanoseconds since 1970", "1751490991000000000", "2025-07-02 21:16:31"),
    ],
)
def test_a_column_decides_how_its_times_are_read(reading, text, expected):
    assert read("read_time", text, reading) == as_time(expected)


def test_a_month_is_no_thirteenth_day():
    assert read("read_time", "12/31/20", "day first") is None
    assert read("read_time", "31/12/2020", "month first") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-10-27 01:59:00", "2024-10-26 23:59:00"),
        ("2024-10-27 02:01:00", "2024-10-27 00:01:00"),  # shown twice: two minutes later, not 62
        ("2024-10-27 03:01:00", "2024-10-27 02:01:00"),
        ("2024-03-31 03:10:00", "2024-03-31 01:10:00"),
        ("2024-07-01 12:00:00+00", "2024-07-01 12:00:00"),
        ("01.07.2024 12:00", "2024-07-01 10:00:00"),
    ],
)
def test_times_without_a_zone_are_on_the_shops_clock(text, expected):
    assert read("read_time", text, "day first", zone="Europe/Berlin") == as_time(expected)


MOMENTS = st.tuples(
    st.datetimes(datetime(1971, 1, 1), datetime(2099, 1, 1)), st.sampled_from(" T"), st.integers(-840, 840)
)


@settings(max_examples=20)
@given(st.lists(MOMENTS, min_size=1, max_size=50))
def test_a_written_offset_is_taken_off(moments):
    texts = []
    for moment, separator, minutes in moments:
        sign, ahead = "-" if minutes < 0 else "+", abs(minutes)
        texts.append(f"{moment.isoformat(separator, 'seconds')}{sign}{ahead // 60:02d}:{ahead % 60:02d}")
    expected = [datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None) for text in texts]
    assert read_all("read_time", texts) == expected
    # the clock and its offset, as others write them
    pairs = [(text[:-6], text[-6:].replace(":", "")) for text in texts]
    assert read_all("read_time", [f"{clock} {offset}" for clock, offset in pairs]) == expected
    assert read_all("read_time", [f"{clock} GMT{offset}" for clock, offset in pairs]) == expected
    marks = str.maketrans(" ", "T", "-:")
    assert read_all("read_time", [clock.translate(marks) + offset for clock, offset in pairs]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("12.50", "12.5"), ("$12.50", "12.5"), ("1,234.50", "1234.5"), ("-$14.95", "-14.95"), ("($3.00)", "-3")),
        *(
            ("R$ 12.50", "12.5"),
            ("12.50 EUR", "12.5"),
            ("€ 12.50", "12.5"),
            ("1 234.50", "1234.5"),
            ("1'234.50", "1234.5"),
        ),
        *(
            ("1e1", "10"),
            ("1e-05", "0.00001"),
            (".5", "0.5"),
            ("5.", "5"),
            ("+5", "5"),
            ("1.0", "1"),
            ("12.50-", "-12.5"),
        ),
        *(("1.9996", "1.9996"), ("0.30000000000000004", "0.3")),
        *(("1,23,456.00", "123456"), ("12,34,567", "1234567"), ("₹1,23,456", "123456")),
        # the point of a currency is no mark
        *(
            ("Rs. 500", "500"),
            ("Rs.500", "500"),
            ("-Rs. 1,250.50", "-1250.5"),
            ("Fr. 12.50", "12.5"),
            ("500 kr.", "500"),
        ),
        *(("$-5", "-5"), ("(-5)", "-5"), ("$.5", "0.5"), ("CHF 12.-", "12")),
    ],
)
def test_amounts_are_read_as_exports_write_them(text, expected):
    assert read("read_number", text) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    [
        *("1_000", "1_0.5", "12,50", "1,23", "1.2.3", "--", "EUR", "NaN", "inf", "1,2345", "0x1F", "12 3"),
        *("--5", "-$-5", "+-5", "-5-", "(5", "1,2,345", "1,23,45", "12,345,67"),
    ],
)
def test_what_is_no_amount_is_none(text):
    assert read("read_number", text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,50", "12.5"),
        ("1.234,50", "1234.5"),
        ("R$ 12,50", "12.5"),
        ("1.234", "1234"),
        ("12", "12"),
        ("-1.234,5 €", "-1234.5"),
        ("kr. 1.234,50", "1234.5"),
        ("kr.5", "5"),
        ("5.000,-", "5000"),
        ("kr 5,-", "5"),
    ],
)
def test_a_column_with_decimal_commas(text, expected):
    assert read("read_number", text, "decimal comma") == Decimal(expected)
    assert read("read_number", "12.50", "decimal comma") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(
            (word, True)
            for word in ("true", "Yes", "1", "1.0", "ja", "Oui", "si", "sí", "Subscribed", "opted in", "OPT-IN")
        ),
        *((word, False) for word in ("false", "No", "0", "nein", "NON", "unsubscribed", "not_subscribed", "opt-out")),
        *((word, None) for word in ("perhaps", "subscribed?", "resubscribed", "2", "jaja", "")),
    ],
)
def test_flags_are_read_in_several_languages(text, expected):
    flag = ProjectSql(ROOT, {}).call("read_flag", "x")
    assert ENGINE.execute(f"select {flag} from (select ? as x)", [text]).fetchone()[0] is expected


@settings(max_examples=40)
@given(st.lists(st.text("0123456789.,-+eE_ $", min_size=1, max_size=9), min_size=1, max_size=50))
def test_the_engines_own_reader_takes_nothing_that_the_pattern_does_not(texts):
    # the quick way and the written pattern are one language
    texts = [text.strip() for text in texts]
    pattern = ProjectSql(ROOT, {}).call("number_pattern", "[.]", ",")
    matches = ENGINE.execute(
        f"select regexp_matches(x, {pattern}) from unnest(?::string[]) as texts (x)", [texts]
    ).fetchall()
    for text, (is_match,), value in zip(texts, matches, read_all("read_number", texts), strict=True):
        assert value is None or is_match, text


@settings(max_examples=20)
@given(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=50))
def test_an_amount_is_the_same_with_points_and_with_commas(amounts):
    english = [f"{amount:,.2f}" for amount in amounts]
    german = [text.translate(str.maketrans(",.", ".,")) for text in english]
    assert read_all("read_number", english) == amounts
    assert read_all("read_number", german, "decimal comma") == amounts


@settings(max_examples=20)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=50))
def test_no_text_is_an_error(texts):
    for macro, reading in (("read_time", "day first"), ("read_date", "day first"), ("read_number", "decimal comma")):
        assert len(read_all(macro, texts, reading)) == len(texts)


def test_dates_have_no_time_of_day():
    assert str(read("read_date", "1985-02-28 10:00")) == "1985-02-28"
    assert str(read("read_date", "28/02/1985", "day first")) == "1985-02-28"
    assert read("read_date", "1985-02-30") is None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        *(
            ("Home / Kitchen", "Home/Kitchen"),
            ("Home > Kitchen > Cups", "Home/Kitchen/Cups"),
            ("Home/Kitchen", "Home/Kitchen"),
        ),
        ("Home > Cups / Mugs", "Home/Cups - Mugs"),
    ],
)
def test_levels_of_categories(path, expected):
    levels = ProjectSql(ROOT, {}).call("category_path", "x")
    assert ENGINE.execute(f"select {levels} from (select ? as x)", [path]).fetchone()[0] == expected
