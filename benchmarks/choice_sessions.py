"""The visits on which the choice among session strategies is judged: real ones, and made ones of many kinds."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from customer_insight.demo.shop import make_shop

from benchmarks.choice_shops import Shop, drawn
from benchmarks.recommendations import package

# Visits are cut after half an hour, as in the project; a product after itself is the same click.
CLICKS = """
    with visits as (
        select *, sum(cast(is_first as int)) over (order by visitor, moment, place) as session from (
            select *, coalesce(moment - lag(moment) over own > interval 30 minutes, true) as is_first
            from {events} window own as (partition by visitor order by moment, place)
        )
    ), clicks as (
        select session, product, moment, place from visits
        qualify product is distinct from lag(product) over (partition by session order by moment, place)
    )
    select cast(session as int) as session_code, cast(dense_rank() over (order by product) as int) as product_code,
        cast(row_number() over (partition by session order by moment, place) as int) as click_number,
        date_diff('second', moment, max(moment) over ()) / 86400 as age_days
    from clicks
"""
# sessions, products, clicks of one, chance to follow a fixed order, strength of tastes, to go back, days of one fashion
MADE = {
    "in_order": (4000, 400, 5, 0.7, 0.5, 0.05, 0),
    "tastes": (4000, 600, 6, 0.05, 0.9, 0.1, 0),
    "what_all_look_at": (3000, 300, 4, 0.02, 0.1, 0.05, 0),
    "back_and_forth": (3000, 500, 8, 0.2, 0.6, 0.5, 0),
    "fashions": (6000, 600, 5, 0.1, 0.5, 0.1, 20),
    "large": (20000, 3000, 5, 0.3, 0.7, 0.1, 0),
    "few_visits": (900, 150, 5, 0.3, 0.6, 0.1, 0),
    "fewest_visits": (720, 80, 4, 0.2, 0.4, 0.1, 0),
}
DAYS = 120


def sessions() -> dict[str, Shop]:
    """Clicks by shop, see `clicks.read_clicks`."""
    shops: dict[str, Shop] = {}
    if data := os.environ.get("CUSTOMER_INSIGHT_TEST_DATA"):
        shops["rees46"] = [lambda: _rees46(Path(data, "rees46", "2019-Oct-first-hours.csv"))]
    if movies := package("recbole"):
        shops["movielens"] = [lambda: _movielens(movies / "dataset_example" / "ml-100k" / "ml-100k.inter")]
    for seed, customers in ((7, 800), (8, 3000)):
        shops[f"made_shop_{customers}"] = [lambda seed=seed, customers=customers: _demo(seed, customers)]
    return shops | drawn(MADE, made_visits)


def made_visits(
    sessions: int, products: int, length: float, order: float, taste: float, back: float, fashion: int, *, seed: int
) -> pa.Table:
    """Visitors with one of twelve tastes; some products follow on each other, popularity falls as 1 / rank."""
    random = np.random.default_rng(seed)
    age = np.sort(random.random(sessions) * DAYS)[::-1]
    follows, kind = random.integers(0, products, (products, 2)), np.arange(products) % 12
    popularity = 1 / np.arange(1, products + 1) ** 0.9
    size, own = 2 + random.geometric(1 / (length - 1), sessions), random.integers(0, 12, sessions)
    rows: list[tuple[int, int, int, float]] = []
    for session in range(sessions):
        # what is in fashion moves on
        weights = np.roll(popularity, 7 * int(age[session] // fashion)) if fashion else popularity
        every, liked = np.cumsum(weights), np.cumsum(np.where(kind == own[session], weights, 0))
        clicks: list[int] = []
        for chance in random.random((size[session], 4)):
            if len(clicks) > 1 and chance[0] < back:
                product = clicks[int(chance[1] * len(clicks))]
            elif clicks and chance[0] < back + order:
                product = int(follows[clicks[-1], int(2 * chance[1])])
            else:
                of = liked if chance[2] < taste else every
                product = int(np.searchsorted(of / of[-1], chance[3]))
            if not clicks or product != clicks[-1]:
                rows.append((session, product, len(clicks) + 1, age[session] - len(clicks) / 1440))
                clicks.append(product)
    columns = dict(
        zip(("session_code", "product_code", "click_number", "age_days"), zip(*rows, strict=True), strict=True)
    )
    return pa.table({name: np.array(values) for name, values in columns.items()})


def _rees46(file: Path) -> pa.Table:
    events = f"""(
        select user_id as visitor, product_id as product, cast(replace(event_time, ' UTC', '') as timestamp) as moment,
            row_number() over () as place
        from read_csv('{file}', types = {{'event_time': 'varchar'}})
    )"""
    return duckdb.sql(CLICKS.format(events=events)).to_arrow_table()


def _movielens(file: Path) -> pa.Table:
    """Films that somebody rated in one sitting, in the order of time."""
    events = f"""(
        select "user_id:token" as visitor, "item_id:token" as product,
            make_timestamp(cast("timestamp:float" as bigint) * 1000000) as moment, row_number() over () as place
        from read_csv('{file}', delim = '\t')
    )"""
    return duckdb.sql(CLICKS.format(events=events)).to_arrow_table()


def _demo(seed: int, customers: int) -> pa.Table:
    made = pa.concat_tables([block.tables["events"].table for block in make_shop(seed, customers, is_clean=True)])
    with duckdb.connect() as connection:
        connection.register("made", made)
        # what no human looks at in one visit is left to the project's own rules
        events = """(
            select visitor_id as visitor, product_id as product, cast(occurred_at as timestamp) as moment,
                row_number() over () as place
            from made where product_id is not null and event_type in ('view', 'click', 'add_to_cart', 'purchase')
                and user_agent not ilike '%bot%'
        )"""
        return connection.sql(CLICKS.format(events=events)).to_arrow_table()
