"""No public table says anything about fewer people than `min_group_size`."""

import pytest
from built_shops import SHOPS
from public_tables import PUBLIC_TABLES

MIN_GROUP_SIZE = 5
OF_GROUPS = {name: table.group_sizes for name, table in PUBLIC_TABLES.items() if table.group_sizes}


def test_every_public_table_says_how_large_its_groups_are_or_why_it_has_none():
    assert [name for name, table in PUBLIC_TABLES.items() if bool(table.group_sizes) == bool(table.no_group)] == []


@pytest.mark.parametrize("shop", SHOPS)
def test_no_group_is_too_small(shop, request):
    warehouse = request.getfixturevalue(shop)
    small = {
        name: [size for size in warehouse.column(sql) if size and size < MIN_GROUP_SIZE]
        for name, sql in OF_GROUPS.items()
    }
    assert {name: sizes for name, sizes in small.items() if sizes} == {}


def test_the_demo_shop_has_groups_to_look_at(demo):
    # who was in which segment before is known from the second run on
    assert [name for name, sql in OF_GROUPS.items() if not demo.column(sql)] == ["segments.segment_transitions"]
