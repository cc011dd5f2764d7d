"""Columns of order lines whose names say nothing, told by what their values do."""

from __future__ import annotations

from itertools import permutations

from customer_insight.mapping.assignment import Assignment, which_of
from customer_insight.mapping.column_names import meaning_of
from customer_insight.mapping.column_values import dates_first, is_date, is_surely_date, share_known
from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.profiles import Profile
from customer_insight.mapping.relations import (
    are_one_to_one,
    counts_within,
    determines,
    numbers_of,
    share_of_products,
    stands_together,
)

MOST_NUMBERS = 8


def fill_by_values(found: FileTable, lines: Assignment, mark: str) -> None:
    """Takes what only one unnamed column can be; what several can be becomes a question."""
    free = [name for name in found.profiles if name not in lines.used() and says_nothing(name)]
    if not free:
        return
    _dates(found, lines, free)
    _equation(found, lines, free, mark)
    for column, kind in (("customer_email", "email"), ("currency", "currency")):
        fits = [name for name in _left(free, lines) if found.profiles[name].share(kind) >= 0.9]
        if column not in lines.columns and len(fits) == 1:
            lines.take(column, fits[0], f"its values are {'addresses' if kind == 'email' else 'currencies'}")
    _orders(found, lines, free)
    _line_numbers(found, lines, free)
    _states(found, lines, free)
    _products(found, lines, free)
    _quantity_and_price(found, lines, free)
    _customers(found, lines, free)


def says_nothing(name: str) -> bool:
    """Whether nothing in a name is understood."""
    return not meaning_of(name).meanings or name.lower().startswith(("column ", "spalte", "unnamed"))


def _left(free: list[str], lines: Assignment) -> list[str]:
    return [name for name in free if name not in lines.used()]


def _dates(found: FileTable, lines: Assignment, free: list[str]) -> None:
    if "ordered_at" in lines.columns or lines.doubt_on("ordered_at"):
        return
    dates = dates_first(found, free)
    if len(dates) == 1 and is_surely_date(found.profiles[dates[0]]):
        lines.take("ordered_at", dates[0], "no other column has dates")
    elif dates:
        lines.doubts.append(which_of(found, "order_lines", "ordered_at", dates))


def _equation(found: FileTable, lines: Assignment, free: list[str], mark: str) -> None:
    """Quantity, price and total where one column is the product of two others."""
    known = {column: lines.columns.get(column) for column in ("quantity", "unit_price", "line_total")}
    if sum(map(bool, known.values())) == 3:
        return
    numbers = {
        name: numbers_of(found.sample, name, mark)
        for name in [*_left(free, lines), *filter(None, known.values())]
        if found.profiles[name].share("number") >= 0.9 and not is_date(found.profiles[name])
    }
    if not 3 <= len(numbers) <= MOST_NUMBERS:
        return
    holding = []
    for names in permutations(sorted(numbers), 3):
        quantity, price, total = names
        if any(header and header != name for header, name in zip(known.values(), names, strict=True)):
            continue
        if not _is_count(found.profiles[quantity]) or not _varies(found.profiles[price]):
            continue
        share = share_of_products(numbers[quantity], numbers[price], numbers[total])
        if share is not None and share >= 0.95:
            holding.append(names)
    if len(holding) == 1:
        for column, header in zip(known, holding[0], strict=True):
            if column not in lines.columns:
                lines.take(column, header, "`{}` x `{}` is `{}`".format(*holding[0]))


def _is_count(profile: Profile) -> bool:
    numbers = [abs(number) for number in profile.numbers if number is not None]
    return bool(numbers) and profile.share("integer") >= 0.9 and sorted(numbers)[len(numbers) // 2] <= 50


def _varies(profile: Profile) -> bool:
    return len(profile.distinct) > 1


def _is_key(profile: Profile) -> bool:
    values = profile.texts
    return (
        len(values) >= 0.98 * profile.rows
        and len(profile.distinct) > 1
        and profile.share("date") + profile.share("email") + profile.share("time_only") + profile.share("long") < 0.1
        and not any("." in text or "," in text for text in profile.examples(50) if profile.share("number") > 0.5)
    )


def _orders(found: FileTable, lines: Assignment, free: list[str]) -> None:
    """The key that decides the time, whose lines stand together and that is no customer."""
    when = lines.columns.get("ordered_at")
    if "order_id" in lines.columns or not when:
        return
    fits = []
    for name in _left(free, lines):
        at = found.sample.columns.index(name)
        if not _is_key(found.profiles[name]) or not stands_together(found.sample.first, at):
            continue
        share = determines(found.sample, name, when)
        # the time alone would be such a key
        if share is not None and share >= 0.98:
            fits.append(name)
    if len(fits) == 1:
        lines.take("order_id", fits[0], f"its lines stand together and have one `{when}`")
    elif fits:
        lines.doubts.append(which_of(found, "order_lines", "order_id", fits))


def _line_numbers(found: FileTable, lines: Assignment, free: list[str]) -> None:
    order = lines.columns.get("order_id")
    fits = [name for name in _left(free, lines) if order and counts_within(found.sample, order, name)]
    if "line_number" not in lines.columns and len(fits) == 1:
        lines.take("line_number", fits[0], "it counts the lines of each order")


def _states(found: FileTable, lines: Assignment, free: list[str]) -> None:
    fits = [name for name in _left(free, lines) if share_known(found.profiles[name], "order_statuses") >= 0.95]
    fits = [name for name in fits if found.profiles[name].share("number") < 0.1]
    if "order_status" not in lines.columns and len(fits) == 1:
        lines.take("order_status", fits[0], "its words are states of orders")


def _customers(found: FileTable, lines: Assignment, free: list[str]) -> None:
    """A key that each order has one of, and that comes again: nothing proves whose it is."""
    order = lines.columns.get("order_id")
    if not order or {"customer_id", "customer_email"} & set(lines.columns):
        return
    asked = {name for doubt in lines.doubts for name in doubt.candidates}
    fits = [
        name
        for name in _left(free, lines)
        if name not in asked
        and _is_key(found.profiles[name])
        and len(found.profiles[name].distinct) > 10
        and (determines(found.sample, order, name) or 0) >= 0.98
    ]
    if fits:
        lines.doubts.append(which_of(found, "order_lines", "customer_id", fits))


def _products(found: FileTable, lines: Assignment, free: list[str]) -> None:
    """A key that stands for a name, one for one; a name alone."""
    name = lines.columns.get("product_name")
    if "product_id" in lines.columns:
        return
    keys = [each for each in _left(free, lines) if _is_key(found.profiles[each])]
    if name:
        fits = [each for each in keys if are_one_to_one(found.sample, each, name)]
        if len(fits) == 1:
            lines.take("product_id", fits[0], f"it stands for `{name}`, one for one")
        return
    texts = [each for each in _left(free, lines) if found.profiles[each].share("spaced") >= 0.3]
    pairs = [
        (key, text)
        for key in keys
        for text in texts
        if key != text and found.profiles[key].share("spaced") < 0.1 and are_one_to_one(found.sample, key, text)
    ]
    if not pairs:
        pairs = _codes_and_words(found, lines, keys, _left(free, lines))
    customer = lines.columns.get("customer_email") or lines.columns.get("customer_id")
    pairs = [pair for pair in pairs if not customer or not are_one_to_one(found.sample, pair[0], customer)]
    if len(pairs) == 1:
        lines.take("product_id", pairs[0][0], f"it stands for `{pairs[0][1]}`, one for one")
        lines.take("product_name", pairs[0][1], f"`{pairs[0][0]}` stands for it")


def _codes_and_words(found: FileTable, lines: Assignment, keys: list[str], names: list[str]) -> list[tuple[str, str]]:
    """Codes that stand for single words, of which an order has several: so it is not the customer."""
    order = lines.columns.get("order_id")
    words = [name for name in names if all(text.replace("-", "").isalpha() for text in found.profiles[name].distinct)]
    codes = [key for key in keys if all(any(map(str.isdigit, text)) for text in found.profiles[key].distinct)]
    return [
        (code, word)
        for code in codes
        for word in words
        if order and (determines(found.sample, order, code) or 0) < 0.9 and are_one_to_one(found.sample, code, word)
    ]


def _quantity_and_price(found: FileTable, lines: Assignment, free: list[str]) -> None:
    """What only one unnamed column of numbers can be is asked: nothing proves it."""
    numbers = [
        name
        for name in _left(free, lines)
        if found.profiles[name].share("number") >= 0.95 and not is_date(found.profiles[name])
    ]
    counts = [name for name in numbers if _is_count(found.profiles[name]) and not found.profiles[name].is_unique]
    amounts = [name for name in numbers if found.profiles[name].share("integer") < 0.9]
    has_price = {"unit_price", "line_total"} & set(lines.columns)
    if "quantity" not in lines.columns and counts:
        lines.doubts.append(which_of(found, "order_lines", "quantity", counts))
    if not has_price and amounts:
        lines.doubts.append(which_of(found, "order_lines", "unit_price", amounts))
