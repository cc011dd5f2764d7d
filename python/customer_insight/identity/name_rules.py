"""What two customers with like names must have in common, and what they may not have apart, to be one person."""

from __future__ import annotations

from customer_insight.identity.name_model import Person


def may_be_one(one: Person, other: Person, agreements: dict[str, str]) -> bool:
    """Whether nothing speaks against it, and something besides the names for it.

    The same names need a place, a birthday, an address or a number besides. So does a last name with a slip, beside
    the same first name. A first name with a slip, or names that are swapped, need more than a place: brothers and
    sisters live together and are often called alike.
    """
    if agreements["birth_date"] == "different":
        return False
    if agreements["email"] == agreements["phone"] == "different":
        return False
    is_sure = "same" in (agreements["birth_date"], agreements["email"], agreements["phone"])
    first, last, place = (agreements[name] for name in ("first_name", "last_name", "place"))
    if first == "swapped":
        return is_sure
    if (first, last) == ("same", "same"):
        return is_sure or place in ("same code", "same city")
    if (first, last) == ("same", "alike"):
        return (is_sure or place == "same code") and _is_slip(one, other, "last_name")
    if (first, last) == ("alike", "same"):
        return is_sure and _is_slip(one, other, "first_name") and not _differs_at_its_end(one, other)
    return False


def _is_slip(one: Person, other: Person, name: str) -> bool:
    """Whether one of two spellings has a single bearer: two that several people have are two names."""
    return bool(min(one[f"{name}_bearers"], other[f"{name}_bearers"]) == 1)


def _differs_at_its_end(one: Person, other: Person) -> bool:
    """Jan and Jana, Mario and Maria: two names, and not one with a slip."""
    shorter, longer = sorted((one["first_name"], other["first_name"]), key=len)
    return bool(longer.startswith(shorter[:-1]))
