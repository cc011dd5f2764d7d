"""The demo shop read and added up in plain Python, from its files and the written rules, without the project's SQL."""

import csv
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from session_oracle import Event, Link, cut_into_sessions
from warehouses import PLANTED, SEEDS

CENT = Decimal("0.01")


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def moment(text):
    """A time in UTC without a zone; without an offset it is UTC already."""
    if not text:
        return None
    read = datetime.fromisoformat(text.replace(" +", "+"))
    return read.astimezone(UTC).replace(tzinfo=None) if read.tzinfo else read


class DemoSeeds:
    """Accepted rows (those that are not planted defects), and what follows from them."""

    def __init__(self):
        self.planted = {path.stem: read_csv(path) for path in sorted(PLANTED.glob("*.csv"))}
        bad = defaultdict(set)
        for row in self.planted["defects"]:
            bad[row["source_table"]].add(int(row["row_number"]))
        self.tables = {}
        for path in sorted((SEEDS / "demo").glob("*.csv")):
            name = path.stem.removeprefix("demo_")
            self.tables[name] = [
                {"row_number": number, **{column: value.strip() or None for column, value in row.items()}}
                for number, row in enumerate(read_csv(path), 1)
                if number not in bad[name]
            ]

    @cached_property
    def as_of(self):
        lines = (moment(row["ordered_at"]) for row in self.tables["order_lines"])
        events = (moment(row["occurred_at"]) for row in self.tables["events"])
        return max(max(lines), max(events))

    @cached_property
    def events(self):
        spellings = {row["spelling"]: row["event_type"] for row in read_csv(SEEDS / "reference" / "event_types.csv")}
        return [
            Event(
                row_number=row["row_number"],
                visitor_id=row["visitor_id"],
                occurred_at=moment(row["occurred_at"]),
                event_type=spellings.get(row["event_type"].lower(), row["event_type"].lower()),
                customer_id=row["customer_id"],
                page_url=row["page_url"],
                product_id=row["product_id"],
            )
            for row in self.tables["events"]
        ]

    @cached_property
    def links(self):
        return [
            Link(row["visitor_id"], row["customer_id"], moment(row["linked_at"]))
            for row in self.tables["identity_links"]
        ]

    @cached_property
    def sessions(self):
        return cut_into_sessions(self.events, self.links, timedelta(minutes=30), timedelta(hours=24))

    @cached_property
    def lines(self):
        """Order lines with status as known at as_of, amount in cents' precision and whether something was sold."""
        lines = []
        for row in self.tables["order_lines"]:
            returned_at = moment(row["returned_at"])
            status = (row["order_status"] or "completed").lower()
            if status != "cancelled" and returned_at is not None:
                status = "returned" if returned_at <= self.as_of else "completed"
            price = None if row["unit_price"] is None else Decimal(row["unit_price"])
            amount = Decimal(row["quantity"] or 1) * (price or 0) - Decimal(row["discount_amount"] or 0)
            lines.append(
                {
                    **row,
                    "ordered_at": moment(row["ordered_at"]),
                    "status": status,
                    "amount": amount.quantize(CENT, ROUND_HALF_UP),
                    "is_sold": status == "completed" and (price is None or price > 0),
                    "is_product": (row["is_product"] or "true").lower() in {"true", "t", "yes", "y", "1"},
                }
            )
        return lines

    @cached_property
    def customer_of_order(self):
        found = defaultdict(set)
        for line in self.lines:
            if line["customer_id"]:
                found[line["order_id"]].add(line["customer_id"])
        return {order: min(customers) for order, customers in found.items()}

    def sold_products(self):
        """(customer, line) of the sold lines of products, of known customers."""
        for line in self.lines:
            if line["is_sold"] and line["is_product"] and line["order_id"] in self.customer_of_order:
                yield self.customer_of_order[line["order_id"]], line

    @cached_property
    def bought(self):
        return {(customer, line["product_id"]) for customer, line in self.sold_products()}

    @cached_property
    def unavailable(self):
        no = {"false", "f", "no", "n", "0"}
        return {
            row["product_id"]
            for row in self.tables["products"]
            if row["is_available"] and row["is_available"].lower() in no
        }

    def favourites(self, value_of):
        """Customer -> the value on most of the sold lines, the first by name where several are; nulls do not count."""
        counts = defaultdict(Counter)
        for customer, line in self.sold_products():
            if value := value_of(line):
                counts[customer][value] += 1
        return {
            customer: min(counter, key=lambda value: (-counter[value], value))
            for customer, counter in counts.items()
            for counter in [counter]
        }

    @cached_property
    def products(self):
        return {row["product_id"]: row for row in self.tables["products"]}
