"""Order lines of odd files are those of the true shop, to the cent: all cases are entries of one table."""

from dataclasses import replace
from decimal import Decimal

import pytest
from customer_insight.mapping.file_tables import tables_in
from customer_insight.mapping.mapping_file import ColumnFrom, Mapping
from customer_insight.mapping.mapping_text import text_of
from customer_insight.mapping.proposal import propose
from odd_files import CASES
from rendered_warehouse import rendered
from test_odd_files import DESCRIBED
from true_shop import lines

STATES = {"paid": "completed", "shipped": "completed", "cancelled": "cancelled"}
# what a person answers; FIRST is the first candidate
FIRST = object()
ANSWERS = {
    "binned": "cancelled",
    "out the door": "completed",
    "day or the month": "day_first",
    " of order_lines": FIRST,
}
# without order lines or dates, or with a question to which the first answer is not that of the shop
OTHERS = {
    *["reviews", "behaviour", "thousands_or_decimals", "without_dates"],
    *["two_totals_and_no_price", "kinds_of_documents", "two_addresses"],
}
# the day is all that these say
DAYS_ALONE = {
    *["english", "german", "french", "spanish", "italian", "dutch", "portuguese", "polish", "compact_dates"],
    *["dates_that_show_nothing", "dates_told_by_their_order", "amounts_in_euros", "currency_in_the_name"],
}


def answered(mapping):
    """The mapping with every question answered."""
    questions = []
    for question in mapping.questions:
        answer = next(answer for words, answer in ANSWERS.items() if words in question.question)
        questions.append(replace(question, answer=next(iter(question.candidates)) if answer is FIRST else answer))
    return replace(mapping, questions=tuple(questions)).answered()


def in_folder(entry, name):
    """The entry of a case in a folder of its name, with the name as channel."""
    lookups = {key: replace(lookup, files=f"{name}/{lookup.files}") for key, lookup in entry.lookups.items()}
    columns = entry.columns | {"channel": ColumnFrom(constant=name)}
    return replace(entry, files=f"{name}/{entry.files}", lookups=lookups, columns=columns)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    """Staging of one folder with all cases, read by one mapping."""
    root = tmp_path_factory.mktemp("odd") / "raw"
    entries = []
    for name in CASES.keys() - OTHERS:
        (root / name).mkdir(parents=True)
        CASES[name](root / name)
        tables, problems = tables_in(root / name)
        assert problems == []
        mapping = answered(propose(tables, DESCRIBED, {"time_zone": "UTC"}).mapping)
        entries += [in_folder(entry, name) for entry in mapping.tables["order_lines"]]
    (root / "mapping.yml").write_text(text_of(Mapping({"order_lines": tuple(entries)})), encoding="utf-8")
    return rendered("files", root, "stg_order_lines__typed")


def expected_lines(name):
    """What staging has to hold of a case."""
    last_day = 12 if name.startswith("dates_") else 28
    for line in lines(last_day=last_day, sorted_by_time=name != "dates_that_show_nothing"):
        quantity, worth, status = line.quantity, line.total, STATES[line.status]
        if name == "goods_that_came_back":
            status = "completed"
            if line.status == "cancelled":
                quantity, worth, status = -quantity, -worth, "returned"
        if name == "discounts_in_amounts" and line.quantity > 2:
            worth -= Decimal(f"{line.price / 8:.2f}")
        if name == "discounts_in_percent" and line.quantity > 2:
            worth = worth * 80 / 100
        at = line.at.replace(hour=line.at.hour - 2) if name == "times_with_offsets" else line.at
        when = f"{at:%Y-%m-%d 00:00}" if name in DAYS_ALONE else f"{at:%Y-%m-%d %H:%M}"
        customer = line.email if name == "known_by_their_address" else line.customer
        yield line.order_id, line.product, when, customer, Decimal(quantity), round(worth, 2), status


@pytest.mark.parametrize("name", sorted(CASES.keys() - OTHERS))
def test_order_lines_are_those_of_the_true_shop(name, warehouse):
    read = warehouse.rows(f"""
        select order_id, product_id, strftime(ordered_at, '%Y-%m-%d %H:%M'), customer_id, quantity,
            round(quantity * unit_price - discount_amount, 2), order_status
        from staging.stg_order_lines__typed where channel = '{name}'
    """)
    assert sorted(read) == sorted(expected_lines(name))


def test_every_raw_row_arrives_and_has_a_number(warehouse):
    ((rows, numbers),) = warehouse.rows("select count(*), count(distinct row_number) from sources.src_order_lines")
    assert rows == numbers == sum(len(list(expected_lines(name))) for name in CASES.keys() - OTHERS)
