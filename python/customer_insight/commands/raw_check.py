"""What a build would do with the rows of the raw input, found by the staging models themselves, without dbt.

One pass over a table casts every row, says what is wrong with it, and tells how its columns are read. Nothing is
sampled but where it says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from customer_insight.commands.check_findings import LoneDays, Reading, Refusal, TableCheck
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.commands.raw_figures import FIGURES

# Repeated rows are looked for in one of so many orders where a table is large; the rest are taken to be alike.
SAMPLED = 16
LARGE_TABLE_BYTES = 20 << 20
SHOWN_REASONS = 5


class RawCheck:
    """Runs the staging models over the raw tables of one source system."""

    def __init__(self, folder: Path, settings: dict[str, Any], ask: Callable[[str, str], str]) -> None:
        self._engine = duckdb.connect()
        self._engine.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
        self._made: set[str] = set()
        self._folder = folder
        self.sql = ProjectSql(folder, settings, self._relation, ask)
        # the lookup of published ids is left out: it cannot make a row wrong
        self.sql.replace(own_id=lambda column: column, join_own_ids=lambda _: "")

    def _relation(self, name: str) -> str:
        """A seed as a table, a source model as a view: made when a model first refers to it."""
        if name not in self._made:
            self._made.add(name)
            seeds = list((self._folder / "seeds").rglob(f"{name}.csv"))
            if seeds:
                self._engine.execute(f"create table {name} as from read_csv(?, all_varchar = true)", [str(seeds[0])])
            elif name.startswith("src_"):
                self._engine.execute(f"create view {name} as {self.sql.model(name)}")
        return name

    def _with(self, name: str, relation: str) -> Callable[[str], str]:
        """`ref` as it is, but for one relation in the place of another."""
        return lambda wanted: relation if wanted == name else self._relation(wanted)

    def table(self, table: str, size: int, first_rows: dict[str, list[str]]) -> TableCheck:
        """Casts every row of a table, whose files have `size` bytes, as a build would.

        `first_rows`: texts of columns, from which it is guessed how they are read: the pass that tells it for all rows
        casts them so meanwhile, and only where it tells otherwise there is a second one.
        """
        part = SAMPLED if size > LARGE_TABLE_BYTES else 1
        guessed = self._readings(table, self._table_of(table, first_rows)) if first_rows else []
        self._cast(table, part, guessed)
        readings = self._measured_readings(table)
        if readings != guessed:
            self._cast(table, part, readings)
        figures = FIGURES.get(table, {})
        rows = self._engine.execute(
            f"select {', '.join(['reject_reason', 'row_count', 'first_row', *figures])} from told order by 2 desc, 1"
        ).fetchall()
        bad = [row for row in rows if row[0] is not None]
        values = self._values(table, {first: reason for reason, _, first, *_ in bad[:SHOWN_REASONS]})
        refusals = [Refusal(reason, count, first, values.get(first)) for reason, count, first, *_ in bad]
        good = next((row[3:] for row in rows if row[0] is None), ())
        # a count of conditions that are all unknown is null
        counted = {name: value for name, value in zip(figures, good, strict=False) if value is not None}
        # a wish counts whatever else of its row cannot be read
        if "erased" in figures:
            counted["erased"] = sum(row[3 + list(figures).index("erased")] for row in rows)
        total = sum(row[1] for row in rows)
        if counted.get("unnumbered"):
            counted["equal_lines"] = self._equal_lines(part)
        counted["is_estimate"] = part > 1
        return TableCheck(table, total, refusals, readings, counted)

    def _cast(self, table: str, part: int, readings: list[Reading]) -> None:
        """Makes the table `told`: for each reason of refusal its rows and figures, and the measures of the columns."""
        self._engine.execute(f"create or replace macro shop_day(instant) as {self.sql.call('shop_day', 'instant')}")
        figures = [f"{expression} as {name}" for name, expression in FIGURES.get(table, {}).items()]
        measures = self.sql.call("measures_of_columns", table, "row_number.")
        told = ", ".join(
            ["reject_reason", "count(*) as row_count", "min(row_number.at) as first_row", *figures, measures]
        )
        casting = self._casting(table, readings)
        self._engine.execute(
            f"create or replace table told as select {told} from ({casting}) group by 1".replace("PART", str(part))
        )

    def _casting(self, table: str, readings: list[Reading]) -> str:
        """The model that casts the rows of a table, the columns being read so."""
        kinds, source = self.sql.call("column_types", table), self._relation(f"src_{table}")
        # what each text allows goes through the model with the number of its row, and comes out beside the reason
        carried = "".join(
            f", '{column}': {column}, '{column}__way': {self.sql.call('way_of_text', column, kind)}"
            for column, kind in kinds.items()
            if kind in self.sql.call("readable_types")
        )
        # what is known is written in, so that the engine leaves out the ways in which nothing is read
        known = {reading.column: f"'{reading.reading}'" for reading in readings if reading.reading}
        numbered = f"(select {{'at': row_number{carried}}} as row_number, * exclude (row_number) from {source})"
        return self.sql.model(
            f"stg_{table}__typed",
            ref=self._with(f"src_{table}", numbered),
            readings_of=lambda _: "(select 1)",
            reading_of=lambda column: known.get(column, "cast(null as string)"),
        )

    def _table_of(self, table: str, texts: dict[str, list[str]]) -> str:
        """A relation of the columns of a table with these texts."""
        columns = [
            f"nullif(unnest(${column}), '') as {column}" if column in texts else f"cast(null as string) as {column}"
            for column in self.sql.call("canonical_columns", table)
        ]
        self._engine.execute(f"create or replace table first_rows as select {', '.join(columns)}", texts)
        return "first_rows"

    def _measured_readings(self, table: str) -> list[Reading]:
        """From the measures in the table `told`."""
        self._engine.execute(
            "create or replace table measured as "
            "select sum(columns('__(filled|way_[1-5])$')), max(columns('__largest$')) from told"
        )
        return self._readings(table, "measured", ways_of_texts=lambda _: "*", measures_of_columns=lambda _: "*")

    def _readings(self, table: str, source: str, **macros: Callable[..., Any]) -> list[Reading]:
        """How the columns of a table are read, decided by the model of a build."""
        ref = self._with(f"src_{table}", source)
        deciding = self.sql.model("stg_column_readings", canonical_tables=lambda: [table], ref=ref, **macros)
        rows = self._engine.execute(
            f"select column_name, column_type, reading, is_open from ({deciding}) "
            "where reading is not null or is_open order by all"
        ).fetchall()
        return [Reading(*row) for row in rows]

    def _values(self, table: str, reasons: dict[int, str]) -> dict[int, str | None]:
        """What stands in the column that a reason names, by the number of a row."""
        columns = self.sql.call("canonical_columns", table)
        named = {
            at: reason.split(" ")[0]
            for at, reason in reasons.items()
            if reason.split(" ")[0] in columns and not reason.endswith("is missing")
        }
        if not named:
            return {}
        value = " ".join(f"when {at} then {column}" for at, column in named.items())
        return dict(
            self._engine.execute(
                f"select row_number, case row_number {value} end from {self._relation(f'src_{table}')} "
                f"where row_number in ({', '.join(map(str, named))})"
            ).fetchall()
        )

    def _equal_lines(self, part: int) -> int:
        """Lines without a number that are equal to another in every column: one of each counts."""
        columns = ", ".join(self.sql.call("canonical_columns", "order_lines"))
        (equal,) = self._engine.execute(f"""
            select coalesce(sum(lines - 1), 0) from (
                select count(*) as lines from {self._relation("src_order_lines")}
                where line_number is null and hash(order_id) % {part} = 0
                group by {columns}
            )
        """).fetchone()  # type: ignore[misc]
        return int(equal) * part

    def offsets(self, table: str, column: str) -> list[tuple[str, str]]:
        """Months and the offsets from UTC written in them, `('2023-05', '-0700')`; none where few rows bear one."""
        source = self._relation(f"src_{table}")
        offset = f"replace(regexp_extract({column}, ':[0-9]{{2}}[0-9.]* ?([+-][0-9]{{2}}:?[0-9]{{2}})$', 1), ':', '')"
        rows = self._engine.execute(
            f"select substring({column}, 1, 7), {offset}, count(*) from {source} "
            f"where {column} like '____-__-%' group by 1, 2"
        ).fetchall()
        bearing = sum(count for _, each, count in rows if each)
        if 2 * bearing < sum(count for *_, count in rows):
            return []
        return sorted({(month, each) for month, each, _ in rows if each})

    def read_rows(self, table: str, count: int) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The first rows of a table as a build reads them, and what their columns are called; nothing is counted."""
        self._engine.execute(
            f"create or replace table few as select * from {self._relation(f'src_{table}')} limit 1000"
        )
        casting = self._casting(table, self._readings(table, "few"))
        rows = self._engine.execute(
            f"select * exclude (row_number, source_name) from ({casting}) order by row_number limit {count}"
        )
        return [name for name, *_ in rows.description or []], rows.fetchall()

    def not_passed_on(self, table: str, system: str) -> list[str]:
        """Which of row_number and row_defect the system's own model of a table lacks, where it has a model."""
        model = self.sql.call("own_model_of_input", table, system)
        self._relation(f"src_{table}")
        if model not in self._made:
            return []
        columns = {name for (name, *_) in self._engine.execute(f"describe {model}").fetchall()}
        return [name for name in ("row_number", "row_defect") if name not in columns]

    def in_several_files(self, raw_table: str, source: dict[str, str]) -> int:
        """How many things of a raw table, such as orders, each of its files exports whole and more than one holds."""
        (things,) = self._engine.execute(self.sql.call("things_in_several_files", raw_table, source)).fetchone()  # type: ignore[misc]
        return int(things)

    def day_of(self, instant: str) -> date:
        """The day of the shop in which an instant of UTC is."""
        day = self.sql.call("shop_day", "cast($1 as timestamp)")
        return self._engine.execute(f"select {day}", [instant]).fetchone()[0]  # type: ignore[index,no-any-return]

    def lone_days(self, days: Counter[date]) -> LoneDays | None:
        """The days at the end that are far from the rest, as a build warns of them."""
        self._engine.execute(
            "create or replace table active_days as "
            "select unnest($days::date[]) as active_on, unnest($rows) as row_count",
            {"days": list(days), "rows": list(days.values())},
        )
        end = self.sql.call("from_local_time", "(cast(previous_on as timestamp) + interval '86399 seconds')")
        row = self._engine.execute(
            f"select first_lone_on, previous_on, last_lone_on, {end} "
            f"from {self.sql.call('lone_last_days', 'active_days')} order by 1 limit 1"
        ).fetchone()
        return LoneDays(*row) if row else None

    def first_row_since(self, table: str, column: str, readings: list[Reading], day: date) -> int | None:
        """The first row of a table, not refused, with a time on this day or later."""
        rows = self._engine.execute(
            f"select min(row_number.at) from ({self._casting(table, readings)}) "
            f"where reject_reason is null and shop_day({column}) >= ?",
            [day],
        ).fetchone()
        return rows[0] if rows else None
