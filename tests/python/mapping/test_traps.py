"""What real exports have beside what is wanted, people, dates, amounts: none is taken without a word."""

import pytest
from customer_insight.mapping.file_tables import tables_in
from customer_insight.mapping.mapping_file import ColumnFrom
from customer_insight.mapping.mapping_text import column_as_yaml
from customer_insight.mapping.proposal import propose
from test_odd_files import DESCRIBED
from true_shop import lines


def proposed(folder, **files):
    """Columns by table and entry, the questions as one text, and the remarks."""
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    tables, problems = tables_in(folder)
    assert problems == []
    proposal = propose(tables, DESCRIBED, {"time_zone": "UTC"})
    columns = {
        table: [{ours: column_as_yaml(said) for ours, said in entry.columns.items()} for entry in entries]
        for table, entries in proposal.mapping.tables.items()
    }
    return columns, " ".join(question.question for question in proposal.mapping.questions), proposal.remarks


def orders(header, row):
    return "\n".join([header, *[row(at, line) for at, line in enumerate(lines())]]) + "\n"


PLAIN = orders(
    "order_id,sku,qty,price,order_date,client_id",
    lambda _, line: f"{line.order_id},{line.product},{line.quantity},{line.price},{line.at:%Y-%m-%d},{line.customer}",
)


def test_amounts_in_cents_are_hundredths(tmp_path):
    text = orders(
        "order_id,sku,qty,unit_price_cents,order_date",
        lambda _, line: f"{line.order_id},{line.product},{line.quantity},{int(100 * line.price)},{line.at:%Y-%m-%d}",
    )
    columns, *_ = proposed(tmp_path, sales=text)
    assert columns["order_lines"][0]["unit_price"] == {"cents": "unit_price_cents"}


def test_people_whom_no_order_names_are_no_customers(tmp_path):
    staff = "staff_id,first_name,email,phone\n" + "".join(f"{at},P{at},p{at}@x.org,0221 55555{at}\n" for at in range(9))
    columns, _, remarks = proposed(tmp_path, sales=PLAIN, staffs=staff)
    assert list(columns) == ["order_lines"]
    assert remarks == ["staffs.csv: looks like customers, but orders name none of them, so it is not read"]


def test_the_key_of_a_row_is_no_product(tmp_path):
    text = orders(
        "item_id,order_id,product_id,qty,order_date",
        lambda at, line: f"{at},{line.order_id},{line.product},{line.quantity},{line.at:%Y-%m-%d}",
    )
    columns, questions, _ = proposed(tmp_path, items=text)
    assert columns["order_lines"][0]["product_id"] == "product_id"
    assert "product_id" not in questions


def test_a_number_of_orders_and_a_date_of_something_else_are_not_taken(tmp_path):
    text = orders(
        "order_id,sku,qty,Number of Orders,vencimento_data",
        lambda at, line: f"{line.order_id},{line.product},{line.quantity},{at},{line.at:%Y-%m-%d}",
    )
    columns, questions, _ = proposed(tmp_path, sales=text)
    assert set(columns["order_lines"][0]) == {"order_id", "product_id", "quantity"}
    assert "Is `vencimento_data` of sales.csv the column ordered_at" in questions


def test_orders_say_when_before_payments_do(tmp_path):
    made = {line.order_id: line for line in lines()}.values()
    head = "order_id,client_id,order_date\n" + "".join(f"{o.order_id},{o.customer},{o.at:%Y-%m-%d}\n" for o in made)
    paid = "order_id,date,amount\n" + "".join(f"{o.order_id},2025-01-01,{o.price}\n" for o in made)
    items = orders("order_id,sku,qty", lambda _, line: f"{line.order_id},{line.product},{line.quantity}")
    columns, *_ = proposed(tmp_path, items=items, orders=head, a_payments=paid)
    assert columns["order_lines"][0]["ordered_at"] == {"column": "order_date", "lookup": "orders"}


def test_prices_that_do_not_make_the_total_and_discounts_that_may_be_percent_are_asked_about(tmp_path):
    text = orders(
        "order_id,sku,qty,price,sales,discount,order_date",
        lambda at, line: (
            f"{line.order_id},{line.product},{line.quantity},{min(line.price, 60)},"
            f"{line.total},{at % 40},{line.at:%Y-%m-%d}"
        ),
    )
    columns, questions, _ = proposed(tmp_path, sales=text)
    assert not {"unit_price", "discount_amount"} & set(columns["order_lines"][0])
    assert "In sales.csv `qty` x `price` is not `sales`: which of them is what was paid?" in questions
    assert "`discount` of sales.csv is percent, or an amount: is it already taken off" in questions


def test_a_telephone_that_a_spreadsheet_ruined_names_nobody(tmp_path):
    text = orders(
        "order_id,sku,qty,order_date,Customer Name,Phone",
        lambda at, line: (
            f"{line.order_id},{line.product},{line.quantity},{line.at:%Y-%m-%d},Jo {line.customer},"
            + ("2.14E+09" if at % 5 == 0 else f"021455{line.customer[1:]}77")
        ),
    )
    columns, questions, _ = proposed(tmp_path, sales=text)
    assert "customer_id" not in columns["order_lines"][0]
    assert "Is `Customer Name` of sales.csv the column customer_id of order_lines?" in questions


def test_codes_of_states_and_costs_of_lines_are_asked_about(tmp_path):
    text = orders(
        "order_id,sku,qty,price,cost,order_status,order_date",
        lambda at, line: (
            f"{line.order_id},{line.product},{line.quantity},{line.price},{line.total / 2:.2f},{at % 3},"
            f"{line.at:%Y-%m-%d}"
        ),
    )
    columns, questions, _ = proposed(tmp_path, sales=text)
    assert "unit_cost" not in columns["order_lines"][0]
    assert "Is `cost` of sales.csv what one piece cost the shop?" in questions
    assert "What is an order with `2` in `order_status` of sales.csv?" in questions


def test_an_amount_of_the_order_is_no_price_of_a_line(tmp_path):
    worth = {}
    for line in lines():
        worth[line.order_id] = worth.get(line.order_id, 0) + line.total
    text = orders(
        "order_id,sku,qty,total,order_date",
        lambda _, line: f"{line.order_id},{line.product},{line.quantity},{worth[line.order_id]},{line.at:%Y-%m-%d}",
    )
    columns, _, remarks = proposed(tmp_path, sales=text)
    assert "unit_price" not in columns["order_lines"][0]
    assert "sales.csv: no column has prices of lines; there will be no revenue" in remarks


def test_numbers_whose_name_is_no_date_are_asked_about_and_written_dates_come_first(tmp_path):
    text = orders(
        "order_id,Gebinde,sku,qty",
        lambda at, line: f"{line.order_id},{40000 + 7 * at},{line.product},{line.quantity}",
    )
    columns, questions, _ = proposed(tmp_path, sales=text)
    assert "ordered_at" not in columns["order_lines"][0]
    assert "Is `Gebinde` of sales.csv the column ordered_at of order_lines?" in questions


def test_a_file_without_a_header_has_its_written_date_and_its_keys_though_orders_are_numbered_like_days(tmp_path):
    text = orders(
        "",
        lambda _, line: (
            f"{line.at:%Y-%m-%d},{int(line.order_id[1:]) + 45000},{line.product},"
            f"{line.product_name.split()[-1]},{line.quantity},{line.price}"
        ),
    ).lstrip()
    columns, questions, _ = proposed(tmp_path, till=text)
    found = columns["order_lines"][0]
    assert found == {
        "order_id": "column 2",
        "product_id": "column 3",
        "ordered_at": "column 1",
        "product_name": "column 4",
    }
    assert "Is `column 5` of till.csv the column quantity of order_lines?" in questions
    assert "Is `column 6` of till.csv the column unit_price of order_lines?" in questions


def test_what_has_orders_and_no_product_is_asked_for_it(tmp_path):
    text = orders("order_id,order_date,qty,xx", lambda at, line: f"{line.order_id},{line.at:%Y-%m-%d},2,W{at % 5}")
    columns, questions, _ = proposed(tmp_path, sales=text)
    assert columns["order_lines"][0] == {"order_id": "order_id", "ordered_at": "order_date", "quantity": "qty"}
    assert "Which column of sales.csv is product_id of order_lines, which each row needs?" in questions


def dated(folder, made):
    rows = "".join(f"{line.order_id},{line.at:%d/%m/%Y},{line.product},{line.quantity}\n" for line in made)
    _, questions, remarks = proposed(folder, sales=f"order_id,order_date,sku,qty\n{rows}")
    return questions, remarks


def test_dates_sorted_as_texts_show_nothing_and_those_sorted_by_time_show_their_order_with_a_word(tmp_path):
    made = lines(last_day=12)
    for folder in ("texts", "times"):
        (tmp_path / folder).mkdir()
    questions, remarks = dated(tmp_path / "texts", sorted(made, key=lambda line: f"{line.at:%d/%m/%Y}"))
    assert "Which stands first in the dates of sales.csv" in questions
    assert not any("stands first" in remark for remark in remarks)
    questions, remarks = dated(tmp_path / "times", made)
    assert questions == ""
    assert "sales.csv: the day stands first in its dates: only so does `order_date` go one way down the file" in remarks


def test_a_time_that_is_asked_about_has_its_zone_and_its_order_asked_for(tmp_path):
    rows = "".join(
        f"{line.order_id},{line.product},{line.quantity},{line.at:%Y-%m-%d},{line.at:%d/%m/%Y %H:%M}\n"
        for line in lines(last_day=12, sorted_by_time=False)
    )
    (tmp_path / "sales.csv").write_text(f"order_id,sku,qty,Qwx,Qwy\n{rows}")
    (found,) = tables_in(tmp_path)[0]
    questions = {q.question.split(" of ")[0]: q for q in propose([found], DESCRIBED, {}).mapping.questions}
    assert list(questions["Which column"].candidates) == ["Qwx", "Qwy", "none"]
    assert "In which time zone are the times" in questions
    assert "Which stands first in the dates" in questions


@pytest.mark.parametrize(("sign", "delimiter"), [(",", ";"), (".", ",")])
def test_shares_are_shares_by_any_mark_in_lines_and_in_orders(tmp_path, sign, delimiter):
    shares = ["0.05", "0.1", "0.25", "0"]

    def row(at, line):
        fields = [line.order_id, line.product, line.quantity, f"{line.price}", shares[at % 4], f"{line.at:%Y-%m-%d}"]
        return delimiter.join(str(each).replace(".", sign) for each in fields)

    _, questions, _ = proposed(
        tmp_path, sales=orders(delimiter.join(["order_id", "sku", "qty", "price", "discount", "order_date"]), row)
    )
    assert "`discount` of sales.csv is a share of the price" in questions
    items = orders(
        delimiter.join(["order_id", "sku", "qty", "price"]),
        lambda _, line: delimiter.join(
            [line.order_id, line.product, str(line.quantity), f"{line.price}".replace(".", sign)]
        ),
    )
    head = delimiter.join(["order_id", "order_date", "discount"]) + "\n"
    for at, order in enumerate({line.order_id: line for line in lines()}.values()):
        head += delimiter.join([order.order_id, f"{order.at:%Y-%m-%d}", shares[at % 4].replace(".", sign)]) + "\n"
    _, questions, _ = proposed(tmp_path, sales=items, orders=head)
    assert "Is `discount` of orders.csv a discount in parts of one" in questions


def test_a_discount_of_each_piece_is_in_the_total_and_not_taken_off_again(tmp_path):
    text = orders(
        "order_id,sku,qty,unit_price,discount,line_amount,order_date",
        lambda at, line: (
            f"{line.order_id},{line.product},{line.quantity},{line.price},{at % 3 * 1.25:.2f},"
            f"{line.quantity * (float(line.price) - at % 3 * 1.25):.2f},{line.at:%Y-%m-%d}"
        ),
    )
    columns, questions, _ = proposed(tmp_path, sales=text)
    assert columns["order_lines"][0]["unit_price"] == {"total": "line_amount"}
    assert "discount_amount" not in columns["order_lines"][0]
    assert questions == ""


@pytest.mark.parametrize(
    ("name", "asked", "taken"), [("Delivery time", False, False), ("Uhrzeit", False, True), ("Qwx", True, False)]
)
def test_a_time_of_day_is_that_of_the_order_only_if_its_name_says_so(tmp_path, name, asked, taken):
    text = orders(
        f"order_id,sku,qty,order_date,{name}",
        lambda _, line: f"{line.order_id},{line.product},{line.quantity},{line.at:%Y-%m-%d},{line.at:%H:%M}",
    )
    columns, questions, _ = proposed(tmp_path, sales=text)
    assert ("the time of day at which orders of `order_date` were made?" in questions) == asked
    expected = {"columns": ["order_date", name], "between": " "} if taken else None if asked else "order_date"
    assert columns["order_lines"][0].get("ordered_at") == expected


def test_documents_that_take_sales_back_and_names_of_customers_are_asked_about(tmp_path):
    text = orders(
        "order_id,Type,Client,sku,qty,order_date",
        lambda at, line: (
            f"{line.order_id},{'Refund' if at % 9 == 0 else 'Sale'},Jo {line.customer},{line.product},{line.quantity},"
            f"{line.at:%Y-%m-%d}"
        ),
    )
    columns, questions, _ = proposed(tmp_path, sales=text)
    assert not {"order_status", "customer_id"} & set(columns["order_lines"][0])
    assert (
        "Is `Type` of sales.csv the column order_status of order_lines? Then `refund` is returned, `sale` is completed."
    ) in questions
    assert "Is `Client` of sales.csv the column customer_id of order_lines?" in questions


def test_prices_that_may_be_cents_are_a_remark(tmp_path):
    text = orders(
        "order_id,sku,qty,unit_price,order_date",
        lambda _, line: f"{line.order_id},{line.product},{line.quantity},{int(100 * line.price)},{line.at:%Y-%m-%d}",
    )
    _, _, remarks = proposed(tmp_path, sales=text)
    assert any("every `unit_price` is a whole number of 100 or more; if these are cents" in each for each in remarks)


def test_no_remark_on_revenue_and_no_column_left_out_while_it_is_asked_about(tmp_path):
    text = orders(
        "order_id,sku,qty,order_date,Gross amount,Net amount",
        lambda _, line: (
            f"{line.order_id},{line.product},{line.quantity},{line.at:%Y-%m-%d},{line.total},{line.total / 2:.2f}"
        ),
    )
    (tmp_path / "sales.csv").write_text(text)
    proposal = propose(tables_in(tmp_path)[0], DESCRIBED, {})
    (question,) = proposal.mapping.questions
    assert question.sets == ("order_lines/1/columns/unit_price",)
    assert question.candidates["Gross amount"] == ColumnFrom(("Gross amount",), kind="total")
    assert not any("revenue" in remark for remark in proposal.remarks)
    assert proposal.mapping.not_read == {}


def test_ids_that_a_spreadsheet_was_kept_from_are_those_of_other_files(tmp_path):
    text = orders(
        "order_id,sku,qty,order_date",
        lambda _, line: f'"=""{line.order_id}""","=""00{line.product[4:]}""",{line.quantity},{line.at:%Y-%m-%d}',
    )
    listed = "sku,name,price\n" + "".join(f"00{code[4:]},{code},3\n" for code in {line.product for line in lines()})
    columns, _, remarks = proposed(tmp_path, sales=text, products=listed)
    assert set(columns) == {"order_lines", "products"}
    assert not any("orders name none" in remark for remark in remarks)


def test_addresses_of_machines_are_no_prices_and_several_amounts_of_orders_no_totals(tmp_path):
    worth = {}
    for line in lines():
        worth[line.order_id] = worth.get(line.order_id, 0) + line.total
    text = orders(
        "order_id,sku,qty,Net total,Gross total,IP,order_date",
        lambda at, line: (
            f"{line.order_id},{line.product},{line.quantity},{worth[line.order_id] / 2:.2f},{worth[line.order_id]},"
            f"10.1.1.{100 + at},{line.at:%Y-%m-%d}"
        ),
    )
    columns, questions, remarks = proposed(tmp_path, sales=text)
    assert "unit_price" not in columns["order_lines"][0]
    assert questions == ""
    assert "sales.csv: no column has prices of lines; there will be no revenue" in remarks


def test_figures_of_visits_are_no_order_lines(tmp_path):
    text = orders(
        "Administrative,Informational,BounceRates,Month,Weekend",
        lambda at, line: f"{at % 4},{at % 3},{at % 7 / 10},{line.at:%b},{'TRUE' if at % 7 > 5 else 'FALSE'}",
    )
    columns, questions, _ = proposed(tmp_path, visits=text)
    assert columns == {}
    assert questions == ""
