"""The views that readers of PostgreSQL query: `shop.customers` over the table of the current run."""

from __future__ import annotations

from dataclasses import dataclass

from customer_insight.publish.postgres_runs import MARK, postgres_type, run_schema
from customer_insight.publish.postgres_session import PostgresSession
from customer_insight.publish.publish_errors import PublishError
from customer_insight.publish.result_tables import TOPICS, ResultTable
from customer_insight.publish.sql_text import REPLACEMENT, identifier, literal

_TOPICS = ", ".join(literal(topic) for topic in TOPICS)


@dataclass(frozen=True)
class View:
    """A relation in a topic's schema: whether it is a view of ours, its columns (name, type), its descriptions.

    `descriptions` maps '' to the view's own and a column's name to the column's.
    """

    is_ours: bool
    columns: tuple[tuple[str, str], ...]
    descriptions: dict[str, str]


Views = dict[tuple[str, str], View]


def existing_views(session: PostgresSession) -> Views:
    """Every relation in the topics' schemas. Ours are the views over tables of runs."""
    relations = session.rows(f"""
        select c.oid::bigint, n.nspname::text, c.relname::text, coalesce(obj_description(c.oid, 'pg_class'), ''),
            c.relkind = 'v' and exists (
                select from pg_rewrite as w
                inner join pg_depend as d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
                inner join pg_class as t on d.refclassid = 'pg_class'::regclass and d.refobjid = t.oid
                inner join pg_namespace as s on t.relnamespace = s.oid
                where w.ev_class = c.oid and starts_with(obj_description(s.oid, 'pg_namespace'), {literal(MARK)})
            )
        from pg_class as c inner join pg_namespace as n on c.relnamespace = n.oid
        where n.nspname in ({_TOPICS}) and c.relkind in ('r', 'p', 'v', 'm', 'f')
    """)
    columns: dict[int, list[tuple[str, str]]] = {}
    descriptions: dict[int, dict[str, str]] = {}
    for oid, name, kind, description in session.rows(f"""
        select a.attrelid::bigint, a.attname::text, format_type(a.atttypid, a.atttypmod),
            coalesce(col_description(a.attrelid, a.attnum), '')
        from pg_attribute as a inner join pg_class as c on a.attrelid = c.oid
        inner join pg_namespace as n on c.relnamespace = n.oid
        where n.nspname in ({_TOPICS}) and a.attnum > 0 and not a.attisdropped and c.relkind = 'v'
        order by a.attrelid, a.attnum
    """):
        columns.setdefault(oid, []).append((name, kind))
        descriptions.setdefault(oid, {})[name] = description
    return {
        (schema, name): View(is_ours, tuple(columns.get(oid, [])), {"": description, **descriptions.get(oid, {})})
        for oid, schema, name, description, is_ours in relations
    }


def refuse_foreign(existing: Views, tables: list[ResultTable]) -> None:
    """Raises PublishError where somebody else's table or view has the name of a result."""
    foreign = [table.full_name for table in tables if not existing.get((table.schema, table.name), _OURS).is_ours]
    if foreign:
        raise PublishError(
            f"The database has {', '.join(foreign)} already, and publish did not make it; nothing was changed."
            " Publish into a database of its own."
        )


_OURS = View(True, (), {})


def schema_statements(session: PostgresSession, topics: list[str], reader: str, grant_all: bool) -> list[str]:
    """Makes the schemas of the views that are missing; the role `reader` may look into those, or into all."""
    present = {row[0] for row in session.rows("select nspname::text from pg_namespace")}
    missing = [topic for topic in topics if topic not in present]
    opened = (topics if grant_all else missing) if reader else []
    return [f"create schema {identifier(topic)}" for topic in missing] + [
        f"grant usage on schema {identifier(topic)} to {identifier(reader)}" for topic in opened
    ]


def swap_statements(
    session: PostgresSession, existing: Views, run: str, tables: list[ResultTable], reader: str, grant_all: bool
) -> list[str]:
    """The statements that put all views over the run's tables, to be run in one transaction.

    A view keeps its grants and what is built on it as long as its columns stay or new ones come last; else it is made
    anew, and its grants are given again. Views of tables that are gone go. The role `reader` ('': none) may select
    from new views; from all where `grant_all`.
    """
    wanted = {(table.schema, table.name): table for table in tables}
    gone = sorted(place for place, view in existing.items() if view.is_ours and place not in wanted)
    statements = [f"drop view {identifier(*place)}" for place in gone]
    for place, table in sorted(wanted.items()):
        view = existing.get(place)
        columns = _columns(session, table)
        fits = view is not None and columns[: len(view.columns)] == view.columns
        again = _grants(session, place, {name for name, _ in columns}) if view and not fits else []
        if view and not fits:
            statements.append(f"drop view {identifier(*place)}")
        names = ", ".join(identifier(column.name) for column in table.columns)
        source = identifier(run_schema(run, table.schema), table.name)
        statements.append(f"create or replace view {identifier(*place)} as select {names} from {source}")
        statements += again
        if reader and (view is None or grant_all):
            statements.append(f"grant select on {identifier(*place)} to {identifier(reader)}")
        statements += _new_comments(table, view if fits else None)
    return statements


def _columns(session: PostgresSession, table: ResultTable) -> tuple[tuple[str, str], ...]:
    """Names and types as the catalogue spells them."""
    short = {"timestamp": "timestamp without time zone"}
    kinds = [postgres_type(column).replace(", ", ",") for column in table.columns]
    return tuple((column.name, short.get(kind, kind)) for column, kind in zip(table.columns, kinds, strict=True))


def _grants(session: PostgresSession, place: tuple[str, str], columns: set[str]) -> list[str]:
    """Statements that give every grant on a view again, also those on single columns that stay."""
    where = f"n.nspname = {literal(place[0])} and c.relname = {literal(place[1])} and g.grantee <> c.relowner"
    receiver = "case g.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(g.grantee)) end"
    option = "case when g.is_grantable then ' with grant option' else '' end"
    on_view = session.rows(f"""
        select format('grant %s on %I.%I to %s', g.privilege_type, n.nspname, c.relname, {receiver}) || {option}
        from pg_class as c inner join pg_namespace as n on c.relnamespace = n.oid, aclexplode(c.relacl) as g
        where {where} order by 1
    """)
    on_columns = session.rows(f"""
        select a.attname::text,
            format('grant %s (%I) on %I.%I to %s', g.privilege_type, a.attname, n.nspname, c.relname, {receiver})
            || {option}
        from pg_class as c inner join pg_namespace as n on c.relnamespace = n.oid
        inner join pg_attribute as a on a.attrelid = c.oid and not a.attisdropped, aclexplode(a.attacl) as g
        where {where} order by 1, 2
    """)
    return [row[0] for row in on_view] + [row[1] for row in on_columns if row[0] in columns]


def _new_comments(table: ResultTable, view: View | None) -> list[str]:
    """Comments that the view does not carry yet: most stay from run to run, and each one costs a round trip."""
    told = {} if view is None else {name: text for name, text in view.descriptions.items() if text}
    place = identifier(table.schema, table.name)
    wanted = {"": table.description} | {column.name: column.description for column in table.columns}
    statements = []
    for name, text in wanted.items():
        if text.replace("\0", REPLACEMENT) != told.get(name, ""):
            target = f"column {place}.{identifier(name)}" if name else f"view {place}"
            statements.append(f"comment on {target} is {literal(text or None)}")
    return statements
