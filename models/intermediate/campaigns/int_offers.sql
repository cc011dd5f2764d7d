-- One row per form of a campaign that was shown to people, and so could be sent again: what one contact costs, if that is known,
-- and whether people must have agreed to it.
with shown as (
    select
        campaign_id,
        variant,
        count(*) as people
    from {{ ref('int_campaign_people') }}
    group by campaign_id, variant
),

costs as (
    select
        kind,
        campaign_id,
        count(*) filter (where arm = 'treatment') as contacts,
        -- decimals add up to the same in any order
        sum(cost) as touch_cost
    from {{ ref('int_campaign_customers') }}
    where kind in ('drawn', 'not drawn')
    group by kind, campaign_id
)

select
    cast(row_number() over (order by s.campaign_id asc nulls last, s.variant asc nulls last) as bigint) - 1 as offer_code,
    dense_rank() over (order by s.campaign_id asc nulls last) - 1 as campaign_code,
    s.campaign_id,
    s.variant,
    c.campaign_name,
    c.channel,
    c.needs_consent,
    c.attribution_days,
    case
        when c.cost is not null or k.touch_cost is not null
            then cast(coalesce(c.cost, 0) + coalesce(k.touch_cost, 0) as double) / nullif(k.contacts, 0)
    end as cost
from shown as s
inner join {{ ref('int_campaigns') }} as c on s.campaign_id = c.campaign_id
left join costs as k on s.campaign_id = k.campaign_id
where
    s.people >= {{ var('min_group_size') }}
    {% if var('offer_campaigns') is not none %}
    and array_contains(split({{ sql_text(var('offer_campaigns')) }}, '|'), s.campaign_id)
    {% endif %}
