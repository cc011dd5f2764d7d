-- One row per product that can be recommended, as a number: whether it can be had, and how much it is in demand.
with demand as (
    select
        product_id,
        sum(weight) as popularity
    from {{ ref('int_product_demand') }}
    group by product_id
)

select
    c.product_code,
    p.is_available,
    cast(coalesce(d.popularity, 0) as double) as popularity
from {{ ref('int_products') }} as p
inner join {{ ref('int_product_codes') }} as c on p.product_id = c.product_id
left join demand as d on p.product_id = d.product_id
where p.is_product
