-- One row per customer who bought a brand: the chance that two of the purchases are of one brand (Simpson's index), beyond
-- that of two purchases of any customers; null with one purchase, or where the shop sells one brand only.
with counts as (
    select
        u.customer_id,
        p.brand,
        cast(count(*) as bigint) as purchases
    from {{ ref('int_customer_purchases') }} as u
    inner join {{ ref('int_products') }} as p on u.product_id = p.product_id
    where p.brand is not null
    group by u.customer_id, p.brand
),

by_brand as (
    select
        brand,
        cast(sum(purchases) as double) as purchases
    from counts
    group by brand
),

shop as (
    select {{ ratio('sum(purchases * purchases)', 'sum(purchases) * sum(purchases)') }} as same_brand
    from by_brand
),

own as (
    select
        customer_id,
        cast(sum(purchases) as bigint) as with_brand,
        {{ ratio('sum(purchases * (purchases - 1))', 'sum(purchases) * (sum(purchases) - 1)') }} as same_brand
    from counts
    group by customer_id
)

select
    o.customer_id,
    o.with_brand,
    case
        when o.same_brand is not null and s.same_brand < 1
            then greatest(0, (o.same_brand - s.same_brand) / nullif(1 - s.same_brand, 0))
    end as brand_loyalty
from own as o
cross join shop as s
