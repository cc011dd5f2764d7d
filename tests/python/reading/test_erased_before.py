"""Who was erased by an earlier build is erased in every file, whichever sources there are then."""

from unittest import mock

import pytest
from customer_insight.publish.erasure_file import erasure_key
from customer_insight.publish.id_key import id_key
from rendered_warehouse import Rendered, rendered

CUSTOMERS = "customer_id,email,marketing_consent\nC1,one@example.com,true\nC2,two@example.com,true\nC3,,\n"
ORDERS = """order_id,customer_id,product_id,ordered_at
O1,C1,P1,2024-01-01
O2,orders only,P1,2024-01-02
O3,Anna@Example.com,P1,2024-01-03
"""


@pytest.fixture
def shop(tmp_path):
    (tmp_path / "customers.csv").write_text(CUSTOMERS)
    (tmp_path / "order_lines.csv").write_text(ORDERS)
    return tmp_path


def erased(source, raw, *before):
    """Whom a build erases that begins with the keys of these."""
    keys = [erasure_key(id_key(None), each) for each in before]
    make = Rendered._make

    def made(warehouse, name):
        warehouse.connection.execute("set variable erased_keys = $1::varchar[]", [keys])
        return make(warehouse, name)

    with mock.patch.object(Rendered, "_make", made):
        warehouse = rendered(source, raw, "stg_wishes")
    return {row[0] for row in warehouse.rows("select customer_id from staging.stg_wishes where is_erased")}


def test_of_one_source_whoever_was_erased_alone_or_beside_others(shop):
    before = ["C1", "nobody", "orders only", "anna@example.com", "files:C2", "shopify:C3"]
    assert erased("files", shop, *before) == {"C1", "C2", "orders only", "anna@example.com"}


def test_of_two_sources_the_one_that_was_erased(shop):
    assert erased(f"files:a={shop}, files:b={shop}", "", "files:a:C1", "C2") == {"files:a:C1"}
