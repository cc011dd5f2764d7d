-- One row per campaign and customer whose doings are counted in its window. `drawn`: for the campaign or its holdout. `not drawn`: of a
-- campaign that nobody was drawn for, whoever was shown it and, to compare with, who was known before its start; of many customers
-- those with the lowest draws. `today`: every customer as of now, as if a campaign (without an id) began.
with undrawn as (
    select
        c.campaign_id,
        c.starts_at,
        c.attribution_days
    from {{ ref('int_campaigns') }} as c
    anti join {{ ref('int_assigned') }} as d on c.campaign_id = d.campaign_id
    where c.first_shown_at is not null
),

known as (
    select
        c.customer_id,
        least(min(o.acted_at), min(c.created_at)) as known_since,
        count(*) over () as customers
    from {{ ref('int_customers') }} as c
    left join {{ ref('int_customer_acts') }} as o on c.customer_id = o.customer_id
    where not c.is_erased
    group by c.customer_id
),

touched as (
    select
        campaign_id,
        customer_id,
        min_by(variant, first_shown_at) as variant
    from {{ ref('int_campaign_people') }}
    where customer_id is not null
    group by campaign_id, customer_id
),

subjects as (
    select
        'drawn' as kind,
        d.campaign_id,
        d.customer_id,
        d.arm,
        d.variant,
        d.propensity,
        greatest(d.assigned_at, c.starts_at) as opens_at,
        c.attribution_days
    from {{ ref('int_assigned') }} as d
    inner join {{ ref('int_campaigns') }} as c on d.campaign_id = c.campaign_id
    union all
    select
        'not drawn' as kind,
        u.campaign_id,
        k.customer_id,
        case when t.customer_id is null then 'control' else 'treatment' end as arm,
        t.variant,
        cast(null as double) as propensity,
        u.starts_at as opens_at,
        u.attribution_days
    from undrawn as u
    inner join known as k on u.starts_at > k.known_since
    left join touched as t on u.campaign_id = t.campaign_id and k.customer_id = t.customer_id
    where
        k.customers <= {{ most_compared_customers() }}
        or {{ holdout_draw('u.campaign_id', 'k.customer_id') }} * k.customers < {{ most_compared_customers() }}
    union all
    select
        'today' as kind,
        '' as campaign_id,
        k.customer_id,
        'control' as arm,
        cast(null as string) as variant,
        cast(null as double) as propensity,
        a.as_of as opens_at,
        1 as attribution_days
    from known as k
    inner join {{ ref('stg_as_of') }} as a on k.known_since <= a.as_of
)

select
    *,
    opens_at + interval '1 day' * attribution_days as closes_at
from subjects
