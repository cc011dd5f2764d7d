-- One row per product of the shop's lists: its price and what a unit costs, in the reporting currency at the rate of as_of; of
-- several ids that are one product the first that has one.
with with_rate as (
    select
        {{ one_product('p.product_id') }} as one_product_id,
        {{ place_of_id('p.product_id') }} as place,
        p.price,
        p.unit_cost,
        cast(case when coalesce(p.currency = c.currency, true) then 1 else r.rate end as decimal(28, 10)) as rate
    from {{ ref('stg_products') }} as p {{ join_products('p.product_id') }}
    cross join {{ ref('stg_as_of') }} as a
    cross join {{ ref('int_currency') }} as c
    left join {{ ref('int_exchange_rates') }} as r on p.currency = r.currency and {{ shop_day('a.as_of') }} = r.rate_date
)

select
    one_product_id as product_id,
    cast(min_by(price * rate, place) filter (where price * rate is not null) as decimal(28, 6)) as price,
    cast(min_by(unit_cost * rate, place) filter (where unit_cost * rate is not null) as decimal(28, 6)) as unit_cost
from with_rate
group by one_product_id
