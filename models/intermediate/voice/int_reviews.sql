-- One row per review of the shop that nobody erased wrote: with a dense whole number for it, in the order of the ids, and the
-- day of the shop on which it was written.
select
    r.review_id,
    cast(row_number() over (order by r.review_id asc nulls last) as int) as review_code,
    r.product_id,
    r.customer_id,
    r.reviewed_at,
    {{ shop_day('r.reviewed_at') }} as reviewed_on,
    cast(r.rating as double) as rating,
    r.title,
    r.review_text
from {{ ref('stg_reviews') }} as r
left join {{ ref('int_customers') }} as c on r.customer_id = c.customer_id
where not coalesce(c.is_erased, false)
