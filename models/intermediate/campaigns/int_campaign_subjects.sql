-- One row per campaign and customer whose doings are counted in its window. `drawn`: for the campaign or its holdout. `not
-- drawn`: of a campaign that nobody was drawn for, whoever was shown it on its first day and, to compare with, who was known
-- before; of many the lowest draws. `reached`: shown it, though not drawn. `today`: every customer as of now, as if a campaign
-- (without an id) began. Who was a suspect by then counts in no
-- effect; who became one later does, since what the campaign did must not decide who is left out.
with subjects as (
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
        u.opens_at,
        u.attribution_days
    from {{ ref('int_campaigns_undrawn') }} as u
    inner join {{ ref('int_known_since') }} as k on u.opens_at > k.known_since
    left join {{ ref('int_campaign_reached') }} as t on u.campaign_id = t.campaign_id and k.customer_id = t.customer_id
    where
        u.is_at_once
        -- who was shown it later is neither
        and coalesce(t.first_shown_at < u.opens_at + interval '1 day', true)
        and (
            t.customer_id is not null
            or {{ holdout_draw('u.campaign_id', 'k.customer_id') }} * k.customers < u.most_customers
        )
    union all
    select
        'reached' as kind,
        t.campaign_id,
        t.customer_id,
        'treatment' as arm,
        t.variant,
        cast(null as double) as propensity,
        c.starts_at as opens_at,
        c.attribution_days
    from {{ ref('int_campaign_reached') }} as t
    inner join {{ ref('int_campaigns') }} as c on t.campaign_id = c.campaign_id
    anti join {{ ref('int_assigned') }} as d on t.campaign_id = d.campaign_id and t.customer_id = d.customer_id
    where t.campaign_id in (select w.campaign_id from {{ ref('int_assigned') }} as w)
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
    from {{ ref('int_known_since') }} as k
    inner join {{ ref('stg_as_of') }} as a on k.known_since <= a.as_of
)

select
    s.*,
    s.opens_at + interval '1 day' * s.attribution_days as closes_at
from subjects as s
left join {{ ref('int_suspect_customers') }} as q
    on s.customer_id = q.customer_id and s.opens_at >= q.suspected_at and s.kind <> 'today'
where q.customer_id is null
