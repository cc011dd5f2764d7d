"""Publishes a run to PostgreSQL: load it beside what is there, swap all views in one transaction, drop what is old."""

from __future__ import annotations

import time
from dataclasses import dataclass

from customer_insight.publish.postgres_runs import drop_runs, load_run, loaded_runs, marks
from customer_insight.publish.postgres_session import (
    DEADLOCK,
    LOCK_NOT_AVAILABLE,
    NOT_ALLOWED,
    OTHERS_DEPEND,
    PostgresError,
    PostgresSession,
    in_one,
)
from customer_insight.publish.postgres_views import (
    existing_views,
    refuse_foreign,
    schema_statements,
    swap_statements,
)
from customer_insight.publish.publication import Publication
from customer_insight.publish.publish_errors import PublishError
from customer_insight.publish.result_tables import ResultTable
from customer_insight.publish.sql_text import identifier, literal

READER = "customer_insight_reader"

# Below deadlock_timeout (1 s): so it is always the swap that gives way, never a reader. Others queue behind it as long.
LOCK_TIMEOUT = "300ms"
PAUSE_SECONDS = 0.7
ATTEMPTS = 60
# A reader whose snapshot is older than the load has locked its first view by then, and the swap waits for it.
SETTLE_SECONDS = 0.2


@dataclass(frozen=True)
class PostgresPublication:
    """What was done: seconds of load and of the swap that succeeded, and sentences that the user should read."""

    load_seconds: float
    swap_seconds: float
    warnings: list[str]


def publish_postgres(
    publication: Publication, uri: str, kept_runs: int, reader: str = READER, attempts: int = ATTEMPTS
) -> PostgresPublication:
    """Publishes a run that is in files to the database behind `uri`.

    The role `reader` may read the views and nothing else; it is made where it is missing and that is allowed. Raises
    PublishError where anything fails; readers then see what they saw before.
    """
    tables = [file.table for file in publication.files]
    with PostgresSession(uri) as session:
        _alone(session)
        refuse_foreign(existing_views(session), tables)
        runs = loaded_runs(session)
        drop_runs(session, [run for run in runs if run.number == 0 and run.name != publication.name])
        began = time.perf_counter()
        if publication.name not in {run.name for run in runs}:
            load_run(session, publication.name, publication.files, publication.folder)
            time.sleep(SETTLE_SECONDS)
        loaded = time.perf_counter()
        missing = _make_reader(session, reader)
        warnings = [missing] if missing else []
        swap_seconds = _swap_patiently(session, publication.name, tables, "" if missing else reader, attempts)
        left = drop_runs(session, loaded_runs(session)[kept_runs:])
        if left:
            warnings.append(f"Still in use in PostgreSQL, and dropped by a later publication: {', '.join(left)}.")
    return PostgresPublication(loaded - began, swap_seconds, warnings)


def _alone(session: PostgresSession) -> None:
    """Keeps other publications out until the session ends, however it ends: a killed one lets go a moment later."""
    try:
        session.execute(
            "set local lock_timeout = '10s'", "select pg_advisory_lock(hashtext('customer-insight publish'))"
        )
    except PostgresError as error:
        if error.code != LOCK_NOT_AVAILABLE:
            raise
        raise PublishError("Another publication into this database is at work; wait for its end.") from None
    session.commit()


def _make_reader(session: PostgresSession, reader: str) -> str:
    """Makes the role of readers where it is missing; the sentence to show where that is not allowed, else ''."""
    if not session.rows(f"select 1 from pg_roles where rolname = {literal(reader)}"):
        try:
            session.execute(f"create role {identifier(reader)} nologin")
        except PostgresError as error:
            session.rollback()
            if error.code != NOT_ALLOWED:
                raise
            return f"The role {reader} is missing and may not be made by this user; nobody was given access."
    session.commit()
    return ""


def _swap_patiently(session: PostgresSession, run: str, tables: list[ResultTable], reader: str, attempts: int) -> float:
    """Swaps; tries again while readers hold a view. Returns the seconds of the attempt that succeeded."""
    for attempt in range(attempts):
        if attempt:
            time.sleep(PAUSE_SECONDS)
        try:
            return _swap(session, run, tables, reader)
        except PostgresError as error:
            session.rollback()
            if error.code == OTHERS_DEPEND:
                raise PublishError(f"Columns changed, and something else is built on a view. {error}") from None
            if error.code not in (LOCK_NOT_AVAILABLE, DEADLOCK):
                raise
    raise PublishError(
        f"Readers held the views of PostgreSQL through {attempts} attempts to replace them; the run before stays"
        " in place. End long transactions, then publish again."
    )


def _swap(session: PostgresSession, run: str, tables: list[ResultTable], reader: str) -> float:
    """One transaction: all views of the run before it, all of the run after it. Returns the seconds of its locks."""
    existing = existing_views(session)
    refuse_foreign(existing, tables)
    ours = [place for place, view in existing.items() if view.is_ours]
    topics = sorted({table.schema for table in tables})
    grant_all = _sees_nothing(session, ours, reader)
    statements = schema_statements(session, topics, reader, grant_all)
    statements += swap_statements(session, existing, run, tables, reader, grant_all)
    statements += marks(session, run, topics)
    session.execute(f"set local lock_timeout = {literal(LOCK_TIMEOUT)}")
    began = time.perf_counter()
    session.execute(in_one(statements))
    session.commit()
    return time.perf_counter() - began


def _sees_nothing(session: PostgresSession, places: list[tuple[str, str]], reader: str) -> bool:
    """Whether the role of readers is new here: it may select from none of our views."""
    names = ", ".join(literal(identifier(*place)) for place in places)
    if not reader or not places:
        return False
    may_select = f"bool_or(has_table_privilege({literal(reader)}, name, 'select'))"
    return session.rows(f"select {may_select} from unnest(array[{names}]) as name") != [(True,)]
