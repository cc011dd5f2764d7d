"""Results for readers: Parquet behind a link, one read-only DuckDB file, PostgreSQL. Touches files and databases."""
