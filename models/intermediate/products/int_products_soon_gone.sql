-- One row per product of which nothing is in stock, or no more than the next week is expected to take: whoever it is recommended
-- to would not get it.
with forecasts as (
    select {{ explode('products') }} as item
    from {{ ref('ml_demand_forecast') }}
),

next_week as (
    select
        c.product_id,
        f.item.forecast as units
    from forecasts as f
    inner join {{ ref('int_product_codes') }} as c on f.item.product_code = c.product_code
    where
        f.item.measure = 'units'
        and f.item.days_ahead = 1
)

select
    p.product_id,
    p.stock_units,
    coalesce(w.units, 0) as expected_units
from {{ ref('int_products') }} as p
left join next_week as w on p.product_id = w.product_id
where p.stock_units <= coalesce(w.units, 0)
