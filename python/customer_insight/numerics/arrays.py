"""Between Arrow tables and NumPy arrays: columns in with plain errors, columns out with nulls for NaN and infinity."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute

pc: Any = pyarrow.compute  # its stubs know less than it does

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

if TYPE_CHECKING:
    ArrowArray = pa.Array[Any]
    ArrowColumn = pa.ChunkedArray[Any]
else:
    ArrowArray, ArrowColumn = pa.Array, pa.ChunkedArray


def column(table: pa.Table, name: str) -> ArrowColumn:
    """The named column. Raises ValueError that lists the columns there are."""
    if name not in table.column_names:
        raise ValueError(f"Column {name!r} is missing; the input has {', '.join(table.column_names) or 'no columns'}.")
    return table.column(name)


def codes(table: pa.Table, name: str) -> Ints:
    """An integer column as int64, shape (rows,). Raises ValueError on nulls or on values that are not whole."""
    values = column(table, name)
    if values.null_count:
        raise ValueError(f"Column {name!r} has {values.null_count} nulls; codes may not be null.")
    return _as_int64(name, values)


def codes_and_validity(table: pa.Table, name: str) -> tuple[Ints, Bools]:
    """An integer column with nulls: its values (0 where null) and which rows have one, both of shape (rows,)."""
    values = column(table, name)
    if pa.types.is_null(values.type):
        return np.zeros(len(values), dtype=np.int64), np.zeros(len(values), dtype=np.bool_)
    is_valid = np.asarray(pc.is_valid(values), dtype=np.bool_)
    return _as_int64(name, values), is_valid


def _as_int64(name: str, values: ArrowColumn) -> Ints:
    try:
        return np.asarray(pc.fill_null(values.cast(pa.int64()), 0).to_numpy(), dtype=np.int64)
    except pa.ArrowException as error:
        raise ValueError(f"Column {name!r} must hold whole numbers: {error}") from None


def doubles(table: pa.Table, name: str) -> Floats:
    """A numeric or boolean column as float64, shape (rows,); null and infinity become NaN."""
    values = column(table, name)
    if pa.types.is_boolean(values.type):
        values = values.cast(pa.int8())
    try:
        numbers = np.array(values.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False), dtype=np.float64)
    except pa.ArrowException as error:
        raise ValueError(f"Column {name!r} must hold numbers: {error}") from None
    numbers[~np.isfinite(numbers)] = np.nan
    return numbers


def texts(table: pa.Table, name: str) -> ArrowArray:
    """A text column as one Arrow string array; null becomes ''."""
    values = column(table, name)
    if pa.types.is_null(values.type):
        return pa.array([""] * len(values), pa.large_string())
    return one_chunk(pc.fill_null(values.cast(pa.large_string()), ""))


def one_chunk(values: ArrowColumn) -> ArrowArray:
    """A column as one array; copies only where there are several chunks."""
    if values.num_chunks == 1:
        return cast("ArrowArray", values.chunk(0))
    chunks: Any = values.chunks or [pa.array([], values.type)]
    whole: Any = pa.concat_arrays(chunks)
    return cast("ArrowArray", whole)


def arrow(values: npt.NDArray[Any], is_null: Bools | None = None) -> ArrowArray:
    """A NumPy array as an Arrow array of the same type and shape (rows,), null where is_null."""
    return cast("ArrowArray", pa.array(np.ascontiguousarray(values), mask=is_null))


def nullable(values: npt.NDArray[Any]) -> ArrowArray:
    """A float64 Arrow array in which NaN and infinity are null. Shape (rows,)."""
    numbers = np.asarray(values, dtype=np.float64)
    return cast("ArrowArray", pa.array(numbers, pa.float64(), mask=~np.isfinite(numbers)))


def int_lists(rows: npt.NDArray[np.integer[Any]]) -> ArrowArray:
    """Rows of a matrix of shape (n, k) as an Arrow array of n lists of int32."""
    count, width = rows.shape
    return lists(np.full(count, width), rows.ravel())


def lists(lengths: Ints, values: npt.NDArray[np.integer[Any]]) -> ArrowArray:
    """Values cut into lists of int32 of the given lengths; shapes (n,) and (sum of lengths,)."""
    offsets: Any = pa.array(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32))
    return cast("ArrowArray", pa.ListArray.from_arrays(offsets, arrow(values.astype(np.int32))))


def dense(values: Ints) -> tuple[Ints, Ints]:
    """The distinct values in ascending order, and each value's position among them; shapes (u,), (rows,)."""
    lowest, highest = (int(values.min()), int(values.max())) if values.size else (0, -1)
    if highest - lowest >= 4 * values.size:  # far apart
        distinct, positions = np.unique(values, return_inverse=True)
        return distinct, positions.astype(np.int64).reshape(-1)
    shifted = values - lowest
    is_there = np.zeros(highest - lowest + 1, dtype=np.bool_)
    is_there[shifted] = True
    if is_there.all():
        return np.arange(lowest, highest + 1), shifted
    position = np.cumsum(is_there, dtype=np.int64) - 1
    return np.flatnonzero(is_there) + lowest, position[shifted]


def distinct(values: Ints) -> Ints:
    """The distinct values in ascending order. NumPy's unique hashes before it sorts: up to fifty times as long."""
    ascending = np.sort(values)
    is_new = np.ones(ascending.size, dtype=np.bool_)
    is_new[1:] = ascending[1:] != ascending[:-1]
    return ascending[is_new]


def find(ascending: Ints, keys: Ints) -> tuple[Bools, Ints]:
    """Which keys are among the ascending ones, and where (anywhere if not); shapes (keys,)."""
    if ascending.size == 0:
        return np.zeros(keys.size, dtype=np.bool_), np.zeros(keys.size, dtype=np.int64)
    place = np.minimum(np.searchsorted(ascending, keys), ascending.size - 1).astype(np.int64)
    return ascending[place] == keys, place


def found_values(values: Floats, is_there: Bools, place: Ints, missing: float) -> Floats:
    """What `find` has found: values[place], or `missing`; shape (keys,)."""
    result = np.full(place.size, missing)
    result[is_there] = values[place[is_there]]
    return result


def sums(groups: Ints, values: Floats, count: int) -> Floats:
    """The values of each group added up; groups numbered 0 to count - 1; shape (count,)."""
    return np.asarray(np.bincount(groups, weights=values, minlength=count), dtype=np.float64)


def row_starts(sorted_rows: Ints, row_count: int) -> Ints:
    """CSR row pointers, shape (row_count + 1,), of sorted row numbers."""
    return np.concatenate([[0], np.cumsum(np.bincount(sorted_rows, minlength=row_count))]).astype(np.int64)


def fingerprint(parts: Mapping[str, npt.NDArray[Any] | ArrowArray]) -> str:
    """SHA-256, as hex, over named arrays in canonical order: names, types, lengths and bytes. Texts without nulls."""
    digest = hashlib.sha256()
    for name in sorted(parts):
        values = parts[name]
        digest.update(f"{name}\x1f{len(values)}\x1f".encode())
        for part in _payload(values):
            digest.update(part)
    return digest.hexdigest()


def _payload(values: npt.NDArray[Any] | ArrowArray) -> list[Any]:
    if isinstance(values, np.ndarray):
        return [str(values.dtype).encode(), np.ascontiguousarray(values).reshape(-1).view(np.uint8)]
    anything: Any = values
    lengths = np.asarray(pc.binary_length(anything), dtype=np.int64)
    text = anything.cast(pa.large_string()).take(arrow(np.arange(len(values))))
    return [lengths.tobytes(), memoryview(text.buffers()[2] or b"")[: int(lengths.sum())]]
