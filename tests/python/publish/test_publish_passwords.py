"""Passwords come from the environment and go nowhere else."""

import pytest
from customer_insight.commands.cli import main
from customer_insight.publish.postgres_session import PostgresError, PostgresSession, passwords, redacted
from hypothesis import given
from hypothesis import strategies as st
from made_warehouse import make_warehouse

SECRET = "s3kr3t-w0rd"
URIS = [
    f"postgresql://me:{SECRET}@127.0.0.1:1/shop",
    f"postgresql://me:{SECRET}@127.0.0.1:1/shop?{SECRET}",
    f"postgresql://me:{SECRET}%zz@127.0.0.1:1/shop",
    f"postgresql://me:{SECRET}/with@slash@127.0.0.1:1/shop",
    f"postgresql://127.0.0.1:1/shop?user=me&password={SECRET}",
    f"host=127.0.0.1 port=1 user=me password={SECRET}",
    f"host=127.0.0.1 port=x password='{SECRET}'",
    f"mysql://me:{SECRET}@host/x",
]


@pytest.mark.parametrize("uri", URIS)
def test_no_error_of_the_driver_tells_the_password(uri):
    with pytest.raises(PostgresError) as caught:
        PostgresSession(uri)
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@given(st.text("abcXYZ012%/:@?#&='+ ", min_size=4, max_size=12))
def test_a_message_with_a_password_loses_it(password):
    message = f"cannot use {password} in postgresql://me:{password}@host/shop"
    environment = {"PGPASSWORD": password}
    shown = redacted(message, "", environment)
    assert password in passwords("", environment)
    assert password not in shown


def test_a_decoded_password_is_hidden_too():
    assert redacted("found a b@c", "postgresql://me:a%20b%40c@host/x", {}) == "found ***"


@pytest.mark.parametrize("variable", ["CUSTOMER_INSIGHT_POSTGRES", "PGPASSWORD"])
def test_the_verb_writes_the_password_nowhere(tmp_path, monkeypatch, capfd, variable):
    file = make_warehouse(tmp_path / "customer_insight.duckdb")
    monkeypatch.setenv("CUSTOMER_INSIGHT_POSTGRES", "postgresql://me@127.0.0.1:1/shop")
    monkeypatch.setenv(variable, SECRET if variable == "PGPASSWORD" else URIS[0])
    assert main(["publish", "--warehouse", str(file), "--postgres"]) == 1
    told = "".join(capfd.readouterr())
    assert "Not published: PostgreSQL cannot be reached" in told
    assert SECRET not in told
    for written in tmp_path.rglob("*"):
        assert written.is_dir() or SECRET.encode() not in written.read_bytes()


def test_without_the_variable_the_verb_says_what_it_needs(monkeypatch, capsys):
    monkeypatch.delenv("CUSTOMER_INSIGHT_POSTGRES", raising=False)
    assert main(["publish", "--postgres"]) == 1
    assert "--postgres needs CUSTOMER_INSIGHT_POSTGRES, for example postgresql://" in capsys.readouterr().err
