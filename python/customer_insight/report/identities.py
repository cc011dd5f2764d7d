"""Who is behind an id that stands for an address: the page never says, but where it can be looked up."""

from __future__ import annotations

import re

# As publishing writes an id that is an e-mail address or a telephone number.
PATTERN = "id-[0-9a-f]{32}"
WHO = (
    "An id that begins with “id-” stands for an e-mail address or a telephone number. Whose it is says the table"
    " staging.stg_published_ids of the warehouse, which is never published."
)


def who_is_behind(ids: list[str]) -> list[str]:
    """The sentence, where one of the ids that are shown needs it."""
    return [WHO] if any(re.fullmatch(PATTERN, each) for each in ids) else []
