"""A system that is read twice, as two shops, gives of each what it gives alone: no model mixes the rows of two."""

import pytest
from customer_insight.commands.demo import write_export
from customer_insight.demo.exports import EXPORTS
from source_warehouse import build_sources, canonical_tables

ROWS = "select * exclude (source_name) replace (row_number % 1000000000000000 as row_number) from {} order by all"


@pytest.mark.long
@pytest.mark.parametrize("system", sorted(EXPORTS))
def test_each_of_two_shops_has_the_rows_that_it_has_alone(tmp_path, system):
    for shop, seed in (("north", 1), ("south", 2)):
        write_export(system, seed, 60, tmp_path / shop)
    alone = {shop: build_sources(tmp_path / f"{shop}_alone", system, tmp_path / shop) for shop in ("north", "south")}
    sources = ", ".join(f"{system}:{shop}={tmp_path}/{shop}" for shop in alone)
    both = build_sources(tmp_path / "both", sources, "")
    assert both.success, both.output
    filled = 0
    for table in canonical_tables():
        for place, (shop, run) in enumerate(alone.items()):
            expected = run.rows(ROWS.format(f"sources.src_{table}"))
            found = f"(from sources.src_{table} where source_name = '{system}:{shop}')"
            assert both.rows(ROWS.format(found)) == expected
            numbers = both.rows(f"select min(row_number) // 1000000000000000 from {found}")
            assert numbers == [(place,)] or not expected
            filled += len(expected)
    assert filled > 500
