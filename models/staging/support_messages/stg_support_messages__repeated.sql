-- One row per row that repeats another. Of several rows for a key the latest stays: by time, then by place in the source.
{{ repeated_rows('support_messages', 'message_id', known_at='sent_at', version='sent_at') }}
