{{ config(enabled=reads('square'), materialized='table') }}
-- One row per row of Square's item details, with what it was worth, whichever sign it was written with, and its time with the
-- offset of the zone that Square calls by a spoken name. A row with a name that time_zone_names lacks has a defect; one without
-- a name has a time without an offset.
{% call(source) each_source('square') %}
with told as (
    select
        *,
        concat_ws(' ', sold_on, sold_at) as sold_text,
        coalesce(product_sales, gross_sales) as list_text,
        {{ date_order_of('sold_on', source) }} as date_order
    from {{ raw_rows('items', source) }} as items_export
),

with_numbers as (
    select
        told.*,
        {{ local_time_of_text('told.sold_text', 'told.date_order') }} as local_at,
        {{ square_pieces('told.quantity', 'told.list_text') }} as told_pieces,
        {{ amount_of_text('trim(told.list_text)') }} as told_list,
        {{ amount_of_text('trim(told.net_sales)') }} as told_net,
        {{ amount_of_text('trim(told.discounts)') }} as told_discount,
        coalesce(told.item ilike '%(voided)%', false) as is_void,
        coalesce(nullif(trim(regexp_replace(told.item, '(?i)[ ]*[(]voided[)]', '')), ''), 'Custom Amount') as item_name,
        nullif(nullif(trim(told.price_point), ''), 'Regular') as variant,
        zones.time_zone
    from told
    left join {{ ref('time_zone_names') }} as zones on lower(trim(told.zone_name)) = zones.name
),

with_sizes as (
    select
        *,
        abs(told_pieces) as pieces,
        abs(told_list) as list_value,
        abs(told_net) as net_value,
        coalesce(lower(trim(event_type)) = 'refund', false)
        or coalesce(told_pieces < 0, false) or coalesce(told_list < 0, false) or coalesce(told_net < 0, false) as is_back,
        -- what is no amount is refused as it was written
        coalesce(
            case when told_list is null then list_text end,
            case when told_net is null then net_sales end,
            case when told_net is null and told_discount is null then discounts end
        ) as unread
    from with_numbers
)

select
    row_number,
    transaction_id,
    row_number() over (partition by transaction_id order by row_number asc nulls last) as line_number,
    -- with the year first, so that no other row's date decides how it is read
    coalesce({{ with_offset('local_at', 'time_zone') }}, strftime(local_at, '%Y-%m-%d %H:%M:%S'), sold_text) as ordered_at,
    customer_id,
    coalesce(nullif(trim(sku), ''), concat_ws(' - ', item_name, variant)) as product_id,
    concat_ws(' - ', item_name, variant) as product_name,
    nullif(trim(sku), '') as sku,
    category,
    -- what was typed in at the till names no product
    lower(item_name) in ('custom amount', 'gift card', 'egift card', 'tip')
    or coalesce(lower(item_type) in ('custom amount', 'gift card', 'tip', 'donation'), false) as is_no_product,
    case when pieces is null then quantity else case when is_back then '-' else '' end || cast(pieces as string) end as quantity,
    coalesce(unread, {{ price_of_one('greatest(list_value, net_value)', 'pieces') }}) as unit_price,
    greatest(coalesce(list_value - net_value, abs(told_discount), 0), 0) as discount_amount,
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
{% endcall %}
