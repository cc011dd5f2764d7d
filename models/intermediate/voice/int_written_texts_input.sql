-- One row per text: titles and texts of reviews, messages, names of products. Who wrote it is a number; of the shop nobody did.
-- Suspects teach nothing.
with written as (
    select
        r.customer_id,
        concat_ws('. ', r.title, r.review_text) as text
    from {{ ref('int_reviews') }} as r
    anti join {{ ref('int_suspect_reviews') }} as q on r.review_id = q.review_id
    union all
    select
        customer_id,
        message_text as text
    from {{ ref('int_messages') }}
)

select
    w.text,
    c.customer_code as writer_code,
    false as is_of_the_shop
from written as w
left join {{ ref('int_customers') }} as c on w.customer_id = c.customer_id
where w.text <> ''
union all
select
    product_name as text,
    cast(null as int) as writer_code,
    true as is_of_the_shop
from {{ ref('int_products') }}
where
    is_product
    and product_name is not null
