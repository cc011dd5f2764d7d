{{ config(enabled=reads('snowplow'), materialized='table') }}
-- One row per product of an event that is about products: looked at, clicked, put into the cart or taken out, bought, refunded.
-- A list that was shown is no look at its products. A price in another currency than the event's amount is not read.
{% call(source) each_source('snowplow') %}
with lists as (
    select
        row_number,
        currency,
        {{ json_objects('items') }} as objects
    from {{ of_source(ref('src_snowplow__told'), source) }}
    where row_defect is null
),

places as (
    select
        *,
        {{ explode(places_of('objects')) }} as place
    from lists
),

opened as (
    select
        *,
        {{ nth_item('objects', 'place') }} as item
    from places
),

said as (
    select
        row_number,
        place,
        coalesce({{ json_field('item', 'id') }}, {{ json_field('item', 'name') }}) as product_id,
        {{ json_field('item', 'name') }} as product_name,
        {{ json_field('item', 'category') }} as category,
        {{ json_field('item', 'brand') }} as brand,
        {{ tracker_number(json_field('item', 'quantity')) }} as quantity,
        {{ tracker_number(json_field('item', 'price')) }} as price,
        {{ tracker_number(json_field('item', 'list_price')) }} as list_price,
        coalesce(upper({{ json_field('item', 'currency') }}) = currency, true) as is_same_currency
    from opened
)

select
    * exclude (price, list_price, is_same_currency),
    case when is_same_currency then price end as price,
    case when is_same_currency then greatest(coalesce(list_price, price), price) end as list_price
from said
where product_id is not null
{% endcall %}
