-- One row per customer who may be contacted by some offer: what is known of them now, how often they were written to of late, and
-- two even draws, keyed, that are others at another as_of. Who asked a campaign for no more is written to by none.
with unsubscribed as (
    select distinct coalesce(t.customer_id, l.customer_id) as customer_id
    from {{ ref('stg_touches') }} as t
    left join {{ ref('int_touched_visitors') }} as l on t.customer_id is null and t.row_number = l.row_number
    where t.unsubscribed_at is not null
),

offered as (
    select bool_or(not needs_consent) as is_open_to_all
    from {{ ref('int_offers') }}
),

open_to as (
    select
        d.*,
        k.customer_code,
        k.created_at,
        k.has_marketing_consent and n.customer_id is null as has_consent,
        cast({{ epoch_microseconds('a.as_of') }} as string) as now
    from {{ ref('int_campaign_customers') }} as d
    cross join {{ ref('stg_as_of') }} as a
    cross join offered as o
    inner join {{ ref('int_customers') }} as k on d.customer_id = k.customer_id
    left join unsubscribed as n on d.customer_id = n.customer_id
    where
        d.kind = 'today'
        and not k.is_erased
        -- without any offer nobody is decided on
        and case
            when o.is_open_to_all is null then false
            else o.is_open_to_all or (k.has_marketing_consent and n.customer_id is null)
        end
)

select
    u.customer_code,
    u.segment_id,
    u.has_consent,
    t.contacts,
    coalesce(m.group_code, 0) as group_code,
    {{ holdout_draw("('offer at ' || u.now)", 'u.customer_id') }} as draw,
    {{ holdout_draw("('place at ' || u.now)", 'u.customer_id') }} as place,
    cast(t.contacts as double) as f_contacts,
    {{ campaign_features('u', 'u') }}
from open_to as u
inner join {{ ref('int_offer_contacts') }} as t
    on u.kind = t.kind and u.campaign_id = t.campaign_id and u.customer_id = t.customer_id
left join {{ ref('int_staff_members') }} as m on u.customer_id = m.customer_id
