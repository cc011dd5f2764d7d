"""What two customers with like names must have in common, and what they may not have apart, to be one person."""

from __future__ import annotations

from customer_insight.identity.name_model import Person


def may_be_one(one: Person, other: Person) -> bool:
    """Whether nothing speaks against it, and something besides the names for it.

    The same names need a place, a birthday, an address or a number besides. So does a last name with a slip, beside
    the same first name. A first name with a slip, or names that are swapped, need more than a place: brothers and
    sisters live together and are often called alike.
    """
    if _differ(one, other, "birth_date") or (_differ(one, other, "email") and _differ(one, other, "phone")):
        return False
    has_first, has_last = (_same(one, other, name) for name in ("first_name", "last_name"))
    is_sure = any(_same(one, other, name) for name in ("birth_date", "email", "phone"))
    if not (has_first or has_last):
        is_swapped = one["first_name"] == other["last_name"] and one["last_name"] == other["first_name"]
        return is_sure and is_swapped
    if not has_first:
        return is_sure and _is_slip(one, other, "first_name") and not _differs_at_its_end(one, other)
    if not has_last:
        return (is_sure or _same(one, other, "postal_code")) and _is_slip(one, other, "last_name")
    return is_sure or _same(one, other, "postal_code") or _same(one, other, "city")


def _same(one: Person, other: Person, name: str) -> bool:
    return one[name] is not None and one[name] == other[name]


def _differ(one: Person, other: Person, name: str) -> bool:
    return None not in (one[name], other[name]) and one[name] != other[name]


def _is_slip(one: Person, other: Person, name: str) -> bool:
    """Whether one of two spellings has a single bearer: two that several people have are two names."""
    return min(one[f"{name}_bearers"], other[f"{name}_bearers"]) == 1


def _differs_at_its_end(one: Person, other: Person) -> bool:
    """Jan and Jana, Mario and Maria: two names, and not one with a slip."""
    shorter, longer = sorted((one["first_name"], other["first_name"]), key=len)
    return bool(longer.startswith(shorter[:-1]))
