-- One row per row that repeats another. Of several rows for a campaign the last counts: by place in the source.
{{ repeated_rows('campaigns', 'campaign_id') }}
