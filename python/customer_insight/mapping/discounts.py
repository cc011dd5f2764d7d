"""Discounts of order lines: an amount, a share of the price, or percent; taken off already, or still to be."""

from __future__ import annotations

from customer_insight.mapping.assignment import Assignment, Doubt
from customer_insight.mapping.column_names import meaning_of
from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.mapping_file import ColumnFrom
from customer_insight.mapping.profiles import Profile, number_of


def share_of_discount(found: FileTable, lines: Assignment) -> str:
    """The column that says the discount as a share or in percent, if there is one."""
    for name, profile in found.profiles.items():
        is_called = "discount" in meaning_of(name).meanings and name not in lines.used()
        if is_called and profile.texts and (profile.share("number") + profile.share("percent")) >= 0.9:
            return name if any(number_of(text.rstrip("% ")) for text in profile.distinct) else ""
    return ""


def may_be_percent(found: FileTable, discount: str) -> bool:
    """Whether a discount is 5, 10 or 20, which an amount may be and a percentage."""
    profile = found.profiles[discount]
    numbers = {number_of(text) or 0.0 for text in profile.distinct}
    if profile.share("integer") < 1 or numbers == {0.0}:
        return False
    return all(0 <= number <= 100 for number in numbers)


def shares_of(profile: Profile, mark: str) -> list[float]:
    """The different numbers of a column that may be in percent, by its own mark, else by that of the file."""
    own = profile.marks["comma"] - profile.marks["point"]
    sign = "," if own > 0 else "." if own < 0 else mark
    return [abs(number_of(text.rstrip("% "), sign) or 0.0) for text in profile.distinct]


def kind_of_share(profile: Profile, mark: str) -> str:
    """`share` where no discount is more than all, `percent` else."""
    is_percent = profile.share("percent") > 0
    return "share" if not is_percent and max(shares_of(profile, mark), default=0) <= 1 else "percent"


def ask_share(found: FileTable, lines: Assignment, amount: str, share: str, mark: str) -> None:
    """The question whether a discount is in an amount already."""
    kind = kind_of_share(found.profiles[share], mark)
    said = "a share of the price" if kind == "share" else "percent, or an amount"
    lines.doubts.append(
        Doubt(
            f"`{share}` of {found.name} is {said}: is it already taken off `{amount}`, or still to be?",
            "columns/discount_amount",
            {
                "taken off": "none",
                f"a {kind} to be taken off" if kind == "share" else "percent to be taken off": ColumnFrom(
                    (share,), kind=kind
                ),
                **({} if kind == "share" else {"an amount to be taken off": share}),
            },
            tuple(f"{name}: {', '.join(found.profiles[name].examples(4))}" for name in (amount, share)),
        )
    )
