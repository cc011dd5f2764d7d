{{ config(materialized='view') }}
-- One row per order line of the sources whose order lines count, its amounts in the reporting currency at the rate of its day.

-- depends_on: {{ ref('int_unconverted_amounts') }}
with converted as (
    select
        l.*,
        coalesce(l.line_number, f.line_number) as number_in_order,
        coalesce(l.currency, c.currency) as original_currency,
        -- null where the currency has no rate; then int_unconverted_amounts stops the run
        cast(case when coalesce(l.currency = c.currency, true) then 1 else r.rate end as decimal(28, 10)) as exchange_rate,
        cast(l.unit_price * exchange_rate as decimal(28, 6)) as price,
        cast(l.unit_cost * exchange_rate as decimal(28, 6)) as cost,
        -- a credit note gives back what was paid, so its discount has the other sign
        case when l.quantity < 0 then -l.discount_amount else l.discount_amount end as signed_discount
    from {{ ref('stg_order_lines') }} as l
    cross join {{ ref('int_currency') }} as c
    left join {{ ref('int_free_line_numbers') }} as f on l.row_number = f.row_number
    left join {{ ref('int_exchange_rates') }} as r
        on l.currency = r.currency and {{ shop_day('l.ordered_at') }} = r.rate_date
    where {{ counts_sales('l.source_name', 'order_lines', 'l.ordered_at') }}
)

select
    order_id,
    number_in_order as line_number,
    product_id,
    customer_id,
    ordered_at,
    cast(quantity as decimal(24, 6)) as quantity,
    price as unit_price,
    cast(discount_amount * exchange_rate as decimal(28, 6)) as discount_amount,
    -- rounded once, here: everything above is a sum of these cents
    cast(cast(quantity as decimal(38, 6)) * price as decimal(18, 2)) as list_amount,
    cast(signed_discount * exchange_rate as decimal(18, 2)) as discount,
    cost as unit_cost,
    order_status,
    returned_at,
    is_product,
    channel,
    country,
    product_name,
    original_currency,
    exchange_rate
from converted
