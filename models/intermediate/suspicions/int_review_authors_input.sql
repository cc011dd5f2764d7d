-- One row per review: who wrote it, as a number (null: nobody knows), when, with how many stars, and whether its writer had
-- bought the product, null where the shop knows no order of any of its reviewers.
with buyers as (
    select distinct
        o.customer_id,
        l.product_id
    from {{ ref('int_order_lines') }} as l
    inner join {{ ref('int_orders') }} as o on l.order_id = o.order_id
    where o.customer_id is not null
)

select
    r.review_code,
    p.product_code,
    c.customer_code,
    {{ whole_days_between("timestamp '1970-01-01 00:00:00'", 'cast(r.reviewed_on as timestamp)') }} as written_day,
    cast({{ seconds_between('r.reviewed_at', 'a.as_of') }} / 86400 as double) as age_days,
    r.rating,
    case when r.customer_id is not null and count(b.customer_id) over () > 0 then b.customer_id is not null end as has_bought,
    r.review_text
from {{ ref('int_reviews') }} as r
cross join {{ ref('stg_as_of') }} as a
left join {{ ref('int_product_codes') }} as p on r.product_id = p.product_id
left join {{ ref('int_customers') }} as c on r.customer_id = c.customer_id
left join buyers as b on r.customer_id = b.customer_id and r.product_id = b.product_id
