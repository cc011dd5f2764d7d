"""User agents of bots, by the list that the project crawler-user-agents keeps (patterns, each with what it is for).

Hundreds of patterns are one regular expression for RE2, whose automaton reads a text once however many there are.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from crawleruseragents import CRAWLER_USER_AGENTS_DATA

from customer_insight.numerics import arrays

# The list's word for what a bot is for, and the name that `shop.sessions.bot_rule` shows.
NAMES = {
    "academic": "research crawler",
    "advertising": "advertising crawler",
    "ai-crawler": "language model crawler",
    "archiver": "archive crawler",
    "browser-automation": "headless browser",
    "feed-reader": "feed reader",
    "http-library": "script",
    "monitoring": "uptime monitor",
    "scanner": "security scanner",
    "search-engine": "search engine crawler",
    "seo": "marketing crawler",
    "social-preview": "link preview",
}
OTHERS = "listed bot"

# RE2 gives up its automaton where patterns together need too much memory, and is then a hundred times slower.
_TOGETHER = 100


def listed(user_agents: pa.Table, app_clients: pa.Table) -> pa.Table:
    """The user agents (column user_agent, text) that the list knows, with bot_rule, in the order in which they came.

    app_clients (column user_agent): what the shop's own app sends where it says no more than the library that it is
    made with; patterns of the list that are true of one of these are left out.
    """
    patterns = _patterns(tuple(arrays.texts(app_clients, "user_agent").to_pylist()))
    agents = arrays.texts(user_agents, "user_agent")
    rules: list[str | None] = [None] * len(agents)
    for start in range(0, len(patterns), _TOGETHER):
        group = patterns[start : start + _TOGETHER]
        found = pc.match_substring_regex(agents, "|".join(f"(?:{pattern.pattern})" for pattern, _ in group))
        for place in np.flatnonzero(np.asarray(found)).tolist():
            if rules[place] is None:
                agent = agents[place].as_py()
                rules[place] = next((name for pattern, name in group if pattern.search(agent)), None)
    named = pa.table({"user_agent": agents.cast(pa.string()), "bot_rule": pa.array(rules, pa.string())})
    return named.filter(named["bot_rule"].is_valid())


@cache
def _patterns(app_clients: tuple[str, ...]) -> list[tuple[re.Pattern[str], str]]:
    """The list's patterns with their names, in its order, without those of the shop's app."""
    known = [
        (re.compile(entry["pattern"]), NAMES.get((entry.get("tags") or [""])[0], OTHERS))
        for entry in CRAWLER_USER_AGENTS_DATA
    ]
    return [(pattern, name) for pattern, name in known if not any(map(pattern.search, app_clients))]
