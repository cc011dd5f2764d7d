-- One row per aspect (`anything`: the review as a whole) and group of customers alike in all that was known of them: how many
-- blamed it and how many did not, and how many of each ordered again. Groups without one of the two compare nothing.
with complaints as (
    select
        review_id,
        aspect
    from {{ ref('int_review_aspects') }}
    where sentiment = 'negative'
    union all
    select
        review_id,
        'anything' as aspect
    from {{ ref('int_complaint_reviews') }}
    where sentiment = 'negative'
),

aspects as (
    select distinct aspect
    from complaints
)

select
    a.aspect,
    r.quarter_start,
    r.orders_from,
    r.days_from,
    r.revenue_level,
    count(c.review_id) as customers,
    count(c.review_id) filter (where r.is_repeat) as repeated,
    count(*) - count(c.review_id) as others,
    count(*) filter (where r.is_repeat and c.review_id is null) as others_repeated
from aspects as a
cross join {{ ref('int_complaint_reviews') }} as r
left join complaints as c on a.aspect = c.aspect and r.review_id = c.review_id
group by a.aspect, r.quarter_start, r.orders_from, r.days_from, r.revenue_level
having
    count(c.review_id) > 0
    and count(*) > count(c.review_id)
