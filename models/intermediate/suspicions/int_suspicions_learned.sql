-- One row per customer, session or review and rule that looks at what is usual in the shop, with what speaks for it; since
-- when that can be known is when the last of it happened.
with learned as (
    select {{ explode('suspicions') }} as item
    from {{ ref('ml_suspicions') }}
)

select
    'regular_clicks' as rule,
    s.session_id as id,
    s.clicks as score,
    null as chance,
    cast(s.clicks as string) || ' products were looked at, nearly always '
    || cast(cast(s.usual_pause as decimal(9, 1)) as string) || ' seconds apart' as reason,
    s.last_at as known_at
from {{ ref('int_regular_sessions') }} as s
inner join {{ ref('suspicion_rules') }} as r on r.rule = 'regular_clicks' and s.share >= r.at_least_share
union all
select
    l.item.rule as rule,
    coalesce(v.review_id, c.customer_id) as id,
    l.item.score as score,
    l.item.chance as chance,
    l.item.reason as reason,
    {{ days_before('a.as_of', 'l.item.age_days') }} as known_at
from learned as l
cross join {{ ref('stg_as_of') }} as a
left join {{ ref('int_reviews') }} as v on l.item.rule like 'review%' and l.item.code = v.review_code
left join {{ ref('int_customers') }} as c on l.item.rule not like 'review%' and l.item.code = c.customer_code
