"""Ids that are e-mail addresses or telephone numbers are in nothing that readers get, and the same id has one hash."""

import hashlib
import re
import stat
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.publish.id_key import KEY_VARIABLE, IdKeyError, id_key, key_file
from customer_insight.publish.postgres import publish_postgres
from customer_insight.publish.publication import publish_files
from customer_insight.publish.publish_errors import PublishError
from customer_insight.publish.published_ids import prepare
from made_warehouse import make_warehouse

ROOT = Path(__file__).parents[3]
KEY = "0123456789abcdef" * 4
ADDRESS = re.compile(rb"[^\s@\"'<>()\[\]{},;:/\\|=&?#](@|%40)([A-Za-z0-9-]{1,60}\.)+[A-Za-z]{2,}")
PHONE = b"70 123 45"
# customers c1 to c20 are addresses, c21 to c30 telephone numbers, the others plain; so are those who visit
ODD_IDS = """
create table staging.stg_published_ids (own_id varchar, published_id varchar);
create temp macro shopper(i) as case
    when i <= 20 then 'shopper.' || i || '+x@mail-' || i || '.example.com'
    when i <= 30 then '+46 70 123 45 ' || i
    else 'C' || i
end;
update shop.orders set order_id = 'order of ' || shopper(cast(substr(customer_id, 2) as int)) || '/' || order_id;
update shop.orders set customer_id = shopper(cast(substr(customer_id, 2) as int));
update shop.sessions set
    entry_page = '/account/me%40example.com/' || session_id,
    session_id = shopper(cast(substr(session_id, 2) as int)) || '-17355' || session_id[2:] || '0000000';
create schema activation;
create table activation.audience_membership as
    select 'lapsed' as audience, shopper(i) as customer_id, 'abc' as email_sha256 from range(1, 41) as r(i);
create table quality.suspicions as select 'customer' as kind, shopper(i) as id from range(1, 41) as r(i)
    union all select 'session' as kind, session_id from shop.sessions;
create table segments.of_customers as
    select shopper(i) as customer_id, '["' || upper(shopper(i)) || '","x@y.de"]' as customers from range(1, 21) as r(i);
insert into staging.stg_published_ids
    select shopper(i), 'id-' || substr(sha256('{key}:' || sha256('{key}:' || shopper(i))), 1, 32)
    from range(1, 31) as r(i);
"""


def hashed(own_id):
    inner = hashlib.sha256(f"{KEY}:{own_id}".encode()).hexdigest()
    return "id-" + hashlib.sha256(f"{KEY}:{inner}".encode()).hexdigest()[:32]


@pytest.fixture
def warehouse(tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    return make_warehouse(tmp_path / "w.duckdb", extra=ODD_IDS.format(key=KEY))


@pytest.fixture
def published(warehouse, tmp_path):
    return publish_files(warehouse, tmp_path / "published", 3)


def column(published, table, name):
    return pq.read_table(published.folder / f"{table}.parquet")[name].to_pylist()


def test_no_address_no_telephone_number_and_no_key_is_in_anything_that_is_published(published):
    root = published.folder.parents[1]
    texts = []
    for file in root.rglob("*.parquet"):
        rows = pq.read_table(file)
        texts += [str(rows[name].to_pylist()).encode() for name in rows.column_names]
    texts += [file.read_bytes() for file in root.rglob("*") if file.is_file()]
    for name in ("customer_insight.duckdb", "current/views.duckdb"):
        with duckdb.connect(str(root / name), read_only=True) as connection:
            for (table,) in connection.execute(
                "select schema_name || '.' || table_name from duckdb_tables()"
            ).fetchall():
                texts.append(str(connection.execute(f"from {table}").fetchall()).encode())
    assert len(texts) > 60
    for text in texts:
        assert not ADDRESS.search(text), ADDRESS.search(text)
        assert PHONE not in text
        assert KEY.encode() not in text


def test_an_id_has_one_hash_in_every_table_and_plain_ids_stay(published):
    ids = {f"C{i}" for i in range(31, 41)}
    ids |= {hashed(f"shopper.{i}+x@mail-{i}.example.com") for i in range(1, 21)}
    ids |= {hashed(f"+46 70 123 45 {i}") for i in range(21, 31)}
    assert set(column(published, "shop/orders", "customer_id")) == ids
    assert set(column(published, "activation/audience_membership", "customer_id")) == ids
    kinds = column(published, "quality/suspicions", "kind")
    suspected = zip(kinds, column(published, "quality/suspicions", "id"), strict=True)
    assert {name for kind, name in suspected if kind == "customer"} == ids
    sessions = column(published, "shop/sessions", "session_id")
    # visitor 0 is in no list of known ids, and an address all the same
    visitors = ids | {hashed("shopper.0+x@mail-0.example.com")} | {f"C{i}" for i in range(41, 60)}
    assert {re.sub("-[0-9]+$", "", name) for name in sessions} == visitors
    assert f"{hashed('+46 70 123 45 25')}-17355250000000" in sessions


def test_addresses_inside_of_texts_and_pages_have_the_hash_of_the_address(published):
    assert f"/account/{hashed('me@example.com')}/S7" in column(published, "shop/sessions", "entry_page")
    first = hashed("shopper.1+x@mail-1.example.com")
    assert f'["{first}","{hashed("x@y.de")}"]' in column(published, "segments/of_customers", "customers")
    assert any(name.startswith(f"order of {first}/O") for name in column(published, "shop/orders", "order_id"))


def test_rows_stand_in_the_order_of_what_is_published(published):
    order = column(published, "shop/sessions", "session_id")
    assert order == sorted(order)


def test_the_same_key_gives_the_same_run_and_another_key_another(warehouse, published, tmp_path, monkeypatch):
    assert publish_files(warehouse, tmp_path / "again", 3).name == published.name
    monkeypatch.setenv(KEY_VARIABLE, "f" * 64)
    assert publish_files(warehouse, tmp_path / "other", 3).name != published.name


def test_postgresql_has_the_same_hashes_and_no_address(published, database):
    publish_postgres(published, database.uri, 3)
    rows = database.rows("select customer_id from shop.orders")
    assert {row[0] for row in rows} == set(column(published, "shop/orders", "customer_id"))
    assert not any(
        ADDRESS.search(str(database.rows(f"select * from {table}")).encode())
        for table in ("shop.orders", "shop.sessions", "quality.suspicions", "segments.of_customers")
    )


def test_the_key_is_made_once_beside_the_warehouse_for_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    warehouse = tmp_path / "made" / "my_shop.duckdb"
    key = id_key(warehouse)
    assert re.fullmatch("[0-9a-f]{64}", key)
    assert key_file(warehouse).name == "my_shop.id_key"
    assert stat.S_IMODE(key_file(warehouse).stat().st_mode) == 0o600
    assert id_key(warehouse) == key != id_key(tmp_path / "other.duckdb")
    assert [file.name for file in warehouse.parent.iterdir()] == ["my_shop.id_key"]
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    assert id_key(warehouse) == KEY


def test_a_key_that_is_none_is_said_without_showing_it(tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "my secret")
    with pytest.raises(IdKeyError, match="CUSTOMER_INSIGHT_ID_KEY must hold 64 hex digits") as caught:
        id_key(tmp_path / "w.duckdb")
    assert "my secret" not in str(caught.value)
    with pytest.raises(PublishError, match="CUSTOMER_INSIGHT_ID_KEY must hold 64 hex digits"):
        publish_files(make_warehouse(tmp_path / "w.duckdb"), tmp_path / "published", 3)
    monkeypatch.delenv(KEY_VARIABLE)
    (tmp_path / "file").touch()
    with pytest.raises(IdKeyError, match="cannot be read or made: File exists; CUSTOMER_INSIGHT_ID_KEY can hold one"):
        id_key(tmp_path / "file" / "w.duckdb")


@pytest.fixture
def published_text(tmp_path, monkeypatch):
    """What readers see in the place of a text."""
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    with duckdb.connect() as connection:
        prepare(connection, "memory", tmp_path / "w.duckdb")
        yield lambda text: connection.execute("select published_text(?)", [text]).fetchone()[0]


@pytest.mark.parametrize(
    "written",
    [
        "anna@example.com",
        "Anna@Example.com",
        "<anna@example.com>",
        "Anna <anna@example.com>",
        "mailto:anna@example.com",
        "anna@example.com.",
        "anna@example.com,",
        "anna@example.com\u200b",
        "\ufeffanna@example.com",
        "anna%40example.com",
        "anna\uff20example.com",
        "anna\uff20EXAMPLE.com",
    ],
)
def test_a_person_is_the_same_however_the_address_is_written(written, published_text):
    assert person(written) == "anna@example.com"
    assert is_contact(written)
    said = published_text(f"she is {written}")
    assert hashed("anna@example.com") in said
    assert "example" not in said.lower()


def test_letters_with_marks_are_composed_in_an_address(published_text):
    composed, apart = "j\u00fcrgen@m\u00fcller.de", "JU\u0308RGEN@mu\u0308ller.de"
    assert person(apart) == person(composed) == composed
    assert published_text(apart) == published_text(composed) == hashed(composed)


@pytest.mark.parametrize("written", ["AB@cd==", "ab@CD==", "K17a", "a@b", "X%40Y", "J\u00fcrgen"])
def test_what_is_no_address_stays_as_it_is_written(written):
    assert person(written) == written


def person(written):
    return value_of("person_id", written)


def is_contact(written):
    return value_of("may_be_contact_like", written) and value_of("is_contact_like", written)


def value_of(macro, text):
    with duckdb.connect() as connection:
        expression = ProjectSql(ROOT, {}).call(macro, "id")
        return connection.execute(f"select {expression} from (select cast(? as varchar) as id)", [text]).fetchone()[0]
