-- One row per row that repeats another. A product of a source is the same as one other: the last row that says so counts.
{{ repeated_rows('product_links', 'source_product_id') }}
