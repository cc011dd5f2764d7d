"""The made shop as shop systems export it, with what is peculiar to their files: a module a system.

Each has `FILES`, the files it writes by name, and `rows(block, products)`: files and rows of them that a block
of customers becomes. A module in `EXPORTS` is a choice of `customer-insight demo --as`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from customer_insight.demo.columns import TextTable
from customer_insight.demo.exports import amazon, ebay, etsy, ga4, olist, shopify, snowplow, square, woocommerce
from customer_insight.demo.exports.export_file import ExportFile, Row
from customer_insight.demo.shop import Block


class Export(Protocol):
    """A system's export."""

    FILES: dict[str, ExportFile]

    def rows(self, block: Block, products: TextTable) -> Iterator[tuple[str, Row]]:
        """Names of files and rows of them. `products`: the whole catalogue, which only the first block holds."""
        ...


EXPORTS: dict[str, Export] = {
    "shopify": shopify,
    "woocommerce": woocommerce,
    "square": square,
    "etsy": etsy,
    "ebay": ebay,
    "amazon": amazon,
    "olist": olist,
    "ga4": ga4,
    "snowplow": snowplow,
}
