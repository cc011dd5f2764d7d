{{ config(enabled=reads('ga4'), materialized='table') }}
-- One row per item of an event that is about items: looked at, clicked, put into the cart or taken out, bought, refunded. A list
-- that was shown is no look at its products. `price` is what was paid for a piece, `list_price` what it was before: GA4 wants
-- the price after the discount, but where the revenue is what is left after discounts, the price was before.
{% call(source) each_source('ga4') %}
with lists as (
    select
        row_number,
        amount,
        currency,
        is_in_dollars,
        {{ json_objects('items') }} as objects
    from {{ of_source(ref('src_ga4__told'), source) }}
    where
        event_type in ('view', 'click', 'add_to_cart', 'remove_from_cart', 'purchase', 'refund')
        and row_defect is null
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
        *,
        coalesce({{ ga4_said(json_field('item', 'item_id')) }}, {{ ga4_said(json_field('item', 'item_name')) }}) as product_id,
        {{ tracker_number(json_field('item', 'quantity')) }} as quantity,
        coalesce({{ tracker_number(json_field('item', 'discount')) }}, 0) as discount,
        {{ ga4_price('item', '') }} as own_price,
        {{ ga4_price('item', '_in_usd') }} as price_in_usd
    from opened
),

priced as (
    select
        *,
        case
            when is_in_dollars then coalesce(price_in_usd, own_price)
            when coalesce(currency, 'USD') = 'USD' then coalesce(own_price, price_in_usd)
            else own_price
        end as price
    from said
),

with_sums as (
    select
        *,
        {{ tracker_cents('amount') }} as cents,
        sum({{ tracker_cents('coalesce(quantity, 1) * price') }}) over (partition by row_number) as cents_of_prices,
        sum({{ tracker_cents('coalesce(quantity, 1) * (price - discount)') }}) over (partition by row_number) as cents_after
    from priced
)

select
    row_number,
    place,
    product_id,
    {{ ga4_said(json_field('item', 'item_name')) }} as product_name,
    {{ ga4_category('item') }} as category,
    {{ ga4_said(json_field('item', 'item_brand')) }} as brand,
    quantity,
    case when cents = cents_after and cents <> cents_of_prices then price - discount else price end as price,
    case when cents = cents_after and cents <> cents_of_prices then price else price + discount end as list_price
from with_sums
where product_id is not null
{% endcall %}
