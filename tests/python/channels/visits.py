"""The models that tell who sent visits, run on events as the staging of a shop gives them."""

import csv
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
from customer_insight.commands.project_sql import ProjectSql

ROOT = Path(__file__).parents[3]
START = datetime(2026, 3, 1, 12)
SEEDS = ["bot_rules", "channel_rules", "channel_words", "referrer_sites", "suspicion_rules"]
MODELS = [
    "int_session_events", "int_session_facts", "int_shared_visitors", "int_session_customers", "int_user_agents_input",
    "int_agent_sessions", "int_bot_like_sessions", "int_bot_sessions", "int_session_landings", "int_channel_words",
    "int_traffic_sources", "int_click_ids", "int_app_browsers", "int_campaign_media", "int_session_signals",
    "int_session_evidence", "int_channel_evidence", "int_session_channels",
]  # fmt: skip
GIVEN = """
create table stg_events (
    row_number bigint, visitor_id varchar, occurred_at timestamp, page_url varchar, referrer varchar, platform varchar,
    user_agent varchar, campaign_source varchar, campaign_medium varchar, campaign_name varchar, customer_id varchar,
    event_type varchar default 'view', customer_joined_at timestamp, product_id varchar, order_id varchar,
    value decimal(18, 6), quantity decimal(18, 6)
);
create table stg_identity_links (
    visitor_id varchar, customer_id varchar, linked_at timestamp, customer_joined_at timestamp
);
create table ml_bot_user_agents (user_agent varchar, bot_rule varchar);
"""


@dataclass(frozen=True)
class Page:
    """What a visit's page says of who sent it."""

    page_url: str | None = "https://www.shop.example/p/1"
    referrer: str | None = None
    platform: str | None = "web"
    user_agent: str | None = None
    campaign_source: str | None = None
    campaign_medium: str | None = None
    campaign_name: str | None = None


@dataclass(frozen=True)
class Sender:
    """Who sent a visit."""

    channel: str
    source: str | None = None
    campaign: str | None = None


class Shop:
    """A shop whose visits can be asked for their channels; seeds are those of the project, but for `changed`."""

    def __init__(self, changed: dict[str, list[dict[str, str]]] | None = None) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(GIVEN)
        for seed in SEEDS:
            path = ROOT / "seeds" / "reference" / f"{seed}.csv"
            self.connection.execute(f"create table {seed} as from read_csv('{path}', all_varchar = true)")
            for row in (changed or {}).get(seed, []):
                names = ", ".join(row)
                self.connection.execute(
                    f"insert into {seed} ({names}) values ({', '.join('?' * len(row))})", [*row.values()]
                )
            for column in ("priority", "threshold", "at_least"):
                known = [name for name, *_ in self.connection.execute(f"describe {seed}").fetchall()]
                if column in known:
                    self.connection.execute(f"alter table {seed} alter {column} type bigint")
        project = ProjectSql(ROOT, {"source_system": "files"})
        self.models = [f"create or replace table {model} as {project.model(model)}" for model in MODELS]

    def senders(self, visits: list[list[Page]]) -> list[Sender]:
        """Who sent each visit, given as its pages a minute apart."""
        self.connection.execute("truncate stg_events")
        rows = [
            (f"v{visit:06d}", START + timedelta(minutes=place), *astuple(page))
            for visit, pages in enumerate(visits)
            for place, page in enumerate(pages)
        ]
        columns = "row_number, visitor_id, occurred_at, page_url, referrer, platform, user_agent, campaign_source, "
        columns += "campaign_medium, campaign_name"
        self.connection.executemany(
            f"insert into stg_events ({columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, *row) for number, row in enumerate(rows, 1)],
        )
        for model in self.models:
            self.connection.execute(model)
        found = self.connection.execute("""
            select channel, channel_source, campaign_name
            from int_session_channels inner join int_session_facts using (session_id) order by visitor_id
        """)
        return [Sender(*row) for row in found.fetchall()]


def seed_rows(name: str) -> list[dict[str, str]]:
    """The rows of a seed of the project."""
    with (ROOT / "seeds" / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
