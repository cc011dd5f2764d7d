-- One row per row that repeats another. Of several rows for a key the latest stays: by the time of its last change, then by
-- place in the source.
{{ repeated_rows('products', 'product_id', version='updated_at') }}
