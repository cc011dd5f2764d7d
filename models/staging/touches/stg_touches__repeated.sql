-- One row per row that repeats another. Of several rows for a key the latest stays: by time, then by place in the source.
{{ repeated_rows('touches', 'touch_id', known_at='shown_at', version='shown_at') }}
