-- One row per row that repeats another. Of several rows for a key the latest stays: by place in the source.
{{ repeated_rows('product_vectors', 'product_id') }}
