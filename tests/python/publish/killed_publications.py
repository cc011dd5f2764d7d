"""`python killed_publications.py FOLDER WAY URI`: see test_publish_killed.py. Prints one JSON line for each death."""

import json
import os
import signal
import sys
from pathlib import Path

from customer_insight.publish import postgres, postgres_runs, publication, run_folders
from customer_insight.publish.postgres_session import PostgresSession
from reading import one_mark

FOLDER, WAY, URI = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
PUBLISHED = FOLDER / "published"
PLACE = URI if WAY == "postgres" else str(PUBLISHED)
TRACED = [postgres, postgres_runs] if WAY == "postgres" else [publication, run_folders]
EVERY = 5 if WAY == "postgres" else 3


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
    run = publication.publish_files(FOLDER / f"{mark}.duckdb", PUBLISHED, 1)
    if WAY == "postgres":
        publish_to_postgres(run)


def publish_to_postgres(run):
    postgres.publish_postgres(run, URI, 1)


def traced(mark, dies_at):
    """Publishes; the lines it passes for the first time, in order. Killed when it comes to the line `dies_at`."""
    passed = []
    files = {module.__file__ for module in TRACED}

    def trace(frame, event, _):
        if frame.f_code.co_filename not in files:
            return None
        line = f"{Path(frame.f_code.co_filename).stem}:{frame.f_lineno}"
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


def left_over():
    """What should not be there after a publication."""
    if WAY == "postgres":
        with PostgresSession(URI) as session:
            runs = postgres_runs.loaded_runs(session)
        return [run.name for run in runs[1:]] + [run.name for run in runs if run.number == 0]
    here = {each.name for each in PUBLISHED.iterdir()} - {".lock", "current", "customer_insight.duckdb", "runs"}
    runs = [run.name for run in (PUBLISHED / "runs").iterdir()]
    whole = len(runs) == 1 and (PUBLISHED / "runs" / runs[0] / "manifest.json").is_file()
    return sorted(here) + ([] if whole else runs)


def main():
    marks = ["build 1", "build 2"]
    in_child(publish, marks[0])
    lines = in_child(traced, marks[1], None)
    before = 1
    for line in lines[::EVERY]:
        mark = marks[1 - before]
        killed = in_child(traced, mark, line) is None
        death = {"line": line, "killed": killed, "before": marks[before], "published": mark}
        death["after_the_kill"] = in_child(seen)
        in_child(publish, mark)
        death["after_the_next"] = in_child(seen)
        death["left_over"] = in_child(left_over)
        print(json.dumps(death), flush=True)
        before = 1 - before


if __name__ == "__main__":
    main()
