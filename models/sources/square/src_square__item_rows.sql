{{ config(enabled=source_system() == 'square', materialized='table') }}
-- One row per row of Square's item details, with what it was worth, whichever sign it was written with, and its time with the
-- offset of the zone that Square calls by a spoken name. A row with a name that time_zone_names lacks has a defect.
with told as (
    select
        *,
        concat_ws(' ', sold_on, sold_at) as sold_text,
        {{ square_date_order('sold_on') }} as date_order,
        {{ square_has_decimal_commas('gross_sales') }} as has_decimal_commas
    from {{ raw_rows('items') }} as items_export
),

with_sizes as (
    select
        told.*,
        {{ local_time_of_text('told.sold_text', 'told.date_order') }} as local_at,
        {{ square_size('told.quantity') }} as pieces,
        {{ square_size('coalesce(told.product_sales, told.gross_sales)') }} as list_value,
        {{ square_size('told.net_sales') }} as net_value,
        {{ square_size('told.discounts') }} as discount_value,
        coalesce(lower(told.event_type) = 'refund', false)
        or regexp_matches(concat_ws(' ', told.quantity, told.gross_sales, told.net_sales), '(^| )[^0-9A-Za-z ]*[-−(]')
            as is_back,
        coalesce(told.item ilike '%(voided)%', false) as is_void,
        coalesce(nullif(trim(regexp_replace(told.item, '(?i)[ ]*[(]voided[)]', '')), ''), 'Custom Amount') as item_name,
        nullif(nullif(trim(told.price_point), ''), 'Regular') as variant,
        zones.time_zone
    from told
    left join {{ ref('time_zone_names') }} as zones on lower(trim(told.zone_name)) = zones.name
)

select
    row_number,
    transaction_id,
    row_number() over (partition by transaction_id order by row_number asc nulls last) as line_number,
    coalesce({{ with_offset('local_at', 'time_zone') }}, sold_text) as ordered_at,
    customer_id,
    coalesce(nullif(trim(sku), ''), concat_ws(' - ', item_name, variant)) as product_id,
    concat_ws(' - ', item_name, variant) as product_name,
    category,
    -- what was typed in at the till names no product
    lower(item_name) in ('custom amount', 'gift card', 'egift card', 'tip')
    or coalesce(lower(item_type) in ('custom amount', 'gift card', 'tip', 'donation'), false) as is_no_product,
    case when is_back then '-' || ltrim(trim(quantity), '-−') else quantity end as quantity,
    cast(greatest(list_value, net_value) / nullif(pieces, 0) as decimal(18, 6)) as unit_price,
    greatest(coalesce(list_value - net_value, discount_value, 0), 0) as discount_amount,
    case when is_void then 'cancelled' when is_back then 'returned' end as order_status,
    coalesce(nullif(trim(channel), ''), location) as channel,
    coalesce(
        row_defect,
        case
            when nullif(trim(zone_name), '') is not null and time_zone is null
                then 'the time zone ' || zone_name || ' is not in seeds/reference/time_zone_names.csv'
        end
    ) as row_defect
from with_sizes
