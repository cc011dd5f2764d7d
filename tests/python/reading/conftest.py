"""A check of files, as a shop runs it."""

import pytest
from customer_insight.commands.cli import main
from test_values import ROOT


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Exit code and output of a check of files with these texts."""
    monkeypatch.chdir(ROOT)
    for name in ("SOURCE", "RAW", "WAREHOUSE"):
        monkeypatch.setenv(f"CUSTOMER_INSIGHT_{name}", "")

    def checked(*arguments, **files):
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        source = [] if "--source" in arguments else ["--source", "files", "--raw", str(tmp_path)]
        code = main(["check", *source, *arguments])
        return code, capsys.readouterr().out

    return checked
