"""mapping.yml says the same before and after it was written, and says in a sentence what it cannot be."""

import pytest
from customer_insight.mapping.entry_readings import zone_doubt
from customer_insight.mapping.mapping_file import ColumnFrom, Entry, Lookup, Mapping, MappingError, Question
from customer_insight.mapping.mapping_text import mapping_of, read_mapping, text_of
from hypothesis import given, settings
from hypothesis import strategies as some

NAMES = some.text(some.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=12)
HEADERS = NAMES.filter(lambda name: name == name.strip())
PLACES = some.sampled_from(["order_lines/1/date_order", "customers/2/columns/city"])


@some.composite
def columns(draw):
    lookup = draw(some.sampled_from(["", "orders"]))
    kind = draw(some.sampled_from(["plain", "joined", "constant", "total", "share", "words", "numbered", "returned"]))
    names = tuple(draw(some.lists(HEADERS, min_size=2, max_size=3)))
    return {
        "plain": ColumnFrom(names[:1], lookup=lookup),
        "joined": ColumnFrom(names, between=draw(some.sampled_from(["-", " ", "/"])), lookup=lookup),
        "constant": ColumnFrom(constant=names[0]),
        "total": ColumnFrom(names[:1], kind="total_after_discount"),
        "share": ColumnFrom(names[:1], kind="percent"),
        "words": ColumnFrom(names[:1], words={names[1]: "paid"}, lookup=lookup),
        "numbered": ColumnFrom(is_numbered=True),
        "returned": ColumnFrom(negative_quantity="returned"),
    }[kind]


@some.composite
def entries(draw):
    return Entry(
        files=draw(HEADERS),
        sheet=draw(some.sampled_from(["", "Sheet 1", "2024"])),
        section=draw(some.integers(0, 3)),
        header_line=draw(some.sampled_from([None, 0, 4])),
        date_order=draw(some.sampled_from(["", "day_first", "seconds since 1970"])),
        decimal_mark=draw(some.sampled_from(["", "comma"])),
        time_zone=draw(some.sampled_from(["", "Europe/Berlin"])),
        one_row_per=draw(some.sampled_from(["", "customer_id"])),
        lookups={"orders": Lookup(draw(HEADERS), draw(HEADERS), draw(HEADERS))},
        columns=draw(some.dictionaries(some.sampled_from(["order_id", "unit_price", "city"]), columns(), max_size=3)),
    )


@some.composite
def mappings(draw):
    candidates = draw(some.dictionaries(HEADERS, some.one_of(HEADERS, columns()), max_size=3))
    # a header alone is written as its name
    candidates = {word: said for word, said in candidates.items() if not _is_plain(said)}
    question = Question(
        draw(HEADERS),
        (draw(PLACES),),
        candidates,
        tuple(draw(some.lists(HEADERS, max_size=2))),
        draw(some.sampled_from(["", "yes"])),
    )
    tables = some.dictionaries(
        some.sampled_from(["order_lines", "customers"]), some.lists(entries(), min_size=1, max_size=2)
    )
    return Mapping(
        {table: tuple(each) for table, each in draw(tables).items()},
        {
            file: tuple(names)
            for file, names in draw(some.dictionaries(HEADERS, some.lists(HEADERS), max_size=2)).items()
        },
        (question,),
    )


def _is_plain(said):
    return isinstance(said, ColumnFrom) and len(said.columns) == 1 and said == ColumnFrom(said.columns)


@settings(max_examples=40, deadline=None)
@given(mappings())
def test_what_was_written_is_read_as_it_was(mapping):
    text = text_of(mapping)
    assert mapping_of(text) == mapping
    assert text_of(mapping_of(text)) == text


def test_an_answer_goes_where_its_question_says():
    entry = Entry("sales.csv", columns={"order_id": ColumnFrom(("No",)), "city": ColumnFrom(("Town",))})
    total = ColumnFrom(("Sum",), kind="total")
    mapping = Mapping(
        {"order_lines": (entry,)},
        questions=(
            Question("Which order?", ("order_lines/1/date_order",), {"day_first": "day_first"}, answer="day_first"),
            Question("What is Sum?", ("order_lines/1/columns/unit_price",), {"line": total}, answer="line"),
            Question("A town?", ("order_lines/1/columns/city",), {"Town": "Town"}, answer="none"),
            Question("What is `gone`?", ("order_lines/1/words/gone",), {}, answer="cancelled"),
        ),
    )
    (answered,) = mapping.answered().tables["order_lines"]
    assert answered.date_order == "day_first"
    assert answered.columns == {
        "order_id": ColumnFrom(("No",)),
        "unit_price": total,
        "order_status": ColumnFrom(words={"gone": "cancelled"}),
    }


def test_an_entry_whose_files_are_not_wanted_is_left_out():
    question = Question("Both?", ("order_lines/2/files",), {"both": "b.csv", "only a.csv": "none"}, answer="only a.csv")
    mapping = Mapping({"order_lines": (Entry("a.csv"), Entry("b.csv"))}, questions=(question,))
    assert mapping.answered().tables == {"order_lines": (Entry("a.csv"),)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 2", "expected version: 1, found 2"),
        ("- a", "the file: expected names with a colon behind them"),
        ("version: 1\ntabels: {}", "there is no `tabels` here; is tables meant?"),
        ("version: 1\ntables: {order_lines: {files: a}}", "order_lines: expected a list, a `-` before each"),
        (
            "version: 1\ntables: {order_lines: [{columns: {}}]}",
            "order_lines, entry 1: expected files: NAME, found none",
        ),
        (
            "version: 1\ntables: {order_lines: [{files: a, date_order: dmy, columns: {}}]}",
            "order_lines, entry 1, date_order: expected one of day_first, month_first",
        ),
        (
            "version: 1\ntables: {order_lines: [{files: a, columns: {city: {column: a, constant: b}}}]}",
            "order_lines, entry 1, city: expected one of column, columns, constant, total",
        ),
        (
            "version: 1\ntables: {order_lines: [{files: a, columns: {city: {colum: a}}}]}",
            "order_lines, entry 1, city: there is no `colum` here; is column meant?",
        ),
        ("version: [1", "expected YAML, found"),
    ],
)
def test_what_it_cannot_be_is_said_in_a_sentence(text, said, tmp_path):
    (tmp_path / "mapping.yml").write_text(text)
    with pytest.raises(MappingError) as error:
        read_mapping(tmp_path / "mapping.yml")
    assert said in str(error.value)


def test_zones_that_are_asked_for_are_those_of_the_shop_s_currency_then_one_of_each_part_of_the_world():
    offered = {code: list(zone_doubt(["ordered_at"], (), {code} - {""}).candidates) for code in ("", "EUR", "USD")}
    assert {"UTC", "Europe/London", "Europe/Berlin"} < set(offered[""])
    assert offered["EUR"][:2] == ["Europe/Berlin", "Europe/Helsinki"]
    assert offered["USD"][:2] == ["America/New_York", "America/Chicago"]
    assert "UTC" in offered["USD"]
