-- One row per row of the source, cleaned and cast: a campaign, and the first thing that is wrong with it.
with {{ rows_by_type('campaigns', ref('src_campaigns')) }}

select
    row_number,
    source_name,
    coalesce({{ fault_of_columns('campaigns') }}, case
        when ends_at_read <= starts_at_read then 'ends_at is not after starts_at'
        when cost_read < 0 then 'cost is negative'
        when holdout_share_read not between 0 and 0.9 then 'holdout_share is not between 0 and 0.9'
        when attribution_days_read not between 1 and 366 then 'attribution_days is not between 1 and 366'
        when lower(success_metric) not in ({{ campaign_metrics() | map('tojson') | join(', ') | replace('"', "'") }})
            then 'success_metric is not one of {{ campaign_metrics() | join(", ") }}'
        when {{ names_a_holdout('variants') }} then 'variants name a holdout: give holdout_share'
        when not {{ are_variants('variants') }} then 'variants are not names with | between them, each once: A:2|B:1'
    end) as reject_reason,
    campaign_id_read as campaign_id,
    campaign_name,
    lower(channel) as channel,
    audience,
    offer,
    variants,
    {{ a_date('starts_at_read') }} as starts_at,
    {{ a_date('ends_at_read') }} as ends_at,
    cast(cost_read as decimal(18, 2)) as cost,
    cast(holdout_share_read as double) as holdout_share,
    lower(success_metric) as success_metric,
    cast(attribution_days_read as int) as attribution_days
from by_type
