"""Who has been erased, for good: keyed hashes of their ids in a file beside the warehouse, which every build reads.

An export of last year still has the person whom this year's has forgotten, and a warehouse can be deleted and built
from it again. The file holds no id: only who has the key beside it can tell whether an id is in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_KEY = re.compile(r"[0-9a-f]{64}")
_OWNER_ONLY = 0o600


class ErasureFileError(ValueError):
    """The file cannot be used; the text is the sentence that the user reads."""


def erasure_file(warehouse: Path) -> Path:
    """`<warehouse>.erasures` without the warehouse's own ending, in its folder."""
    return warehouse.with_suffix(".erasures")


def erasure_key(id_key: str, own_id: str) -> str:
    """The key of a customer, as the macro of the same name has it."""
    salt = f"{id_key}:erased:"
    inner = hashlib.sha256(f"{salt}{own_id}".encode()).hexdigest()
    return hashlib.sha256(f"{salt}{inner}".encode()).hexdigest()


def read_erasures(warehouse: Path, id_key: str) -> dict[str, str]:
    """By erasure key, 64 hex digits, the day on which it was first known; empty where there is no file.

    Raises ErasureFileError where it is no such file, or was written with another key, by which nobody would be found.
    """
    file = erasure_file(warehouse)
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ErasureFileError(
            f"{file}, which says who has been erased, cannot be read: {error}; put a copy of it back"
        ) from None
    erased = told.get("erased") if isinstance(told, dict) else None
    if not isinstance(erased, dict) or not all(_KEY.fullmatch(key) for key in erased):
        raise ErasureFileError(f"{file} must hold who has been erased, as a build writes it; put a copy of it back")
    if told.get("key_check") != _check(id_key):
        raise ErasureFileError(
            f"{file} was written with another key of ids, so nobody whom it has erased would be known; put back the"
            " file that ends in .id_key, or the CUSTOMER_INSIGHT_ID_KEY, with which this warehouse was built;"
            f" where neither is left, delete {file.name} and erase everybody again (customer-insight erase)"
        )
    return {str(key): str(day) for key, day in erased.items()}


def add_erasures(warehouse: Path, id_key: str, keys: Iterable[str], day: str) -> int:
    """Adds those that are not in the file yet, in one step; how many these were. Raises ErasureFileError."""
    file = erasure_file(warehouse)
    with _alone(file.parent):
        known = read_erasures(warehouse, id_key)
        new = {key: day for key in keys if key not in known}
        if new:
            _write(file, {"key_check": _check(id_key), "erased": dict(sorted((known | new).items()))})
    return len(new)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One program at a time: of two that add somebody at once the later would lose whom the first one added."""
    place = None
    try:
        if fcntl is not None:
            place = os.open(folder, os.O_RDONLY)
            fcntl.flock(place, fcntl.LOCK_EX)  # held until the folder is closed
    except OSError:
        pass  # a file system that knows no locks
    try:
        yield
    finally:
        if place is not None:
            os.close(place)


def _check(id_key: str) -> str:
    """Tells two keys apart, and says nothing of either."""
    return hashlib.sha256(f"erasures:{id_key}".encode()).hexdigest()[:16]


def _write(file: Path, told: Mapping[str, object]) -> None:
    made = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "w") as text:
            json.dump(told, text, indent=0)
            text.flush()
            os.fsync(text.fileno())
        made.replace(file)
    except OSError as error:
        made.unlink(missing_ok=True)
        raise ErasureFileError(f"{file}, which says who has been erased, cannot be written: {error.strerror}") from None
