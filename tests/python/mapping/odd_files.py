"""The lines of the true shop in files as odd as people's, each with what is true of its columns."""

import csv
import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from true_shop import Line, lines

PLAIN = {
    "order_id": lambda line: line.order_id,
    "ordered_at": lambda line: line.at.strftime("%Y-%m-%d %H:%M:%S"),
    "customer_id": lambda line: line.customer,
    "product_id": lambda line: line.product,
    "product_name": lambda line: line.product_name,
    "quantity": lambda line: str(line.quantity),
    "unit_price": lambda line: f"{line.price:.2f}",
    "order_status": lambda line: line.status,
}
ENGLISH = {
    "order_id": "Order No",
    "ordered_at": "Order Date",
    "customer_id": "Customer No",
    "product_id": "Item Code",
    "product_name": "Item Description",
    "quantity": "Qty",
    "unit_price": "Unit Price",
    "order_status": "Order Status",
}
ASKED = "asked"


@dataclass
class Case:
    """What is true: by table and column the header, or how it is made; how a file is read; ASKED where it is open."""

    columns: dict[str, dict[str, Any]]
    readings: dict[str, Any] = field(default_factory=dict)


CASES: dict[str, Callable[[Path], Case]] = {}


def case(make: Callable[[Path], Case]) -> Callable[[Path], Case]:
    CASES[make.__name__] = make
    return make


def write_csv(path: Path, header: list[str], rows: list[list[str]], delimiter: str = ",", above: str = "") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(above)
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        if header:
            writer.writerow(header)
        writer.writerows(rows)


def rows_of(made: list[Line], values: dict[str, Callable[[Line], Any]]) -> list[list[Any]]:
    return [[value(line) for value in values.values()] for line in made]


def comma(value: Any) -> str:
    whole, _, cents = f"{value:.2f}".partition(".")
    groups = f"{int(whole):,}".replace(",", ".")
    return f"{groups},{cents}"


def translated(folder: Path, names: dict[str, str], when: str, delimiter: str, amount: Callable[[Any], str]) -> None:
    values = PLAIN | {
        "ordered_at": lambda line: line.at.strftime(when),
        "unit_price": lambda line: amount(line.price),
    }
    write_csv(folder / "export.csv", [names[column] for column in values], rows_of(lines(), values), delimiter)


LANGUAGES = {
    "english": (
        "Order No,Order Date,Customer No,Item Code,Item Description,Qty,Unit Price,Order Status",
        "%m/%d/%Y",
        ",",
    ),
    "german": (
        "Bestellnummer,Bestelldatum,Kundennummer,Artikelnummer,Artikelbezeichnung,Menge,Einzelpreis,Bestellstatus",
        "%d.%m.%Y",
        ";",
    ),
    "french": (
        "N° commande,Date de commande,Code client,Référence article,Désignation,Quantité,Prix unitaire,Statut",
        "%d/%m/%Y",
        ";",
    ),
    "spanish": (
        "Número de pedido,Fecha de pedido,Código de cliente,Código de producto,Descripción,Cantidad,Precio unitario,"
        "Estado",
        "%d/%m/%Y",
        ";",
    ),
    "italian": (
        "Numero ordine,Data ordine,Codice cliente,Codice articolo,Descrizione articolo,Quantità,Prezzo unitario,Stato",
        "%d/%m/%Y",
        ";",
    ),
    "dutch": (
        "Bestelnummer,Besteldatum,Klantnummer,Artikelnummer,Omschrijving,Aantal,Stukprijs,Status",
        "%d-%m-%Y",
        ";",
    ),
    "portuguese": (
        "Número do pedido,Data do pedido,Código do cliente,Código do produto,Nome do produto,Quantidade,Preço unitário,"
        "Situação",
        "%d/%m/%Y",
        ";",
    ),
    "polish": (
        "Numer zamówienia,Data zamówienia,Numer klienta,Kod produktu,Nazwa produktu,Ilość,Cena jednostkowa,"
        "Status zamówienia",
        "%d.%m.%Y",
        ";",
    ),
}


def _language(name: str) -> None:
    header, when, delimiter = LANGUAGES[name]
    names = dict(zip(PLAIN, header.split(","), strict=True))

    def make(folder: Path) -> Case:
        is_english = name == "english"
        translated(folder, names, when, delimiter, (lambda v: f"{v:.2f}") if is_english else comma)
        order = "month_first" if is_english else "day_first"
        mark = "point" if is_english else "comma"
        return Case({"order_lines": names}, {"date_order": order, "decimal_mark": mark})

    make.__name__ = name
    case(make)


for _name in LANGUAGES:
    _language(_name)


def english_file(folder: Path, values: dict[str, Any], names: dict[str, str], made: list[Line] | None = None) -> None:
    made = lines() if made is None else made
    write_csv(folder / "sales.csv", [names[column] for column in values], rows_of(made, values))


@case
def shuffled(folder: Path) -> Case:
    values = {column: PLAIN[column] for column in sorted(PLAIN, key=lambda column: column[::-1])}
    english_file(folder, values, ENGLISH)
    return Case({"order_lines": ENGLISH}, {"time_zone": ASKED})


@case
def junk_columns(folder: Path) -> Case:
    junk = {
        "Warehouse note": lambda line: "",
        "VAT rate": lambda line: "19%",
        "Weight g": lambda line: str(100 + len(line.product_name)),
        "Picked by": lambda line: "Jo",
        "Ship Date": lambda line: (line.at + timedelta(days=2)).strftime("%Y-%m-%d"),
        "Shipping Cost": lambda line: "4.90",
    }
    english_file(folder, PLAIN | junk, ENGLISH | {name: name for name in junk})
    return Case({"order_lines": ENGLISH}, {"time_zone": ASKED})


@case
def tab_separated(folder: Path) -> Case:
    write_csv(folder / "sales.tsv", list(ENGLISH.values()), rows_of(lines(), PLAIN), "\t")
    return Case({"order_lines": ENGLISH}, {"time_zone": ASKED})


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


TYPED = PLAIN | {
    "ordered_at": lambda line: line.at,
    "quantity": lambda line: line.quantity,
    "unit_price": lambda line: float(line.price),
}


@case
def spreadsheet(folder: Path) -> Case:
    workbook(folder / "sales.xlsx", {"Sheet1": [list(ENGLISH.values()), *rows_of(lines(), TYPED)]})
    return Case({"order_lines": ENGLISH}, {"time_zone": ASKED})


@case
def json_lines(folder: Path) -> Case:
    values = TYPED | {"ordered_at": lambda line: line.at.isoformat() + "Z"}
    records = [dict(zip(ENGLISH.values(), row, strict=True)) for row in rows_of(lines(), values)]
    (folder / "sales.jsonl").write_text("\n".join(map(json.dumps, records)) + "\n")
    return Case({"order_lines": ENGLISH})


@case
def parquet(folder: Path) -> Case:
    columns = dict(zip(ENGLISH.values(), map(list, zip(*rows_of(lines(), TYPED), strict=True)), strict=True))
    pq.write_table(pa.table(columns), folder / "sales.parquet")
    return Case({"order_lines": ENGLISH}, {"time_zone": ASKED})


@case
def packed(folder: Path) -> Case:
    english_file(folder, PLAIN, ENGLISH)
    (folder / "sales.csv.gz").write_bytes(gzip.compress((folder / "sales.csv").read_bytes()))
    (folder / "sales.csv").unlink()
    return Case({"order_lines": ENGLISH}, {"time_zone": ASKED})


@case
def line_totals(folder: Path) -> Case:
    values = PLAIN | {"unit_price": lambda line: f"{line.total:.2f}"}
    english_file(folder, values, ENGLISH | {"unit_price": "Line Amount"})
    truth = ENGLISH | {"unit_price": {"total": "Line Amount"}}
    return Case({"order_lines": truth}, {"time_zone": ASKED})


@case
def price_that_is_a_total(folder: Path) -> Case:
    values = PLAIN | {"unit_price": lambda line: f"{line.total:.2f}"}
    english_file(folder, values, ENGLISH | {"unit_price": "item-price"})
    return Case({"order_lines": ENGLISH | {"unit_price": {"total": "item-price"}}}, {"time_zone": ASKED})


@case
def amounts_told_by_arithmetic(folder: Path) -> Case:
    values = PLAIN | {"total": lambda line: f"{line.total:.2f}"}
    names = ENGLISH | {"quantity": "xq", "unit_price": "val1", "total": "val2"}
    english_file(folder, values, names)
    truth = {column: header for column, header in names.items() if column != "total"}
    return Case({"order_lines": truth}, {"time_zone": ASKED})


@case
def people_in_the_lines(folder: Path) -> Case:
    more = {"email": lambda line: line.email, "city": lambda line: line.city, "country": lambda line: line.country}
    names = ENGLISH | {"email": "E-Mail", "city": "Town", "country": "Country"}
    english_file(folder, PLAIN | more, names)
    of_line = {column: names[column] for column in names if column not in ("email", "city")}
    of_person = {"customer_id": "Customer No", "email": "E-Mail", "city": "Town", "country": "Country"}
    return Case({"order_lines": of_line, "customers": of_person}, {"time_zone": ASKED})


@case
def known_by_their_address(folder: Path) -> Case:
    values = PLAIN | {"customer_id": lambda line: line.email}
    english_file(folder, values, ENGLISH | {"customer_id": "Contact email"})
    truth = ENGLISH | {"customer_id": "Contact email"}
    people = {"customer_id": "Contact email", "email": "Contact email"}
    return Case({"order_lines": truth, "customers": people}, {"time_zone": ASKED})


@case
def products_in_the_lines(folder: Path) -> Case:
    values = PLAIN | {"category": lambda line: line.category}
    english_file(folder, values, ENGLISH | {"category": "Product group"})
    products = {"product_id": "Item Code", "product_name": "Item Description", "category": "Product group"}
    return Case({"order_lines": ENGLISH, "products": products}, {"time_zone": ASKED})


def orders_apart(made: list[Line]) -> tuple[list[list[str]], list[list[str]]]:
    orders = {line.order_id: [line.order_id, f"{line.at:%d/%m/%Y %H:%M}", line.customer, line.status] for line in made}
    items = [[line.order_id, line.product, str(line.quantity), f"{line.price:.2f}"] for line in made]
    return list(orders.values()), items


ORDERS, ITEMS = ["id", "placed", "client", "state"], ["order_id", "sku", "qty", "price"]
APART = {
    "order_id": "order_id",
    "product_id": "sku",
    "quantity": "qty",
    "unit_price": "price",
    "ordered_at": {"column": "placed", "lookup": "orders"},
    "customer_id": {"column": "client", "lookup": "orders"},
    "order_status": {"column": "state", "lookup": "orders"},
}


@case
def orders_and_their_lines(folder: Path) -> Case:
    orders, items = orders_apart(lines())
    write_csv(folder / "orders.csv", ORDERS, orders)
    write_csv(folder / "order_items.csv", ITEMS, items)
    return Case({"order_lines": APART}, {"date_order": "day_first", "time_zone": ASKED})


def customers_apart(made: list[Line]) -> list[list[str]]:
    return [list(each) for each in dict.fromkeys((line.customer, line.email, line.city, line.country) for line in made)]


PEOPLE = {"customer_id": "Client ID", "email": "Email", "city": "City", "country": "Country"}


@case
def stacked_in_one_file(folder: Path) -> Case:
    english_file(folder, PLAIN, ENGLISH)
    write_csv(folder / "people.csv", list(PEOPLE.values()), customers_apart(lines()))
    both = (folder / "sales.csv").read_text() + "\nCustomers\n" + (folder / "people.csv").read_text()
    (folder / "people.csv").unlink()
    (folder / "sales.csv").write_text(both)
    return Case({"order_lines": ENGLISH, "customers": PEOPLE}, {"time_zone": ASKED})


@case
def two_sheets(folder: Path) -> Case:
    sheets = {
        "Lines": [list(ENGLISH.values()), *rows_of(lines(), TYPED)],
        "Clients": [list(PEOPLE.values()), *customers_apart(lines())],
    }
    workbook(folder / "shop.xlsx", sheets)
    return Case({"order_lines": ENGLISH, "customers": PEOPLE}, {"time_zone": ASKED})


@case
def under_a_title(folder: Path) -> Case:
    above = "Sales report,,,\nprinted by Jo,,,\n\n"
    write_csv(folder / "report.csv", list(ENGLISH.values()), rows_of(lines(), PLAIN), above=above)
    return Case({"order_lines": ENGLISH}, {"time_zone": ASKED})


@case
def without_a_header(folder: Path) -> Case:
    write_csv(folder / "till.csv", [], rows_of(lines(), PLAIN), ";")
    truth = {"order_id": "column 1", "ordered_at": "column 2", "product_id": "column 4", "product_name": "column 5"}
    asked = {"customer_id": ASKED, "quantity": ASKED, "unit_price": ASKED}
    return Case({"order_lines": truth | asked | {"order_status": "column 8"}}, {"time_zone": ASKED})


@case
def parts_by_year(folder: Path) -> Case:
    made = lines()
    english_file(folder, PLAIN, ENGLISH, made[:60])
    (folder / "sales.csv").rename(folder / "sales_2023.csv")
    english_file(folder, PLAIN, ENGLISH, made[60:])
    (folder / "sales.csv").rename(folder / "sales_2024.csv")
    return Case({"order_lines": ENGLISH}, {"time_zone": ASKED})


@case
def dates_that_show_nothing(folder: Path) -> Case:
    values = PLAIN | {"ordered_at": lambda line: line.at.strftime("%d/%m/%Y")}
    english_file(folder, values, ENGLISH, lines(last_day=12, sorted_by_time=False))
    return Case({"order_lines": ENGLISH}, {"date_order": ASKED})


@case
def dates_told_by_their_order(folder: Path) -> Case:
    values = PLAIN | {"ordered_at": lambda line: line.at.strftime("%d/%m/%Y")}
    english_file(folder, values, ENGLISH, lines(last_day=12))
    return Case({"order_lines": ENGLISH}, {"date_order": "day_first"})


@case
def times_of_utc(folder: Path) -> Case:
    english_file(folder, PLAIN, ENGLISH | {"ordered_at": "Created at (UTC)"})
    return Case({"order_lines": ENGLISH | {"ordered_at": "Created at (UTC)"}}, {"time_zone": "UTC"})


@case
def times_with_offsets(folder: Path) -> Case:
    values = PLAIN | {"ordered_at": lambda line: line.at.strftime("%Y-%m-%d %H:%M:%S +0200")}
    english_file(folder, values, ENGLISH)
    return Case({"order_lines": ENGLISH})


@case
def seconds_since_1970(folder: Path) -> Case:
    values = PLAIN | {"ordered_at": lambda line: str(int((line.at - line.at.__class__(1970, 1, 1)).total_seconds()))}
    english_file(folder, values, ENGLISH | {"ordered_at": "timestamp"})
    return Case({"order_lines": ENGLISH | {"ordered_at": "timestamp"}}, {"date_order": "seconds since 1970"})


@case
def days_of_a_spreadsheet(folder: Path) -> Case:
    days = lambda line: f"{(line.at - line.at.__class__(1899, 12, 30)).total_seconds() / 86400:.5f}"  # noqa: E731
    english_file(folder, PLAIN | {"ordered_at": days}, ENGLISH)
    return Case({"order_lines": ENGLISH}, {"date_order": "days since 1899-12-30", "time_zone": ASKED})


@case
def compact_dates(folder: Path) -> Case:
    english_file(folder, PLAIN | {"ordered_at": lambda line: line.at.strftime("%Y%m%d")}, ENGLISH)
    return Case({"order_lines": ENGLISH})


@case
def day_and_time_apart(folder: Path) -> Case:
    values = PLAIN | {
        "ordered_at": lambda line: line.at.strftime("%d.%m.%Y"),
        "time": lambda line: line.at.strftime("%H:%M"),
    }
    english_file(folder, values, ENGLISH | {"ordered_at": "Datum", "time": "Uhrzeit"})
    truth = ENGLISH | {"ordered_at": {"columns": ["Datum", "Uhrzeit"], "between": " "}}
    return Case({"order_lines": truth}, {"date_order": "day_first", "time_zone": ASKED})


@case
def names_that_say_nothing(folder: Path) -> Case:
    values = PLAIN | {"total": lambda line: f"{line.total:.2f}"}
    names = dict(zip(values, ["fa", "fb", "fc", "fd", "fe", "ff", "fg", "fh", "fi"], strict=True))
    english_file(folder, values, names)
    asked = {"customer_id": ASKED}
    truth = {column: header for column, header in names.items() if column != "total"} | asked
    return Case({"order_lines": truth}, {"time_zone": ASKED})


@case
def goods_that_came_back(folder: Path) -> Case:
    made = lines()
    values = PLAIN | {"quantity": lambda line: str(-line.quantity if line.status == "cancelled" else line.quantity)}
    values = {column: value for column, value in values.items() if column != "order_status"}
    english_file(folder, values, ENGLISH, made)
    truth = {column: header for column, header in ENGLISH.items() if column != "order_status"}
    return Case({"order_lines": truth | {"order_status": {"negative_quantity": "returned"}}}, {"time_zone": ASKED})


@case
def states_in_words_of_the_shop(folder: Path) -> Case:
    words = {"paid": "paid", "shipped": "out the door", "cancelled": "binned"}
    english_file(folder, PLAIN | {"order_status": lambda line: words[line.status]}, ENGLISH)
    return Case({"order_lines": ENGLISH}, {"time_zone": ASKED, "words/binned": ASKED, "words/out the door": ASKED})


@case
def without_dates(folder: Path) -> Case:
    values = {column: value for column, value in PLAIN.items() if column != "ordered_at"}
    english_file(folder, values, ENGLISH)
    return Case({"order_lines": {column: header for column, header in ENGLISH.items() if column != "ordered_at"}})


@case
def amounts_in_euros(folder: Path) -> Case:
    values = PLAIN | {
        "unit_price": lambda line: f"{comma(line.price)} €",
        "ordered_at": lambda line: f"{line.at:%Y-%m-%d}",
    }
    english_file(folder, values, ENGLISH)
    return Case({"order_lines": ENGLISH | {"currency": {"constant": "EUR"}}}, {"decimal_mark": "comma"})


@case
def currency_in_the_name(folder: Path) -> Case:
    values = PLAIN | {"ordered_at": lambda line: f"{line.at:%Y-%m-%d}"}
    english_file(folder, values, ENGLISH | {"unit_price": "Unit Price (GBP)"})
    return Case({"order_lines": ENGLISH | {"unit_price": "Unit Price (GBP)", "currency": {"constant": "GBP"}}})


@case
def thousands_or_decimals(folder: Path) -> Case:
    values = PLAIN | {
        "unit_price": lambda line: f"{1 + int(line.price) % 8}.{100 + int(line.price * 100) % 900}",
        "ordered_at": lambda line: f"{line.at:%Y-%m-%d}",
    }
    english_file(folder, values, ENGLISH)
    return Case({"order_lines": ENGLISH}, {"decimal_mark": ASKED})


@case
def three_files_of_any_name(folder: Path) -> Case:
    made = lines()
    english_file(folder, PLAIN, ENGLISH, made)
    (folder / "sales.csv").rename(folder / "download (3).csv")
    write_csv(folder / "list1.csv", list(PEOPLE.values()), customers_apart(made))
    goods = dict.fromkeys((line.product, line.product_name, line.category, f"{line.price:.2f}") for line in made)
    names = {"product_id": "Article No", "product_name": "Title", "category": "Category", "price": "Retail price"}
    write_csv(folder / "list2.csv", list(names.values()), [list(each) for each in goods])
    return Case({"order_lines": ENGLISH, "customers": PEOPLE, "products": names}, {"time_zone": ASKED})


@case
def reviews(folder: Path) -> Case:
    rows = [
        [
            f"B{at}",
            line.product,
            line.customer,
            str(1 + at % 5),
            "Good to have, I would buy it again",
            f"{line.at:%d.%m.%Y}",
        ]
        for at, line in enumerate(lines())
    ]
    header = ["Bewertungsnummer", "Artikelnummer", "Kundennummer", "Sterne", "Kommentar", "Bewertungsdatum"]
    write_csv(folder / "bewertungen.csv", header, rows, ";")
    ours = ["review_id", "product_id", "customer_id", "rating", "review_text", "reviewed_at"]
    return Case({"reviews": dict(zip(ours, header, strict=True))}, {"date_order": "day_first"})


@case
def behaviour(folder: Path) -> Case:
    kinds = ["view", "add_to_cart", "purchase"]
    records = [
        {
            "timestamp": line.at.isoformat() + "Z",
            "action": kinds[at % 3],
            "session_id": f"V{at // 4}",
            "userId": line.customer,
            "item_id": line.product,
        }
        for at, line in enumerate(lines())
    ]
    (folder / "log.jsonl").write_text("\n".join(map(json.dumps, records)) + "\n")
    names = ["timestamp", "action", "session_id", "userId", "item_id"]
    ours = ["occurred_at", "event_type", "visitor_id", "customer_id", "product_id"]
    return Case({"events": dict(zip(ours, names, strict=True))})


@case
def discounts_in_amounts(folder: Path) -> Case:
    values = PLAIN | {
        "discount_amount": lambda line: f"{line.price / 8:.2f}" if line.quantity > 2 else "0.00",
        "total": lambda line: f"{line.total - (round(line.price / 8, 2) if line.quantity > 2 else 0):.2f}",
    }
    english_file(folder, values, ENGLISH | {"discount_amount": "Discount", "total": "Line total"})
    return Case({"order_lines": ENGLISH | {"discount_amount": "Discount"}}, {"time_zone": ASKED})


@case
def discounts_in_percent(folder: Path) -> Case:
    values = PLAIN | {
        "discount_amount": lambda line: "20" if line.quantity > 2 else "0",
        "total": lambda line: f"{line.total * (80 if line.quantity > 2 else 100) / 100:.2f}",
    }
    english_file(folder, values, ENGLISH | {"discount_amount": "Discount", "total": "Line total"})
    return Case({"order_lines": ENGLISH | {"discount_amount": {"percent": "Discount"}}}, {"time_zone": ASKED})


@case
def two_totals_and_no_price(folder: Path) -> Case:
    values = {column: PLAIN[column] for column in PLAIN if column != "unit_price"}
    more = {"net": lambda line: f"{line.total / 2:.2f}", "gross": lambda line: f"{line.total:.2f}"}
    names = ENGLISH | {"net": "Net amount", "gross": "Gross amount"}
    english_file(folder, values | more, names)
    truth = {column: header for column, header in ENGLISH.items() if column != "unit_price"}
    return Case({"order_lines": truth | {"unit_price": ASKED}}, {"time_zone": ASKED})


@case
def two_totals_of_which_one_is_the_price_times_the_pieces(folder: Path) -> Case:
    more = {"net": lambda line: f"{line.total * Decimal('0.8'):.2f}", "gross": lambda line: f"{line.total:.2f}"}
    english_file(folder, PLAIN | more, ENGLISH | {"net": "Net amount", "gross": "Gross amount"})
    return Case({"order_lines": ENGLISH}, {"time_zone": ASKED})


@case
def two_addresses(folder: Path) -> Case:
    values = {column: PLAIN[column] for column in PLAIN if column != "customer_id"}
    more = {"billing": lambda line: line.email, "account": lambda line: line.email.replace(".com", ".org")}
    english_file(folder, values | more, ENGLISH | {"billing": "Billing email", "account": "Account email"})
    truth = {column: header for column, header in ENGLISH.items() if column != "customer_id"}
    return Case({"order_lines": truth | {"customer_id": ASKED}}, {"time_zone": ASKED})


@case
def kinds_of_documents(folder: Path) -> Case:
    values = PLAIN | {"order_status": lambda line: "Refund" if line.status == "cancelled" else "Sale"}
    english_file(folder, values, ENGLISH | {"order_status": "Doc type"})
    return Case({"order_lines": ENGLISH | {"order_status": ASKED}}, {"time_zone": ASKED})
