"""The folder that readers see: runs, the `current` link, and how one run takes the place of another.

    published/
      current -> runs/20111209_0123456789ab
      runs/20111209_0123456789ab/   manifest.json, views.duckdb, <schema>/<table>.parquet
        .published                  was the current run; its time tells when it became that
      customer_insight.duckdb       the same tables in one file
      .partial/                     what is being made; whatever is left of it is removed by the next publication
      .lock                         held while publishing

Every step that readers can see is one rename.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from customer_insight.publish.publish_errors import PublishError

MANIFEST = "manifest.json"
COPY = "customer_insight.duckdb"
MARK = ".published"
READ_ONLY = 0o444
FOLDER_MODE = 0o755
RUN_NAME = re.compile(r"(\d{8}|undated)_[0-9a-f]{12}")


@dataclass(frozen=True)
class RunFolders:
    """A folder of publications, and paths in it."""

    folder: Path

    @property
    def partial(self) -> Path:
        """What is being made."""
        return self.folder / ".partial"

    @property
    def current(self) -> Path:
        """The link to the run that readers see."""
        return self.folder / "current"

    def run(self, name: str) -> Path:
        """The folder of a run."""
        return self.folder / "runs" / name

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the folder for one publication, with an empty `.partial`. The lock of a killed process is free again.

        Raises PublishError where another publication is at work, or where the folder cannot be written.
        """
        try:
            (self.folder / "runs").mkdir(parents=True, exist_ok=True)
            lock = (self.folder / ".lock").open("w")
        except OSError as error:
            raise PublishError(f"{self.folder} cannot be written: {error.strerror}.") from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise PublishError(f"Another publication into {self.folder} is at work; wait for its end.") from error
            self._clean()
            self.partial.mkdir()
            try:
                yield
            finally:
                shutil.rmtree(self.partial, ignore_errors=True)

    def put_run(self, name: str, files: list[str]) -> None:
        """Moves files of `.partial` into the run's folder, one rename each.

        A run of this name has the same bytes, so replacing its files changes nothing for those who read it.
        """
        for file in files:
            self._put(self.partial / file, self.run(name) / file)

    def switch(self, name: str) -> None:
        """Makes the run the current one, in one rename; it counts as the latest from now on."""
        link = self.partial / "current"
        link.symlink_to(Path("runs", name))
        os.replace(link, self.current)
        self._mark_current()

    def put_copy(self) -> None:
        """Puts the DuckDB file of `.partial` in the place of the one before; open readers keep that."""
        # a log beside it belongs to the file that goes: DuckDB would replay it into the new one
        Path(f"{self.folder / COPY}.wal").unlink(missing_ok=True)
        self._put(self.partial / COPY, self.folder / COPY)

    def drop_old_runs(self, kept: int) -> None:
        """Removes all but the `kept` runs published last; the current one always stays."""
        runs = sorted(self._runs(), key=lambda run: (run / MARK).stat().st_mtime_ns, reverse=True)
        current = self.current.resolve()
        others = [run for run in runs if run != current]
        for run in others[kept - 1 :]:
            self._remove_run(run)

    def _put(self, made: Path, place: Path) -> None:
        for folder in (place.parent.parent, place.parent):
            if folder.is_relative_to(self.folder):  # what lies above is not ours
                folder.mkdir(exist_ok=True)
                os.chmod(folder, FOLDER_MODE)
        os.chmod(made, READ_ONLY)
        os.replace(made, place)

    def _clean(self) -> None:
        """Removes what a killed publication left: `.partial`, and runs that readers never saw, whole ones too."""
        shutil.rmtree(self.partial, ignore_errors=True)
        if self.current.exists():
            if not (self.current / MARK).is_file():
                self._adopt_runs()
            self._mark_current()
        for run in self._runs():
            if not (run / MARK).is_file():
                shutil.rmtree(run)

    def _adopt_runs(self) -> None:
        """Marks the whole runs of a folder whose current run has no mark: readers saw them.

        Either the marks are lost: a restore left them out, or there were none yet in the version that published here.
        Or the kill came between the rename and the mark: then all runs but the current one have theirs. The current
        one comes last, so that a publication killed in here leaves the others to the next.
        """
        current = self.current.resolve()
        for run in self._runs():
            if run != current and (run / MANIFEST).is_file() and not (run / MARK).is_file():
                seen = run.stat().st_mtime_ns  # a mark changes it
                (run / MARK).touch(READ_ONLY)
                os.utime(run / MARK, ns=(seen, seen))

    def _mark_current(self) -> None:
        (self.current / MARK).touch(READ_ONLY)

    def _runs(self) -> list[Path]:
        """Folders with the name of a run; whatever else lies there belongs to somebody else."""
        return [run for run in (self.folder / "runs").iterdir() if RUN_NAME.fullmatch(run.name) and run.is_dir()]

    def _remove_run(self, run: Path) -> None:
        """One rename takes it out of sight, so that no half of it can ever be found under its name."""
        gone = self.partial / "gone"
        os.replace(run, gone)
        shutil.rmtree(gone)
