-- One row per row of the source, cleaned and cast: what was spent on a channel on a day, and the first thing wrong with it.
with {{ rows_by_type('channel_costs', ref('src_channel_costs')) }}

select
    row_number,
    source_name,
    coalesce({{ fault_of_columns('channel_costs') }}, case
        when cost_read < 0 then 'cost is negative'
    end) as reject_reason,
    cost_date_read as cost_date,
    -- the instant from which anything of the day can be known
    {{ from_local_time('cast(cost_date_read as timestamp)') }} as known_at,
    {{ plain_words('channel') }} as channel,
    known.known_channel is not null as has_known_channel,
    cost_read as cost,
    {{ named_currency('currency') }} as currency,
    campaign_name
from by_type
left join {{ named_channels(with_spellings=true) }} as known on {{ plain_words('channel') }} = known.known_channel
