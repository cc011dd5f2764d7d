"""Whether more of the input was refused, or came after as_of, than in the run that readers see now."""

from __future__ import annotations

from pathlib import Path

import duckdb

from customer_insight.publish.publish_errors import PublishError
from customer_insight.publish.sql_text import literal

# A rise of a reason's share of a table's rows above which it is told: dirt comes and goes, a changed export jumps.
TOLD_RISE = 0.05
# Rows by table and reason as a share of the table's rows, from two relations of the tables' columns.
SHARES = """
    select
        r.source_system, r.source_table, r.reason, count(*) / any_value(c.rows_in) as share,
        count(*) as row_count, any_value(c.rows_in) as rows_in
    from {rejected} as r inner join {counts} as c using (source_system, source_table) where c.rows_in > 0 group by all
    union all
    select source_system, source_table, 'it is later than as_of', after_as_of / rows_in, after_as_of, rows_in
    from {counts} where after_as_of > 0 and rows_in > 0
"""


def told_rises(connection: duckdb.DuckDBPyConnection, catalog: str, published: Path, most: float) -> list[str]:
    """A sentence for each reason whose share of a table rose by more than `TOLD_RISE` since the run in `published`.

    `catalog`: the attached warehouse. Nothing where nothing is published yet. Raises PublishError where refusals of a
    table have risen by more than `most` (a share), where neither order lines nor events have a row any more, or where
    orders have lost their dates: a file that is read wrongly, or an empty one, must not replace what readers have.
    """
    files = [published / "quality" / f"{name}.parquet" for name in ("rejected_rows", "row_counts")]
    if not all(file.is_file() for file in files):
        return []
    if not all("source_system" in _columns(connection, file) for file in files):
        return []  # of a version that had one source
    _require_rows(connection, catalog, files[1])
    _require_dates(connection, catalog, published / "quality" / "shop_facts.parquet")
    now = SHARES.format(rejected=f"{catalog}.quality.rejected_rows", counts=f"{catalog}.quality.row_counts")
    then = SHARES.format(
        rejected=f"read_parquet({literal(str(files[0]))})", counts=f"read_parquet({literal(str(files[1]))})"
    )
    rises = connection.execute(f"""
        with now as ({now}), earlier as ({then})
        select
            case when (select count(distinct source_system) from {catalog}.quality.row_counts) > 1
                then n.source_system || ': ' else '' end || n.source_table, n.reason, n.row_count, n.rows_in,
            coalesce(e.share, 0), n.share - coalesce(e.share, 0) as rise
        from now as n left join earlier as e using (source_system, source_table, reason)
        where rise > {TOLD_RISE} order by rise desc, source_system, source_table, reason
    """).fetchall()
    told = []
    for table, reason, rows, all_rows, share, rise in rises:
        told.append(
            f"{table}: {rows:,} of {all_rows:,} rows are out because {reason}; {share:.1%} were in the run before."
        )
        if rise > most and reason != "it is later than as_of":
            raise PublishError(
                f"{told[-1]} Mend the export, or let the setting max_rejected_share (now {most:g}) allow for it."
            )
    return told


def _columns(connection: duckdb.DuckDBPyConnection, file: Path) -> list[str]:
    return [name for name, *_ in connection.execute(f"describe from read_parquet({literal(str(file))})").fetchall()]


def _require_rows(connection: duckdb.DuckDBPyConnection, catalog: str, counts: Path) -> None:
    """Raises PublishError where a source has neither order lines nor events any more, and had in the run before."""
    rows = (
        "select source_system, sum(rows_in) as rows_in from {} "
        "where source_table in ('order_lines', 'events') group by source_system"
    )
    emptied = connection.execute(f"""
        select e.source_system, e.rows_in
        from ({rows.format(f"read_parquet({literal(str(counts))})")}) as e
        inner join ({rows.format(f"{catalog}.quality.row_counts")}) as n using (source_system)
        where e.rows_in > 0 and n.rows_in = 0 order by 1 limit 1
    """).fetchall()
    for source, earlier in emptied:
        raise PublishError(
            f"{source}: neither order_lines nor events have a row, and the run that readers see was made of "
            f"{earlier:,}; export them again."
        )


def _require_dates(connection: duckdb.DuckDBPyConnection, catalog: str, facts: Path) -> None:
    """Raises PublishError where orders have no dates, and had in the run that readers see."""
    if not facts.is_file():
        return
    fact = "select value from {} where fact = 'order_dates'"
    earlier = connection.execute(fact.format(f"read_parquet({literal(str(facts))})")).fetchall()
    if earlier == [("given",)] and connection.execute(fact.format(f"{catalog}.quality.shop_facts")).fetchall() == [
        ("none",)
    ]:
        raise PublishError(
            "No order line has a date, and the orders of the run that readers see had; export ordered_at again. Where "
            "there are no dates any more, publish into a new folder: customer-insight publish --to DIR."
        )
