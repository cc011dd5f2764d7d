"""Amounts as a shop's owner reads them: with the sign or the code of the shop's currency, plain where it names none."""

from __future__ import annotations

from dataclasses import dataclass

from customer_insight.report.wording import UNKNOWN, Number, large

# Signs that one currency has to itself; `kr` and `$` of another country would be mistaken, and its code is not.
SIGNS = {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "INR": "₹", "ILS": "₪", "NGN": "₦", "UAH": "₴", "TRY": "₺"}
# ISO 4217: nothing is smaller than one of these.
WITHOUT_CENTS = frozenset(
    (
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    )
)


@dataclass(frozen=True)
class Money:
    """The currency of all amounts, three letters, None where the shop's input names none."""

    currency: str | None = None

    def amount(self, value: Number | None) -> str:
        """`£8,911,408`, with cents below a thousand: `£61.30`, `61.30 CHF`, `61.30`."""
        if value is None:
            return UNKNOWN
        digits = 0 if abs(float(value)) >= 1000 or self.currency in WITHOUT_CENTS else 2
        return self._named(f"{value:,.{digits}f}")

    def rounded(self, number: str) -> str:
        """A number that is written already, and holds no cents: `£115`."""
        return self._named(number)

    def short(self, value: Number | None) -> str:
        """A large amount in a small place: `£8.91 million`, `412,345 CHF`."""
        said = None if value is None else large(value)
        return self.amount(value) if said is None else self._named(said)

    @property
    def before(self) -> str:
        """What stands before a number on an axis: `£`, or nothing."""
        return SIGNS.get(self.currency or "", "")

    @property
    def after(self) -> str:
        """What stands after a number on an axis: ` CHF`, or nothing."""
        return f" {self.currency}" if self.currency and not self.before else ""

    def _named(self, number: str) -> str:
        sign, size = ("-", number[1:]) if number.startswith("-") else ("", number)
        return f"{sign}{self.before}{size}{self.after}"
