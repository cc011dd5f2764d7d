-- One row per row that repeats another. Of several rows for a key the latest stays: by place in the source; two sources (two
-- shops) spend each on its own.
{{ repeated_rows('channel_costs', 'cost_date, channel, campaign_name, source_name', known_at='known_at') }}
