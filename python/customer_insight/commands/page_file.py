"""How a page comes to its place: whole or not at all."""

from __future__ import annotations

from pathlib import Path

from customer_insight.commands.project import CommandError

READABLE = 0o444


def write_page(text: str, page: Path) -> None:
    """Writes the page in one rename, so that nobody ever reads half of it; makes the folders above.

    Raises CommandError with a plain sentence where that cannot be done; what was there before stays.
    """
    try:
        if page.exists() and not page.is_file():  # a folder or a device
            raise CommandError(f"{page} cannot be written: it is not a file.")
        made = page.with_name(f".{page.name}.partial")
        page.parent.mkdir(parents=True, exist_ok=True)
        try:
            made.unlink(missing_ok=True)  # of a run that was killed
            made.write_text(text, encoding="utf-8")
            made.chmod(READABLE)
            made.replace(page)
        finally:
            made.unlink(missing_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise CommandError(f"{page} cannot be written: what should be a folder above it is a file.") from None
    except OSError as error:
        raise CommandError(f"{page} cannot be written: {error.strerror}.") from error
