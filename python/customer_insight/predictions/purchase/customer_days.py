"""What customers did on which day: the one input from which everything that was known at any cut can be told."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints

COUNTS = ("orders", "products", "sessions", "views", "add_to_carts", "messages", "reviews", "unhappy_texts")
MONEY = ("gross_revenue", "discount_amount", "list_revenue")


@dataclass(frozen=True)
class CustomerDays:
    """customer_codes: the customers, rising; the others are of shape (rows,), by customer and falling age.

    customer: position among the codes. age: whole days before as_of. figures: what was done that day, by column name.
    has_undated: there are orders of which nobody knows the day; they are in no row.
    """

    customer_codes: Ints
    customer: Ints
    age: Ints
    figures: dict[str, Floats]
    has_undated: bool = False

    @property
    def span_days(self) -> int:
        """Whole days from the first deed to as_of, the last day included; 0 without any."""
        return int(self.age.max()) + 1 if self.age.size else 0

    @property
    def order_span_days(self) -> int:
        """The same from the first order."""
        has_order = self.figures["orders"] > 0
        return int(self.age[has_order].max()) + 1 if has_order.any() else 0

    def arrays(self) -> dict[str, Ints | Floats]:
        """All that was read, by name, for a fingerprint."""
        return {"customer": self.customer_codes[self.customer], "age": self.age, **self.figures}

    def before(self, cut: int) -> CustomerDays:
        """What was known `cut` days before as_of, ages counted from there; the customers stay the same."""
        if cut == 0:
            return self
        return self._where(self.age >= cut, shift=cut)

    def within(self, days: int) -> CustomerDays:
        """What was done in the last so many days; the customers stay the same."""
        return self._where(self.age < days)

    def _where(self, rows: Bools, *, shift: int = 0) -> CustomerDays:
        figures = {name: values[rows] for name, values in self.figures.items()}
        return replace(self, customer=self.customer[rows], age=self.age[rows] - shift, figures=figures)

    def take(self, customers: Ints) -> CustomerDays:
        """The days of some customers (positions, rising) alone."""
        place = np.full(self.customer_codes.size, -1, dtype=np.int64)
        place[customers] = np.arange(customers.size)
        chosen = place[self.customer] >= 0
        figures = {name: values[chosen] for name, values in self.figures.items()}
        codes, customer = self.customer_codes[customers], place[self.customer[chosen]]
        return CustomerDays(codes, customer, self.age[chosen], figures, self.has_undated)

    def totals(self, name: str, rows: Bools | None = None) -> Floats:
        """A figure added up for each customer, over the given rows; shape (customers,)."""
        values, customer = self.figures[name], self.customer
        if rows is not None:
            values, customer = values[rows], customer[rows]
        return arrays.sums(customer, values, self.customer_codes.size)

    def has_bought(self) -> Bools:
        """Whether each customer bought on any of the days; shape (customers,)."""
        return self.totals("orders") > 0


def read_customer_days(table: pa.Table) -> CustomerDays:
    """From customer_code, age_days (whole, 0 or more) and the columns of COUNTS and MONEY; one row a customer and day.

    A row without age_days is of no day: its customer is known, and that there are such rows.

    Raises ValueError where a day lies after as_of, or where a customer has two rows for a day.
    """
    customer_codes = arrays.distinct(arrays.codes(table, "customer_code"))
    _, is_dated = arrays.codes_and_validity(table, "age_days")
    table = table.filter(arrays.arrow(is_dated))
    code, age = arrays.codes(table, "customer_code"), arrays.codes(table, "age_days")
    if (age < 0).any():
        raise ValueError("Column 'age_days' must not be negative: nothing after as_of is known.")
    order = np.lexsort((-age, code))
    code, age = code[order], age[order]
    if ((np.diff(code) == 0) & (np.diff(age) == 0)).any():
        raise ValueError("Columns 'customer_code', 'age_days' must be distinct: one row a customer and day.")
    customer = np.searchsorted(customer_codes, code).astype(np.int64)
    figures = {name: np.nan_to_num(arrays.doubles(table, name)[order]) for name in (*COUNTS, *MONEY)}
    return CustomerDays(customer_codes, customer, age, figures, not is_dated.all())
