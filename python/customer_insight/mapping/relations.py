"""What columns have to do with one another: one decides another, one counts, one is the product of two."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from customer_insight.mapping.profiles import number_of
from customer_insight.mapping.samples import Row, Sample

# So few cases prove nothing.
FEWEST = 5
CENT = 0.011


def determines(sample: Sample, key: str, other: str) -> float | None:
    """Of the values of `key` that stand on several rows, which share has one value of `other`; None where few do."""
    if other not in sample.columns:
        return None
    at, to = sample.columns.index(key), sample.columns.index(other)
    found: dict[str, set[str]] = defaultdict(set)
    rows: Counter[str] = Counter()
    for row in [*sample.first, *sample.others]:
        left, right = row[at], row[to]
        if left is not None and right is not None:
            found[left].add(right)
            rows[left] += 1
    several = [value for value, count in rows.items() if count > 1]
    if len(several) < FEWEST:
        return None
    return sum(len(found[value]) == 1 for value in several) / len(several)


def are_one_to_one(sample: Sample, left: str, right: str) -> bool:
    """Whether two columns name the same things, as far as rows show it."""
    there, back = determines(sample, left, right), determines(sample, right, left)
    return there is not None and back is not None and there >= 0.98 and back >= 0.98


def are_equal(sample: Sample, left: str, right: str) -> bool:
    """Whether two columns say the same in every row where both say something."""
    pairs = [(a, b) for a, b in zip(sample.values(left), sample.values(right), strict=True) if a and b]
    return len(pairs) >= FEWEST and all(a == b for a, b in pairs)


def numbers_of(sample: Sample, column: str, mark: str) -> list[float | None]:
    """The texts of a column as numbers."""
    return [None if text is None else number_of(text, mark) for text in sample.values(column)]


def share_of_products(
    left: Sequence[float | None],
    right: Sequence[float | None],
    product: Sequence[float | None],
    less: Sequence[float | None] | None = None,
) -> float | None:
    """In which share of the rows left x right - less is the product; None where few rows show it.

    Rows in which a factor is 1 show nothing.
    """
    told = []
    for at, (a, b, total) in enumerate(zip(left, right, product, strict=True)):
        off = (less[at] or 0.0) if less else 0.0
        if a is None or b is None or total is None or a in (0, 1) or b == 0:
            continue
        told.append(abs(abs(a * b) - off - abs(total)) <= CENT + 0.0006 * abs(a))
    return sum(told) / len(told) if len(told) >= FEWEST else None


def amount_is_of(
    products: Sequence[str | None], quantities: Sequence[float | None], amounts: Sequence[float | None]
) -> str:
    """`line` or `piece`: of which of them a product costs the same in any quantity; '' where nothing shows it."""
    seen: dict[str, dict[float, list[float]]] = defaultdict(lambda: defaultdict(list))
    for product, quantity, amount in zip(products, quantities, amounts, strict=True):
        if product and quantity and amount and quantity > 0 and amount > 0:
            seen[product][quantity].append(amount)
    piece = line = 0
    for each in seen.values():
        if len(each) < 2:
            continue
        plain = {round(amount, 2) for amounts in each.values() for amount in amounts}
        divided = {round(amount / quantity, 2) for quantity, amounts in each.items() for amount in amounts}
        piece += len(plain) < len(divided)
        line += len(divided) < len(plain)
    if piece + line < FEWEST:
        return ""
    return "piece" if piece >= 4 * line else "line" if line >= 4 * piece else ""


def _of_orders(sample: Sample, order: str, column: str) -> list[list[str]]:
    """The texts of a column by order, of orders that have several lines with one."""
    orders, texts = sample.columns.index(order), sample.columns.index(column)
    found: dict[str, list[str]] = defaultdict(list)
    for row in sample.first:
        if row[orders] and row[texts]:
            found[str(row[orders])].append(str(row[texts]))
    return [lines for lines in found.values() if len(lines) > 1]


def is_of_order(sample: Sample, order: str, amount: str) -> bool:
    """Whether an amount stands on each line of an order alike: it is worth the order, not the line."""
    several = _of_orders(sample, order, amount)
    return len(several) >= FEWEST and sum(len(set(values)) == 1 for values in several) >= 0.95 * len(several)


def counts_within(sample: Sample, order: str, column: str) -> bool:
    """Whether a column numbers the lines of each order: 1, 2, 3."""
    several = _of_orders(sample, order, column)
    if len(several) < FEWEST:
        return False
    good = sum(
        sorted(found) == sorted(str(at) for at in range(start, start + len(found)))
        for found in several
        for start in [min(int(n) if n.isdigit() else -9 for n in found)]
        if start in (0, 1)
    )
    return good >= 0.9 * len(several)


def stands_together(rows: list[Row], at: int) -> bool:
    """Whether equal values of a column stand in rows that follow one another, as the lines of an order do."""
    values = [row[at] for row in rows if row[at] is not None]
    starts = sum(values[i] != values[i - 1] for i in range(1, len(values))) + 1
    return len(set(values)) < len(values) and starts <= 1.02 * len(set(values)) + 1


def overlap(left: list[str], right: list[str]) -> float:
    """Which share of the different values of the shorter column stand in the other one."""
    first, second = ({value.lower() for value in values} for values in (left, right))
    return len(first & second) / max(min(len(first), len(second)), 1)
