"""Arrow text columns from NumPy arrays: every table of the made shop is text, as a shop's exports are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from customer_insight.numerics.arrays import Bools, Floats, Ints

TextColumn: TypeAlias = Any  # pyarrow.Array of strings
TextTable: TypeAlias = Any  # pyarrow.Table whose columns are all strings

_HEX = pa.array([f"{number:04x}" for number in range(1 << 16)])
_TWO_DIGITS = pa.array([f"{number:02d}" for number in range(100)])


def random_stream(seed: int, block: int, purpose: int) -> np.random.Generator:
    """Random numbers of one purpose in one block: the same whatever else is made, before or beside it."""
    return np.random.default_rng(np.random.SeedSequence((seed, block, purpose)))


def join(*parts: TextColumn | str) -> TextColumn:
    """Texts set end to end, element by element; a null part makes the element null."""
    return pc.binary_join_element_wise(*cast("Any", parts), "")


def rows(index: npt.NDArray[Any]) -> Any:
    """Row positions as Arrow's `take` wants them."""
    return pa.array(index)


def pick(values: Sequence[str | None], index: Ints) -> TextColumn:
    """`values[index]` as text."""
    return pa.array(list(values), pa.string()).take(rows(index))


def only(keep: Bools, values: TextColumn) -> TextColumn:
    """`values` where `keep`, else null."""
    return pc.if_else(pa.array(keep), values, pa.scalar(None, pa.string()))


def ids(prefix: str, numbers: Ints, width: int = 6) -> TextColumn:
    """`ids('C', [7]) -> ['C000007']`; larger numbers are wider."""
    return join(prefix, pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, "0"))


def scrambled(prefix: str, numbers: Ints) -> TextColumn:
    """Eight hexadecimal digits that hide the order of `numbers` (below 2**32), one for one."""
    mixed = ((numbers.astype(np.uint64) + np.uint64(1)) * np.uint64(2654435761)) & np.uint64(0xFFFFFFFF)
    high, low = (mixed >> np.uint64(16)).astype(np.int64), (mixed & np.uint64(0xFFFF)).astype(np.int64)
    return join(prefix, _HEX.take(rows(high)), _HEX.take(rows(low)))


def whole(numbers: Ints) -> TextColumn:
    """Whole numbers as text."""
    return pa.array(numbers).cast(pa.string())


def money(pence: Ints) -> TextColumn:
    """`money([1250]) -> ['12.50']`; not negative."""
    return join(whole(pence // 100), ".", _TWO_DIGITS.take(rows(pence % 100)))


def times(seconds: Ints, known: Bools | None = None) -> TextColumn:
    """Seconds since 1970 as `2024-03-01 12:00:00`, UTC; null where not `known`."""
    text = pa.array(seconds.astype(np.int64)).cast(pa.timestamp("s")).cast(pa.string())
    return text if known is None else only(known, text)


def nothing(size: int) -> TextColumn:
    """`size` nulls."""
    return pa.nulls(size, pa.string())


def choose(rng: np.random.Generator, weights: Sequence[float] | Floats, size: int) -> Ints:
    """`size` indices drawn with probabilities proportional to `weights`, int64."""
    bounds = np.cumsum(np.asarray(weights, dtype=np.float64))
    return (
        np.searchsorted(bounds / bounds[-1], rng.random(size), side="right").astype(np.int64).clip(0, len(bounds) - 1)
    )


def within(sizes: Ints) -> Ints:
    """Position in its run for each element of runs of the given sizes: `[2, 3] -> [0, 1, 0, 1, 2]`."""
    starts = np.cumsum(sizes) - sizes
    return np.arange(int(sizes.sum()), dtype=np.int64) - np.repeat(starts, sizes)
