"""Ids that are e-mail addresses or telephone numbers leave the warehouse as keyed hashes only.

The warehouse knows which ids of customers and visitors are such (`staging.stg_published_ids`). Whatever else is written
like an e-mail address, in any text, is replaced by the same hash; so is an international telephone number in any id or
address of a page.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from customer_insight.publish.id_key import IdKeyError, id_key
from customer_insight.publish.publish_errors import PublishError
from customer_insight.publish.sql_text import identifier, literal

MAPPING = ("staging", "stg_published_ids")

# An e-mail address within a text, or within the address of a page, where its @ is written %40; some have one of
# full width.
_AT = r"(@|%40|\x{FF20})"
_HOST = r"([\p{L}\p{M}\p{N}-]+\.)+(xn--[a-zA-Z0-9-]+|[\p{L}\p{M}]{2,})"
_ADDRESS = r"""[^\s@\x{FF20}"'<>()\[\]{},;:/\\|=&?#]+""" + _AT + _HOST
# A telephone number with a plus; in other texts it may be the shop's own, or a formula.
_TELEPHONE = r"\+[0-9][0-9 ().-]{6,18}[0-9]"
# One of these is in each of both.
_SIGNS = ("@", "%40", "+")
# What follows the visitor in the id of a session: the microsecond at which it starts.
_SESSION_END = "-[0-9]+$"

# As the macro person_id writes an address, so that the same one has the same hash.
_ONE_AT_SIGN = "replace(translate(address, chr(65312) || chr(8203) || chr(8288) || chr(65279), '@'), '%40', '@')"
_WRITTEN = f"lower(nfc_normalize({_ONE_AT_SIGN}))"
_HASH = f"'id-' || substr(sha256({{key}} || ':' || sha256({{key}} || ':' || {_WRITTEN})), 1, 32)"
_REPLACED = """
    case
        when
            contains(text, '@') or contains(text, '%40') or contains(text, chr(65312)) or contains(text, {sign})
        then array_to_string(
            list_transform(
                list_zip(regexp_split_to_array(text, {pattern}), regexp_extract_all(text, {pattern})),
                lambda part: coalesce(part[1], '') || coalesce(published_id(part[2]), '')
            ),
            ''
        )
        else text
    end
"""


def prepare(connection: duckdb.DuckDBPyConnection, catalog: str, warehouse: Path) -> bool:
    """Functions published_text and published_place, and the table published_ids; whether the table has rows.

    The key is a variable of the connection: errors of the engine repeat SQL. Raises PublishError without one.
    """
    try:
        connection.execute(f"set variable id_key = {literal(id_key(warehouse))}")
    except IdKeyError as error:
        raise PublishError(f"{error}.") from None
    key = "getvariable('id_key')"
    connection.execute(f"create temp macro published_id(address) as {_HASH.format(key=key)}")
    for name, pattern, sign in (("text", _ADDRESS, "@"), ("place", f"{_ADDRESS}|{_TELEPHONE}", "+")):
        made = _REPLACED.format(pattern=literal(pattern), sign=literal(sign))
        connection.execute(f"create temp macro published_{name}(text) as {made}")
    try:
        known = f"from {identifier(catalog, *MAPPING)} select own_id, published_id"
        connection.execute(f"create temp table published_ids as {known}")
    except duckdb.CatalogException:  # of a version that did not know them
        connection.execute("create temp table published_ids (own_id varchar, published_id varchar)")
    return connection.execute("select count(*) from published_ids").fetchall() != [(0,)]


def has_sign(place: str) -> str:
    """SQL that says of a text whether the functions may find anything in it.

    Where no text of a column has a sign, they give each as it is, but take 15 ms to get their patterns ready.
    """
    return "(" + " or ".join(f"contains({place}, {literal(sign)})" for sign in _SIGNS) + ")"


def is_id(name: str, kind: str) -> bool:
    """Whether a column can hold the id of a customer or visitor, or the id of a session, which begins with one."""
    return kind == "VARCHAR" and (name == "id" or name.endswith("_id"))


def replaced(expression: str, number: int) -> str:
    """An id as readers see it: looked up whole, or as the beginning of a session's, by the joins of this number."""
    end = f"regexp_extract({expression}, {literal(_SESSION_END)})"
    begins = f"begins_{number}.published_id || {end}"
    return f"coalesce(whole_{number}.published_id, {begins}, published_place({expression}))"


def joins(expression: str, number: int) -> str:
    """The joins behind `replaced`."""
    start = f"regexp_replace({expression}, {literal(_SESSION_END)}, '')"
    return (
        f" left join published_ids as whole_{number} on whole_{number}.own_id = {expression}"
        f" left join published_ids as begins_{number} on begins_{number}.own_id = {start}"
    )
