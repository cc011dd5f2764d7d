-- One row per row of the source, cleaned and cast: an order line, and the first thing that is wrong with it.
with source as (
    select * from {{ source_table('order_lines') }}
),

cleaned as (
    select
        row_number,
        row_defect,
        {{ clean_columns('order_lines') }}
    from source
)

select
    row_number,
    case
        when row_defect is not null then row_defect
        when order_id is null then 'order_id is missing'
        when product_id is null then 'product_id is missing'
        when ordered_at is null then 'ordered_at is missing'
        when {{ to_utc('ordered_at') }} is null then 'ordered_at is not a time'
        when line_number is not null and {{ to_whole_number('line_number') }} is null
            then 'line_number is not a whole number'
        when {{ to_whole_number('line_number') }} not between 0 and 1000000000 then 'line_number is not between 0 and a billion'
        when {{ unreadable('quantity', 'decimal(18, 3)') }} then 'quantity is not a number'
        when try_cast(quantity as decimal(18, 3)) = 0 then 'quantity is zero'
        when {{ unreadable('unit_price', 'decimal(18, 4)') }} then 'unit_price is not a number'
        when try_cast(unit_price as decimal(18, 4)) < 0 then 'unit_price is negative'
        when {{ unreadable('discount_amount', 'decimal(18, 4)') }} then 'discount_amount is not a number'
        when try_cast(discount_amount as decimal(18, 4)) < 0 then 'discount_amount is negative'
        when {{ unreadable('unit_cost', 'decimal(18, 6)') }} then 'unit_cost is not a number'
        when try_cast(unit_cost as decimal(18, 6)) < 0 then 'unit_cost is negative'
        when lower(order_status) not in ('completed', 'cancelled', 'returned') then 'order_status is unknown'
        when returned_at is not null and {{ to_utc('returned_at') }} is null then 'returned_at is not a time'
        when is_product is not null and {{ to_boolean('is_product') }} is null then 'is_product is not true or false'
        -- more than a table of cents can hold
        when abs(try_cast(quantity as double)) * try_cast(unit_price as double) >= 1000000000000
            then 'quantity x unit_price is a trillion or more'
        -- a credit note has a negative quantity, a sale has not
        when try_cast(quantity as decimal(18, 3)) < 0 and coalesce(lower(order_status), 'completed') = 'completed'
            then 'quantity is negative'
    end as reject_reason,
    order_id,
    product_id,
    {{ to_utc('ordered_at') }} as ordered_at,
    customer_id,
    {{ to_whole_number('line_number') }} as line_number,
    coalesce(try_cast(quantity as decimal(18, 3)), 1) as quantity,
    try_cast(unit_price as decimal(18, 4)) as unit_price,
    coalesce(try_cast(discount_amount as decimal(18, 4)), 0) as discount_amount,
    coalesce(lower(order_status), 'completed') as order_status,
    {{ to_utc('returned_at') }} as returned_at,
    coalesce({{ to_boolean('is_product') }}, true) as is_product,
    channel,
    country,
    product_name,
    try_cast(unit_cost as decimal(18, 6)) as unit_cost,
    upper(currency) as currency
from cleaned
