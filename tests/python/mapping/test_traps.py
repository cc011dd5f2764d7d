"""What real exports have beside what is wanted, people, dates, amounts: none is taken without a word."""

from customer_insight.mapping.file_tables import tables_in
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
