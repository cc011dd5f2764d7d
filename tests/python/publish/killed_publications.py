"""`python killed_publications.py FOLDER WAY URI EVERY`: see test_publish_killed.py. Prints one JSON line a death.

EVERY 3: every third line that a publication passes is a point of death, from the last one back. Those of the switch to
the new run are all.
"""

import json
import os
import signal
import sys
from pathlib import Path

from customer_insight.publish import postgres, postgres_runs, publication, run_folders
from customer_insight.publish.postgres_session import PostgresSession
from reading import one_mark

FOLDER, WAY, URI, EVERY = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
PUBLISHED = FOLDER / "published"
PLACE = URI if WAY == "postgres" else str(PUBLISHED)
TRACED = [postgres, postgres_runs] if WAY == "postgres" else [publication, run_folders]
# Lines of the function that puts a run in front of readers: what dies there may be whole, and yet was never seen.
SWITCH = "postgres:_swap_patiently:" if WAY == "postgres" else "run_folders:switch:"
# So many that what is published next is never there already.
MARKS = [f"build {number}" for number in range(5)]
KEPT = 2


def in_child(function, *arguments):
    """What the function returns in a forked process; None where that was killed."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(write, json.dumps(function(*arguments)).encode())
            os._exit(0)
        except BaseException as error:
            print(type(error).__name__, error, file=sys.stderr)
            os._exit(1)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        content = answer.read()
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return None
    assert status == 0
    return json.loads(content)


def publish(mark):
    """Publishes; the name of the run."""
    run = publication.publish_files(FOLDER / f"{mark}.duckdb", PUBLISHED, KEPT)
    if WAY == "postgres":
        postgres.publish_postgres(run, URI, KEPT)
    return run.name


def traced(mark, dies_at):
    """Publishes; the lines it passes for the first time, in order. Killed when it comes to the line `dies_at`."""
    passed = []
    files = {module.__file__ for module in TRACED}

    def trace(frame, event, _):
        if frame.f_code.co_filename not in files:
            return None
        line = f"{Path(frame.f_code.co_filename).stem}:{frame.f_code.co_name}:{frame.f_lineno}"
        if event == "line" and line not in passed:
            passed.append(line)
            if line == dies_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    try:
        publish(mark)
    finally:
        sys.settrace(None)
    return passed


def seen():
    """The mark that each kind of reader sees."""
    ways = ["postgres"] if WAY == "postgres" else ["views", "copy"]
    return [one_mark(way, PLACE) for way in ways]


def there():
    """The names of the runs that are there, and what else is left of publications."""
    if WAY == "postgres":
        with PostgresSession(URI) as session:
            runs = postgres_runs.loaded_runs(session)
        return [run.name for run in runs], [run.name for run in runs if run.number == 0]
    here = {each.name for each in PUBLISHED.iterdir()} - {".lock", "current", "customer_insight.duckdb", "runs"}
    runs = list((PUBLISHED / "runs").iterdir())
    half = [run.name for run in runs if not (run / "manifest.json").is_file()]
    return [run.name for run in runs], sorted(here) + half


def main():
    names = {mark: in_child(publish, mark) for mark in reversed(MARKS)}
    current = 0
    lines = in_child(traced, MARKS[0], None)
    # first the killed one is published again, then another
    deaths = [(line, 0) for line in lines[::-EVERY]] + [(line, 1) for line in lines if line.startswith(SWITCH)]
    for line, further in deaths:
        killed, following = (MARKS[(current + 1 + step) % len(MARKS)] for step in (0, further))
        death = {"line": line, "before": MARKS[current], "publishing": killed, "next": following}
        death["killed"] = in_child(traced, killed, line) is None
        death["after_the_kill"] = in_child(seen)
        in_child(publish, following)
        death["after_the_next"] = in_child(seen)
        kept, death["left_over"] = in_child(there)
        death["kept"] = [mark for mark in MARKS if names[mark] in kept]
        print(json.dumps(death), flush=True)
        current = MARKS.index(following)


if __name__ == "__main__":
    main()
