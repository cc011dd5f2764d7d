-- One row per customer with a sale: the category, brand and channel of most of the sold lines, ties by name.
with lines as (
    select
        o.customer_id,
        l.product_id,
        p.category,
        p.brand,
        l.channel
    from {{ ref('int_order_lines') }} as l
    inner join {{ ref('int_orders') }} as o on l.order_id = o.order_id
    inner join {{ ref('int_products') }} as p on l.product_id = p.product_id
    where
        o.customer_id is not null
        and l.is_sold
        and l.is_product
)

{% for attribute in ['category', 'brand', 'channel'] %},
favourite_{{ attribute }} as (
    select
        customer_id,
        {{ attribute }}
    from lines
    where {{ attribute }} is not null
    group by customer_id, {{ attribute }}
    qualify
        row_number() over (partition by customer_id order by count(*) desc nulls last, {{ attribute }} asc nulls last) = 1
)
{% endfor %},

breadth as (
    select
        customer_id,
        count(distinct product_id) as distinct_products,
        count(distinct category) as distinct_categories
    from lines
    group by customer_id
)

select
    b.customer_id,
    b.distinct_products,
    b.distinct_categories,
    c.category as favourite_category,
    d.brand as favourite_brand,
    e.channel as favourite_channel
from breadth as b
left join favourite_category as c on b.customer_id = c.customer_id
left join favourite_brand as d on b.customer_id = d.customer_id
left join favourite_channel as e on b.customer_id = e.customer_id
