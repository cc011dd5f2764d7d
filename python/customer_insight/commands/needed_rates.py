"""Which rates a build needs to add the amounts up.

As int_currency, int_exchange_rates and int_unconverted_amounts in models/intermediate/orders have it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

# A rate holds on its day and on so many after it: models/intermediate/orders/int_exchange_rates.sql.
RATE_DAYS = 7
# What the setting reporting_currency can be.
CURRENCY = re.compile("[A-Z]{3}")
SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "ZŁ": "PLN", "KČ": "CZK", "₹": "INR", "₺": "TRY", "₴": "UAH"}
IN_FILES = (
    "in exchange_rates.csv (rate_date,currency,rate: what one unit was worth in {}; "
    f"a rate holds for the {RATE_DAYS} days after it)"
)


@dataclass(frozen=True)
class Amounts:
    """What is known of the amounts before anything is built.

    `lines`: rows by currency and day, None where a line names no currency, and where it has no date. `products` and
    `priced`: rows by currency, of all products and of those with a price or a cost. `costs`: of channels, as lines.
    `rates`: the currencies and days that have one.
    """

    lines: Counter[tuple[str | None, date | None]] = field(default_factory=Counter)
    products: Counter[str] = field(default_factory=Counter)
    priced: Counter[str] = field(default_factory=Counter)
    rates: set[tuple[str, date]] = field(default_factory=set)
    costs: Counter[tuple[str | None, date | None]] = field(default_factory=Counter)

    def with_those_of(self, other: Amounts) -> Amounts:
        """Of two sources together."""
        return Amounts(
            self.lines + other.lines,
            self.products + other.products,
            self.priced + other.priced,
            self.rates | other.rates,
            self.costs + other.costs,
        )

    def currencies_of_lines(self) -> Counter[str]:
        """Rows by currency."""
        return _by_currency(self.lines)

    def currencies_of_costs(self) -> Counter[str]:
        """The same of what channels cost."""
        return _by_currency(self.costs)


def advice(amounts: Amounts, setting: str | None, as_of: date | None) -> tuple[list[str], list[str]]:
    """Settings to propose, and what the shop has to give first; nothing where a build can add everything up."""
    of_lines = amounts.currencies_of_lines()
    # as int_currency has it
    only = next((list(found) for found in (of_lines, amounts.products, amounts.currencies_of_costs()) if found), [])
    reporting = setting or (only[0] if len(only) == 1 else None)
    # what is later than now is not added to anything
    amounted = [*amounts.lines, *amounts.costs]
    dated = {(currency, day) for currency, day in amounted if currency is not None and day is not None}
    needed = {(currency, day) for currency, day in dated if day <= (as_of or day)}
    needed |= {(currency, as_of) for currency in amounts.priced if as_of is not None}
    undated = {currency for currency, day in amounts.lines if currency is not None and day is None} - {reporting}
    undated |= set(amounts.priced) - {reporting} if as_of is None else set()
    if undated:
        return [], [_one_currency(of_lines or amounts.priced, undated)]
    proposed = []
    if reporting is None and needed:
        usual = sorted((of_lines or amounts.priced).items(), key=lambda one: (-one[1], one[0]))
        usual = [one for one in usual if CURRENCY.fullmatch(one[0])]
        if not usual:
            return [], [_signs({currency for currency, _ in needed})]
        reporting = usual[0][0]
        proposed = [f"--set reporting_currency={reporting}"]
    if reporting and not CURRENCY.fullmatch(reporting) and any(currency != reporting for currency, _ in needed):
        return [], [_signs({str(reporting)})]
    days = sorted(one for one in needed if one[0] != reporting and not _has_rate(amounts.rates, *one))
    signs = {currency for currency, _ in days if not CURRENCY.fullmatch(currency)}
    told = [_signs(signs)] if signs else []
    missing = [
        f"{currency} {_span([day for _, day in each])}"
        for currency, each in groupby(days, key=lambda one: one[0])
        if currency not in signs
    ]
    if missing:
        rates = IN_FILES.format(reporting)
        told.append(f"First give the rates of {', '.join(missing)} {rates}: without them a build stops.")
    return proposed, told


def _by_currency(dated: Counter[tuple[str | None, date | None]]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for (currency, _), rows in dated.items():
        if currency is not None:
            counted[currency] += rows
    return counted


def _has_rate(rates: set[tuple[str, date]], currency: str, day: date) -> bool:
    return any((currency, day - timedelta(days=back)) in rates for back in range(RATE_DAYS + 1))


def _span(days: list[date]) -> str:
    return f"for {days[0]}" if days[0] == days[-1] else f"from {days[0]} to {days[-1]}"


def _one_currency(amounts: Counter[str], others: set[str]) -> str:
    said = ", ".join(sorted({*amounts, *others}))
    return f"First write all amounts in one currency, not in {said}: a rate is one of a day, and there are no dates."


def _signs(currencies: set[str]) -> str:
    said = ", ".join(f"`{each}`" + (f" ({SIGNS[each]})" if each in SIGNS else "") for each in sorted(currencies))
    return f"First write each currency as its three letters: {said} cannot be told from others."
