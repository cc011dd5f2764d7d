"""Settings as they arrive from dbt (numbers, or text such as '0.01', 'True', 'None'), read strictly and exactly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction

Setting = str | int | float | bool | None


def _missing(value: Setting) -> bool:
    return value is None or (isinstance(value, str) and value.strip().lower() in {"", "none", "null"})


def exact_number(name: str, value: Setting) -> Fraction:
    """The decimal number that was written, without binary rounding: 0.07 is 7/100.

    Raises ValueError, with a sentence that names the setting, when the value is no finite number.
    """
    try:
        if isinstance(value, bool) or value is None:
            raise InvalidOperation
        number = Decimal(str(value).strip())
        if not number.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise ValueError(f"{name} must be a number, not {value!r}.") from None
    return Fraction(number)


def share(name: str, value: Setting) -> Fraction:
    """A share from 0 to 1, exactly. Raises ValueError outside that range."""
    number = exact_number(name, value)
    if not 0 <= number <= 1:
        raise ValueError(f"{name} must be a share between 0 and 1, not {value!r}.")
    return number


def optional_share(name: str, value: Setting) -> Fraction | None:
    """A share from 0 to 1, or None where the setting is empty, 'None' or 'null'."""
    return None if _missing(value) else share(name, value)


def number(name: str, value: Setting, *, minimum: float = 0.0) -> float:
    """A finite number of at least `minimum`. Raises ValueError otherwise."""
    exact = exact_number(name, value)
    if exact < Fraction(minimum):
        raise ValueError(f"{name} must be at least {minimum:g}, not {value!r}.")
    return float(exact)


def whole_number(name: str, value: Setting, *, minimum: int = 0) -> int:
    """A whole number of at least `minimum`; 4, '4' and 4.0 are the same. Raises ValueError otherwise."""
    exact = exact_number(name, value)
    if exact.denominator != 1:
        raise ValueError(f"{name} must be a whole number, not {value!r}.")
    if exact < minimum:
        raise ValueError(f"{name} must be at least {minimum}, not {value!r}.")
    return int(exact)


def optional_whole_number(name: str, value: Setting, *, minimum: int = 0) -> int | None:
    """A whole number, or None where the setting is empty, 'None' or 'null'."""
    return None if _missing(value) else whole_number(name, value, minimum=minimum)


def truth(name: str, value: Setting) -> bool:
    """True or False, also as text in any case, or 1 and 0. Raises ValueError otherwise."""
    text = str(value).strip().lower()
    if text in {"true", "1", "1.0"}:
        return True
    if text in {"false", "0", "0.0"}:
        return False
    raise ValueError(f"{name} must be true or false, not {value!r}.")


def choice(name: str, value: Setting, allowed: Sequence[str]) -> str:
    """One of the allowed words, in lower case. Raises ValueError that lists them."""
    text = str(value).strip().lower()
    if text not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return text
