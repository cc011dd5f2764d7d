"""Run in Superset's environment: what SQLAlchemy sees of a published file through duckdb-engine."""

import sys

import sqlalchemy

engine = sqlalchemy.create_engine(f"duckdb:///{sys.argv[1]}", connect_args={"read_only": True})
inspector = sqlalchemy.inspect(engine)
seen = set()
for schema in inspector.get_schema_names():
    topic = schema.split(".")[-1].strip('"')
    if topic in ("information_schema", "pg_catalog", "main"):
        continue
    for table in inspector.get_table_names(schema):
        assert inspector.get_table_comment(table, schema)["text"], f"{schema}.{table} has no description"
        for column in inspector.get_columns(table, schema):
            seen.add((topic, table, column["name"]))
            assert not isinstance(column["type"], sqlalchemy.types.NullType), (
                f"{schema}.{table}.{column['name']}: no type"
            )
            assert column["comment"], f"{schema}.{table}.{column['name']} has no description"
with engine.connect() as connection:
    columns = "select schema_name, table_name, column_name from duckdb_columns() where not internal"
    there = {tuple(row) for row in connection.execute(sqlalchemy.text(columns))}
assert seen == there, there ^ seen
print("every table and column has a type and a description")
