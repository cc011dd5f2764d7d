"""The secret behind published ids: made once beside the warehouse, or given by the environment.

No dbt var: dbt writes vars into its log, its arguments and its artifacts.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

KEY_VARIABLE = "CUSTOMER_INSIGHT_ID_KEY"
_KEY = re.compile(r"[0-9a-f]{64}")
_OWNER_ONLY = 0o600


class IdKeyError(ValueError):
    """There is no key that could be used; the text is the sentence that the user reads, and never holds the key."""


def key_file(warehouse: Path) -> Path:
    """`<warehouse>.id_key` without the warehouse's own ending, in its folder."""
    return warehouse.with_suffix(".id_key")


def id_key(warehouse: Path | None) -> str:
    """The key, 64 hex digits: of $CUSTOMER_INSIGHT_ID_KEY, else of the file, which is made where it is missing.

    A warehouse in memory (None) has one for as long as the process lasts. Raises IdKeyError.
    """
    given = os.environ.get(KEY_VARIABLE, "").strip()
    if given:
        return _checked(given, KEY_VARIABLE)
    if warehouse is None:
        return _KEY_IN_MEMORY
    file = key_file(warehouse)
    try:
        if not file.exists():
            _make(file)
        return _checked(file.read_text(encoding="ascii", errors="replace").strip(), str(file))
    except OSError as error:
        raise IdKeyError(
            f"{file}, the key of published ids, cannot be read or made: {error.strerror};"
            f" {KEY_VARIABLE} can hold one instead (64 hex digits)"
        ) from None


_KEY_IN_MEMORY = secrets.token_hex(32)


def _make(file: Path) -> None:
    """Puts a whole file in its place, in one step; a file that another process put there meanwhile stays."""
    made = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "w") as text:
        text.write(secrets.token_hex(32) + "\n")
    try:
        os.link(made, file)
    except FileExistsError:
        pass
    finally:
        made.unlink()


def _checked(key: str, place: str) -> str:
    if not _KEY.fullmatch(key):
        raise IdKeyError(f"{place} must hold 64 hex digits in lower case, such as `openssl rand -hex 32` writes")
    return key
