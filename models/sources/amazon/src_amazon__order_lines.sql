{{ config(enabled=reads('amazon')) }}
-- One row per line of Amazon's all orders report. Amounts are of the line, without postage. It names nobody: no line has a
-- customer.
{% call(source) each_source('amazon') %}
with lines as (
    select
        *,
        {{ amount_of_text('quantity') }} as pieces,
        {{ amount_of_text('item_price') }} as amount,
        sales_channel ilike 'non-amazon%' as is_sent_for_another_shop
    from {{ raw_rows('all_orders', source) }} as all_orders
)

select
    row_number,
    order_id,
    coalesce(sku, asin) as product_id,
    purchase_date as ordered_at,
    -- a product may stand on two lines, which have no number
    cast(row_number() over (partition by order_id order by row_number asc nulls last) as string) as line_number,
    -- read as for the price of a piece
    coalesce(cast(pieces as string), quantity) as quantity,
    case
        when amount is not null then {{ price_of_one('amount', 'pieces') }}
        -- Amazon does not know what was paid elsewhere: no sale, not one at an unknown price
        when is_sent_for_another_shop then '0'
        else item_price
    end as unit_price,
    coalesce(cast(abs({{ amount_of_text('discount') }}) as string), discount) as discount_amount,
    -- of an order in part cancelled the lines say so, in words or with no pieces
    case when pieces = 0 or item_status ilike 'cancel%' then 'cancelled' else order_status end as order_status,
    sales_channel as channel,
    country,
    product_name,
    sku,
    currency,
    row_defect
from lines
{% endcall %}
