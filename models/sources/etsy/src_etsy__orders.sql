{{ config(enabled=reads('etsy'), materialized='table') }}
-- One row per order of Etsy's items: what its items share, and what of it was paid back, which sold orders tell. Where that is
-- all that its goods brought, or more, for postage came back as well, the order came back whole.
{% call(source) each_source('etsy') %}
with adjusted as (
    select
        order_id,
        max(lower(trim(status))) as status,
        -- what the buyer paid but for tax that Etsy pays itself, as it was and as it became; 0 where nothing was adjusted
        max({{ amount_of_text('order_net') }} + {{ amount_of_text('card_fees') }}) as paid,
        max(nullif({{ amount_of_text('adjusted_order_net') }} + {{ amount_of_text('adjusted_card_fees') }}, 0)) as kept
    from {{ raw_rows('sold_orders', source) }} as sold_orders
    where row_defect is null
    group by order_id
),

orders as (
    select
        order_id,
        max(sale_date) as sale_date,
        max({{ etsy_buyer('buyer') }}) as customer_id,
        max(order_type) as channel,
        max(country) as country,
        max(currency) as currency,
        sum(abs(coalesce({{ amount_of_text('discount') }}, 0))) as discount,
        sum(coalesce({{ amount_of_text('postage') }}, 0)) as postage,
        sum({{ value_of_pieces('quantity', 'price') }}) as item_total,
        max(row_number) as last_row_number
    from {{ raw_rows('sold_order_items', source) }} as sold_order_items
    where
        row_defect is null
        and order_id is not null
    group by order_id
),

refunds as (
    select
        o.*,
        a.status,
        -- with tax of the shop's own in what was paid, the same share of it came back; it was never revenue
        {{ whole_cents('(a.paid - a.kept) * least((o.item_total - o.discount + o.postage) / nullif(a.paid, 0), 1)') }} as refund
    from orders as o
    left join adjusted as a on o.order_id = a.order_id
)

select
    * exclude (status),
    -- in real files it is empty; a word that is not known should not cost the order
    case
        when status in ('canceled', 'cancelled') then 'cancelled'
        when status in ('refunded', 'fully refunded') or refund >= item_total - discount then 'returned'
    end as order_status
from refunds
{% endcall %}
