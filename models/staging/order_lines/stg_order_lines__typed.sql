-- One row per row of the source, cleaned and cast: an order line, and the first thing that is wrong with it.
with {{ rows_by_type('order_lines', ref('src_order_lines')) }},

with_status as (
    select
        by_type.*,
        case
            when known.order_status = 'pending' then '{{ 'completed' if pending_is_sale() else 'cancelled' }}'
            else known.order_status
        end as known_status,
        coalesce(known.order_status = 'pending', false) as is_pending
    from by_type
    left join {{ ref('order_statuses') }} as known on lower(by_type.order_status) = known.spelling
)

select
    row_number,
    source_name,
    coalesce({{ fault_of_columns('order_lines') }}, case
        when ordered_at_read is not null and {{ a_date('ordered_at_read') }} is null then 'ordered_at is before 1971'
        when line_number_read not between 0 and 999999999999999 then 'line_number is not between 0 and 999999999999999'
        when order_status is not null and known_status is null then 'order_status is unknown'
        -- nothing of a cancelled line was sold
        when quantity_read = 0 and known_status is distinct from 'cancelled' then 'quantity is zero'
        when unit_price_read < 0 then 'unit_price is negative'
        when discount_amount_read < 0 then 'discount_amount is negative'
        when unit_cost_read < 0 then 'unit_cost is negative'
        -- more than a table of cents can hold
        when abs(cast(quantity_read as double)) * unit_price_read >= 1000000000000
            then 'quantity x unit_price is a trillion or more'
        -- a credit note has a negative quantity, a sale has not
        when quantity_read < 0 and coalesce(known_status, 'completed') = 'completed'
            then 'quantity is negative, and order_status is not returned or cancelled'
    end) as reject_reason,
    order_id_read as order_id,
    product_id_read as product_id,
    {{ a_date('ordered_at_read') }} as ordered_at,
    {{ own_id('customer_id_read') }} as customer_id,
    line_number_read as line_number,
    coalesce(quantity_read, 1) as quantity,
    unit_price_read as unit_price,
    coalesce(discount_amount_read, 0) as discount_amount,
    coalesce(known_status, 'completed') as order_status,
    -- a time before the sale says that there was no return; a day has no time of day
    case
        when coalesce(returned_at_read > ordered_at_read - interval '1 day', true) then {{ a_date('returned_at_read') }}
    end as returned_at,
    -- a credit note bears the date of the order that it takes back; it was written when the goods came back
    case
        when quantity_read < 0 and coalesce(returned_at_read > ordered_at_read, true)
            then coalesce({{ a_date('returned_at_read') }}, {{ a_date('ordered_at_read') }})
        else {{ a_date('ordered_at_read') }}
    end as known_at,
    coalesce(is_product_read, true) as is_product,
    channel,
    country,
    product_name,
    unit_cost_read as unit_cost,
    {{ named_currency('currency') }} as currency,
    coupon_code,
    shipping_address_read as shipping_address,
    payment_name_read as payment_name,
    sku,
    is_pending
from with_status {{ join_own_ids(['customer_id_read']) }}
