-- One row per row that repeats another. Of several rows for a key the latest stays: by place in the source.
{{ repeated_rows('channel_costs', 'cost_date, channel, campaign_name', known_at='known_at') }}
