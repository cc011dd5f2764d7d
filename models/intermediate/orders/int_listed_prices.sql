-- One row per product of the shop's list: its price and what a unit costs, in the reporting currency at the rate of as_of.
with with_rate as (
    select
        p.product_id,
        p.price,
        p.unit_cost,
        cast(case when coalesce(p.currency = c.currency, true) then 1 else r.rate end as decimal(28, 10)) as rate
    from {{ ref('stg_products') }} as p
    cross join {{ ref('stg_as_of') }} as a
    cross join {{ ref('int_currency') }} as c
    left join {{ ref('int_exchange_rates') }} as r on p.currency = r.currency and {{ shop_day('a.as_of') }} = r.rate_date
)

select
    product_id,
    cast(price * rate as decimal(28, 6)) as price,
    cast(unit_cost * rate as decimal(28, 6)) as unit_cost
from with_rate
