-- One row per customer and category (the whole path) that the customer bought of: how much more than the shop's customers.
with purchases as (
    select
        u.customer_id,
        p.category
    from {{ ref('int_customer_purchases') }} as u
    inner join {{ ref('int_products') }} as p on u.product_id = p.product_id
    where p.category is not null
),

shop as (
    select
        category,
        {{ ratio('count(*)', 'sum(count(*)) over ()') }} as shop_share
    from purchases
    group by category
),

own as (
    select
        customer_id,
        category,
        count(*) as purchases,
        sum(count(*)) over (partition by customer_id) as all_purchases
    from purchases
    group by customer_id, category
)

select
    o.customer_id,
    o.category,
    o.purchases,
    {{ ratio('o.purchases', 'o.all_purchases') }} as share,
    s.shop_share,
    -- what was bought over what was to be expected, with one purchase more in both: a single one is no passion
    (o.purchases + 1.0) / nullif(o.all_purchases * s.shop_share + 1.0, 0) as affinity
from own as o
inner join shop as s on o.category = s.category
