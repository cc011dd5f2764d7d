{{ config(enabled=reads(trackers()), materialized='table') }}
-- One row per item of a purchase or refund that counts, with its pieces and prices. A refund that does not say what a piece was
-- paid back or how many came back means all pieces of the order, at what they were paid after its discounts.
{% call(source) each_source(trackers()) %}
with items as (
    select
        s.row_number,
        s.event_type,
        s.order_id,
        s.amount,
        i.* exclude (row_number)
    from {{ of_source(ref('src_trackers__sales'), source, trackers()) }} as s
    inner join {{ tracker_model('items', source) }} as i on s.row_number = i.row_number
),

bought as (
    select
        *,
        coalesce(quantity, 1) as pieces,
        sum(coalesce(quantity, 1) * price) over (partition by order_id) as goods
    from items
    where event_type = 'purchase'
),

paid as (
    select
        order_id,
        product_id,
        sum(pieces) as pieces,
        sum(pieces * price) as goods,
        -- of what an order is worth less than its goods each has its share
        least(min({{ ratio('amount', 'goods') }}), 1) as paid_share
    from bought
    group by order_id, product_id
),

with_bought as (
    select
        i.*,
        case
            when i.event_type = 'purchase' then i.price
            else coalesce(
                i.price,
                cast({{ ratio('p.goods', 'p.pieces') }} * coalesce(p.paid_share, 1) as {{ tracker_decimal() }})
            )
        end as piece_price,
        cast(coalesce(
            nullif(i.quantity, 0), case when i.event_type = 'refund' then nullif(p.pieces, 0) end, 1
        ) as {{ tracker_decimal() }}) as pieces
    from items as i
    left join paid as p on i.order_id = p.order_id and i.product_id = p.product_id
)

select
    row_number,
    place,
    product_id,
    product_name,
    pieces,
    piece_price as price,
    coalesce(list_price, piece_price) as list_price,
    {{ tracker_cents('pieces * piece_price') }} as paid_value,
    {{ tracker_cents('pieces * greatest(coalesce(list_price, piece_price), piece_price)') }} as list_value
from with_bought
{% endcall %}
