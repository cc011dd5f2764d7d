"""What a session is, in plain Python: one visitor at a time, one event at a time."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby


@dataclass(frozen=True)
class Event:
    row_number: int
    visitor_id: str
    occurred_at: datetime
    event_type: str
    customer_id: str | None = None
    page_url: str | None = None
    product_id: str | None = None


@dataclass(frozen=True)
class Link:
    visitor_id: str
    customer_id: str
    linked_at: datetime | None


@dataclass(frozen=True)
class Session:
    visitor_id: str
    started_at: datetime
    ended_at: datetime
    customer_id: str | None
    events: int
    views: int
    searches: int
    add_to_carts: int
    purchases: int
    entry_page: str | None
    exit_page: str | None


def cut_into_sessions(events: list[Event], links: list[Link], gap: timedelta, limit: timedelta) -> list[Session]:
    """Sessions ordered by visitor and start. An event exactly `gap` after the last one still belongs to the session;
    one exactly `limit` after the start of the activity begins the next slice."""
    links_of = defaultdict(list)
    for link in links:
        links_of[link.visitor_id].append(link)
    ordered = sorted(events, key=lambda event: (event.visitor_id, event.occurred_at, event.row_number))
    sessions = []
    for visitor, own in groupby(ordered, key=lambda event: event.visitor_id):
        members: list[Event] = []
        activity_start = previous = slice_number = None
        for event in own:
            if previous is None or event.occurred_at - previous > gap:
                activity_start = event.occurred_at
                new_slice = (activity_start, 0)
            else:
                new_slice = (activity_start, (event.occurred_at - activity_start) // limit)
            if members and new_slice != slice_number:
                sessions.append(_session(visitor, members, links_of[visitor]))
                members = []
            slice_number, previous = new_slice, event.occurred_at
            members.append(event)
        sessions.append(_session(visitor, members, links_of[visitor]))
    return sessions


def _session(visitor: str, members: list[Event], links: list[Link]) -> Session:
    ended_at = members[-1].occurred_at
    seen = [event.customer_id for event in members if event.customer_id]
    pages = [event.page_url for event in members if event.page_url]
    kinds = [event.event_type for event in members]
    return Session(
        visitor_id=visitor,
        started_at=members[0].occurred_at,
        ended_at=ended_at,
        customer_id=seen[-1] if seen else _linked(links, ended_at),
        events=len(members),
        views=kinds.count("view"),
        searches=kinds.count("search"),
        add_to_carts=kinds.count("add_to_cart"),
        purchases=kinds.count("purchase"),
        entry_page=pages[0] if pages else None,
        exit_page=pages[-1] if pages else None,
    )


def _linked(links: list[Link], ended_at: datetime) -> str | None:
    """The latest link at or before the end; one without a time has always held and so is the earliest of all."""
    held = [link for link in links if link.linked_at is None or link.linked_at <= ended_at]
    if not held:
        return None
    latest = max(link.linked_at or datetime.min for link in held)
    return min(link.customer_id for link in held if (link.linked_at or datetime.min) == latest)
