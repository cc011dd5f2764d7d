"""Names, countries and fictitious telephone ranges of the made customers."""

from __future__ import annotations

from typing import NamedTuple


class Country(NamedTuple):
    """A country the shop delivers to; `phone` is the start of a range kept free for fiction."""

    code: str
    share: float
    phone: str
    cities: tuple[str, ...]


CITIES_EACH = 8
COUNTRIES: list[Country] = [
    Country(
        "GB",
        0.72,
        "+44 7700 900",
        ("London", "London", "Manchester", "Bristol", "Leeds", "Edinburgh", "Cardiff", "Norwich"),
    ),
    Country(
        "IE",
        0.10,
        "+353 20 910 01",
        ("Dublin", "Dublin", "Cork", "Galway", "Limerick", "Waterford", "Sligo", "Kilkenny"),
    ),
    Country(
        "FR", 0.07, "+33 6 39 98 1", ("Paris", "Paris", "Lyon", "Nantes", "Lille", "Rennes", "Toulouse", "Orléans")
    ),
    Country(
        "DE",
        0.07,
        "+49 171 392 0",
        ("Berlin", "Hamburg", "München", "Köln", "Leipzig", "Bremen", "Münster", "Freiburg"),
    ),
    Country(
        "US",
        0.04,
        "+1 202 555 0",
        ("New York", "Boston", "Chicago", "Portland", "Austin", "Seattle", "Denver", "Madison"),
    ),
]

FIRST_NAMES: tuple[list[str], list[str]] = (
    ["amelia", "olivia", "isla", "grace", "freya", "aoife", "niamh", "priya", "fatima", "chloe", "hannah", "emma",
     "zoe", "maya", "ruth", "sofia", "lucy", "marie", "clara", "leonie", "nora", "alice", "jane", "yasmin"],
    ["oliver", "george", "arthur", "noah", "rhys", "callum", "cian", "liam", "omar", "ravi", "daniel", "thomas",
     "hugo", "lukas", "felix", "jonas", "samuel", "peter", "ewan", "marcus", "adam", "julien", "ben", "kofi"],
)  # fmt: skip
LAST_NAMES: list[str] = [
    "smith", "jones", "taylor", "brown", "evans", "walker", "wright", "khan", "patel", "murphy", "kelly", "byrne",
    "walsh", "martin", "bernard", "moreau", "schmidt", "fischer", "weber", "becker", "clarke", "hughes", "morgan",
    "campbell", "stewart", "reid", "okafor", "mensah", "begum", "chen", "nowak", "rossi", "lopez", "foster",
    "harper", "bennett", "shaw", "marsh", "hale", "quinn",
]  # fmt: skip

# User agents, shortened as privacy-minded browsers do: computers, phones, the app, the till, crawlers.
_AGENTS: list[list[str | None]] = [
    ["Mozilla/5.0 (Windows NT 10.0) Chrome/131.0", "Mozilla/5.0 (Macintosh) Safari/605.1",
     "Mozilla/5.0 (Windows NT 10.0; rv:133.0) Firefox/133.0", "Mozilla/5.0 (X11; Linux) Firefox/132.0"],
    ["Mozilla/5.0 (iPhone; iOS 18.2) Safari/604.1", "Mozilla/5.0 (Android 15; Mobile) Chrome/131.0"],
    ["ShopApp/4.2 (iOS 18.2)", "ShopApp/4.1 (Android 15)"],
    [None],
    ["Mozilla/5.0 (compatible; Googlebot/2.1)", "Mozilla/5.0 (compatible; bingbot/2.0)",
     "Mozilla/5.0 (compatible; AhrefsBot/7.0)", "python-requests/2.32.3"],
]  # fmt: skip
AGENTS: list[str | None] = [agent for kind in _AGENTS for agent in kind]
AGENT_COUNTS: list[int] = [len(kind) for kind in _AGENTS]
AGENT_STARTS: list[int] = [sum(AGENT_COUNTS[:i]) for i in range(len(AGENT_COUNTS))]
