-- One row per customer whose first review says how they feel and lies so far back that what came of it is known: what was known
-- of them on the day before, and whether they ordered again. Only the first with a day, also of stars alone: nobody is chosen by
-- what they did later. A review of a bare date is later than that day's orders.
{% set is_before = came_after('o.ordered_at', 'r.reviewed_at') %}
with first_reviews as (
    select
        review_id,
        customer_id,
        reviewed_at,
        reviewed_on,
        sentiment
    from {{ ref('int_review_sentiment') }}
    where
        customer_id is not null
        and reviewed_at is not null
        and review_id not in (
            select q.review_id from {{ ref('int_suspect_reviews') }} as q where q.suspected_at <= reviewed_at + interval '7 days'
        )
    qualify row_number() over (partition by customer_id order by reviewed_at asc nulls last, review_id asc nulls last) = 1
),

orders as (
    select
        r.review_id,
        count(*) filter (where {{ is_before }}) as orders_before,
        max(o.ordered_at) filter (where {{ is_before }}) as last_ordered_at,
        coalesce(sum(o.gross_revenue) filter (where {{ is_before }}), 0) as revenue_before,
        count(*) filter (
            where not {{ is_before }} and o.ordered_at <= r.reviewed_at + interval '1 day' * {{ var('churn_days') }}
        ) as orders_after
    from first_reviews as r
    inner join {{ ref('int_orders') }} as o on r.customer_id = o.customer_id
    where o.is_sale
    group by r.review_id
)

select
    r.customer_id,
    r.review_id,
    r.sentiment,
    o.orders_after > 0 as is_repeat,
    cast(date_trunc('quarter', r.reviewed_on) as date) as quarter_start,
    case when o.orders_before < 3 then o.orders_before when o.orders_before < 5 then 3 else 5 end as orders_from,
    case
        when o.last_ordered_at > r.reviewed_at - interval '14 days' then 0
        when o.last_ordered_at > r.reviewed_at - interval '30 days' then 14
        when o.last_ordered_at > r.reviewed_at - interval '90 days' then 30
        else 90
    end as days_from,
    -- each level is twice the one before: 1 / ln(2)
    cast(floor(ln(greatest(cast(o.revenue_before as double), 1)) * 1.4426950408889634) as int) as revenue_level
from first_reviews as r
inner join orders as o on r.review_id = o.review_id
cross join {{ ref('stg_as_of') }} as a
where
    r.sentiment is not null
    and o.orders_before > 0
    and r.reviewed_at <= a.as_of - interval '1 day' * {{ var('churn_days') }}
