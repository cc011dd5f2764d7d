"""Names of the warehouse file that no query could tell from something else are refused in a sentence."""

from types import SimpleNamespace

import duckdb
import pytest
from customer_insight.commands import dbt_plugin
from customer_insight.publish.id_key import KEY_VARIABLE


def plugin(path):
    return dbt_plugin.Plugin(name="p", plugin_config={}, credentials=SimpleNamespace(path=str(path)))


@pytest.mark.parametrize("name", ["shop", "main", "temp", "system", "Temp", "memory", "information_schema"])
def test_a_warehouse_file_is_not_named_like_a_schema_or_a_database_of_the_engine(name, tmp_path):
    with pytest.raises(ValueError, match=rf"{name}\.duckdb is named like one of its schemas or of the engine's own"):
        plugin(tmp_path / f"{name}.duckdb")
    assert list(tmp_path.iterdir()) == []


def test_every_connection_has_the_key_of_published_ids_as_a_variable(tmp_path, monkeypatch):
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    made = plugin(tmp_path / "new" / "my_shop.duckdb")
    with duckdb.connect() as connection:
        made.configure_cursor(connection)
        key = (tmp_path / "new" / "my_shop.id_key").read_text().strip()
        assert connection.execute("select getvariable('id_key')").fetchall() == [(key,)]
    assert len(plugin(":memory:").id_key) == 64
