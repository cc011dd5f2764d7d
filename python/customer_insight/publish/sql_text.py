"""Names and texts as parts of SQL, for DuckDB and PostgreSQL alike."""

from __future__ import annotations

# PostgreSQL keeps no NUL in texts; U+FFFD is the character that stands for what cannot be shown.
REPLACEMENT = "\ufffd"


def identifier(*parts: str) -> str:
    """Quotes a name, its parts joined by points: ('shop', 'a"b') gives "shop"."a""b".

    Raises ValueError for a name that no database has: an empty one, or one with NUL.
    """
    for part in parts:
        if not part or "\0" in part:
            raise ValueError(f"not a name: {part!r}")
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def literal(text: str | None) -> str:
    """Quotes a text: it's gives 'it''s', None gives null. Backslashes are plain characters, as in standard SQL."""
    if text is None:
        return "null"
    return "'" + text.replace("\0", REPLACEMENT).replace("'", "''") + "'"
