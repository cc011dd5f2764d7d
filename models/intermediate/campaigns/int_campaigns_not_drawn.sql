-- One row per declared campaign with an audience for which nobody was drawn though a holdout was asked for, and why.
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
            when c.starts_at is null then 'no start'
            when c.first_shown_at is not null then 'sent before anybody was drawn'
            when c.ends_at <= a.as_of then 'over before anybody was drawn'
            when u.audience is null then 'unknown audience'
            when not u.has_consent and c.needs_consent then 'nobody in the audience agreed to marketing'
        end as problem
    from {{ ref('int_campaigns') }} as c
    cross join {{ ref('stg_as_of') }} as a
    left join audiences as u on c.audience = u.audience
    anti join {{ ref('int_assigned') }} as d on c.campaign_id = d.campaign_id
    where
        c.is_declared
        and c.audience is not null
)

select
    campaign_id,
    problem
from judged
where problem is not null
