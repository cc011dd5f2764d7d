"""A command in a fresh process: how long, how much processor, how much memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
SAMPLE_SECONDS = 0.2


class CommandError(Exception):
    """The command ended with an error; the text is what it printed last."""


@dataclass(frozen=True)
class Cost:
    """wall and cpu (user + system) in seconds; peak_gb: resident memory of the process and its children together."""

    wall: float
    cpu: float
    peak_gb: float


def run(
    command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> Cost:
    """Runs the command to its end in `folder`, output to `log`; raises CommandError unless it ends with 0."""
    began = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})}, cwd=folder
        )
        peak = 0
        while True:
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            peak = max(peak, sum(_resident_bytes(pid) for pid in _tree(process.pid)))
            time.sleep(SAMPLE_SECONDS)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    if process.returncode:
        raise CommandError(f"{' '.join(command)} ended with {process.returncode}:\n{log.read_text()[-2000:]}")
    # the kernel knows the peak of one process to the page; samples know the sum of several
    return Cost(wall, usage.ru_utime + usage.ru_stime, max(peak, usage.ru_maxrss * 1024) / 1e9)


def _tree(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid] + [each for child in children for each in _tree(int(child))]


def _resident_bytes(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_BYTES
    except (OSError, IndexError):
        return 0
