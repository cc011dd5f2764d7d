-- One row per campaign of which nothing can be told, or for which nobody was drawn, and why.
with audiences as (
    select
        m.audience,
        bool_or(c.has_marketing_consent) as has_consent
    from {{ ref('int_audience_members') }} as m
    inner join {{ ref('int_customers') }} as c on m.customer_id = c.customer_id
    group by m.audience
    union all
    select
        'all' as audience,
        coalesce(bool_or(has_marketing_consent), false) as has_consent
    from {{ ref('int_customers') }}
),

judged as (
    select
        c.campaign_id,
        case
            when c.starts_at is null and c.is_assigned_elsewhere then 'drawn at no time'
            when c.audience is null and c.first_shown_at is null and not c.is_assigned_elsewhere then 'nobody drawn or shown'
            when not w.is_at_once then 'shown at different times'
            when c.audience is null or c.is_assigned_elsewhere or d.campaign_id is not null then null
            when c.starts_at is null then 'no start'
            when c.first_shown_at is not null then 'sent before anybody was drawn'
            when c.ends_at <= a.as_of then 'over before anybody was drawn'
            when c.starts_at - interval '1 day' > a.as_of then 'not begun'
            when u.audience is null then 'unknown audience'
            when not u.has_consent and c.needs_consent then 'nobody in the audience agreed to marketing'
        end as problem
    from {{ ref('int_campaigns') }} as c
    cross join {{ ref('stg_as_of') }} as a
    left join audiences as u on c.audience = u.audience
    left join {{ ref('int_campaigns_undrawn') }} as w on c.campaign_id = w.campaign_id
    left join (select distinct campaign_id from {{ ref('int_assigned') }}) as d on c.campaign_id = d.campaign_id
)

select
    campaign_id,
    problem
from judged
where problem is not null
