"""A page is written whole or not at all, and what goes wrong is said in a sentence."""

import errno
import os
import stat
from pathlib import Path

import pytest
from customer_insight.commands.page_file import write_page
from customer_insight.commands.project import CommandError


def below(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def full_disk(path, text, **_):
    """Like Path.write_text where the disk is full after half of the text."""
    path.write_bytes(text[: len(text) // 2].encode())
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_page_is_there_for_everybody_to_read_with_nothing_beside_it(tmp_path):
    write_page("käse", tmp_path / "page.html")
    assert (tmp_path / "page.html").read_bytes() == "käse".encode()
    assert stat.S_IMODE((tmp_path / "page.html").stat().st_mode) == 0o444
    assert below(tmp_path) == ["page.html"]


def test_folders_above_are_made(tmp_path):
    write_page("new", tmp_path / "a" / "b" / "page.html")
    assert (tmp_path / "a" / "b" / "page.html").read_text() == "new"


def test_who_has_the_page_before_open_reads_it_to_its_end(tmp_path):
    write_page("old", tmp_path / "page.html")
    with (tmp_path / "page.html").open() as reader:
        write_page("new", tmp_path / "page.html")
        assert reader.read() == "old"
    assert (tmp_path / "page.html").read_text() == "new"


def test_what_a_killed_run_left_is_in_nobodys_way(tmp_path):
    left = tmp_path / ".page.html.partial"
    left.write_text("hal")
    left.chmod(0o444)
    write_page("new", tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text() == "new"
    assert below(tmp_path) == ["page.html"]


@pytest.mark.parametrize("page", [".", "..", "/", "folder", "folder/", "/dev/null"])
def test_folders_and_devices_are_no_pages_and_stay_as_they_are(tmp_path, monkeypatch, page):
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path / "folder" if page == ".." else tmp_path)
    with pytest.raises(CommandError, match=r"cannot be written: it is not a file\.$"):
        write_page("new", Path(page))
    assert below(tmp_path) == ["folder"]
    assert not Path(os.devnull).is_file()


def test_below_a_file_there_is_no_page(tmp_path):
    (tmp_path / "file").touch()
    for page in (tmp_path / "file" / "page.html", tmp_path / "file" / "a" / "page.html"):
        with pytest.raises(CommandError, match=r"page\.html cannot be written: .* above it is a file\.$"):
            write_page("new", page)
    assert below(tmp_path) == ["file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path):
    (tmp_path / "closed").mkdir(mode=0o500)
    for page in (tmp_path / "closed" / "page.html", tmp_path / "closed" / "a" / "page.html"):
        with pytest.raises(CommandError, match=r"page\.html cannot be written: Permission denied\.$"):
            write_page("new", page)
    assert below(tmp_path) == ["closed"]


def test_on_a_full_disk_the_page_before_stays_and_nothing_else(tmp_path, monkeypatch):
    write_page("old", tmp_path / "page.html")
    monkeypatch.setattr(Path, "write_text", full_disk)
    with pytest.raises(CommandError, match=r"page\.html cannot be written: No space left on device\.$"):
        write_page("new", tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text() == "old"
    assert below(tmp_path) == ["page.html"]
