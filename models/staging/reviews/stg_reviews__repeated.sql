-- One row per row that repeats another. Of several rows for a key the latest stays: by the time of its last change, then by
-- place in the source.
{{ repeated_rows('reviews', 'review_id', known_at='reviewed_at', version='updated_at') }}
