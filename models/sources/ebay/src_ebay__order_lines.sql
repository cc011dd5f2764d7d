{{ config(enabled=reads('ebay'), materialized='table') }}
-- One row per item that was sold, and one per time that a part of an order was paid back (the lines of a whole order are
-- `returned` or `cancelled`). Totals of orders are left out where items stand beside them, which they repeat. What comes back to
-- the shop is no row: it is taken from what was paid back, first of the same reference. Postage is no line. A product is the
-- listing: custom labels may be shelves and suppliers.
{% call(source) each_source('ebay') %}
with refunds as (
    select
        *,
        coalesce(max(amount) over (partition by order_number, reference) > 0, false) as has_come_back
    from {{ of_source(ref('src_ebay__rows'), source) }}
    where kind = 'refund'
),

credits as (
    select
        row_number,
        case
            when amount < 0
                then least(-amount, sum(greatest(-amount, 0)) over so_far - sum(greatest(amount, 0)) over of_order)
            when amount >= 0 then 0
        end as credit
    from refunds
    window
        of_order as (partition by order_number),
        so_far as (
            partition by order_number
            order by has_come_back desc nulls last, created_on asc nulls last, row_number asc nulls last
        )
)

select
    r.row_number,
    r.order_number as order_id,
    case when r.kind = 'refund' then 'refund' else coalesce(r.item_id, 'unknown') end as product_id,
    coalesce(o.created_on, r.created_on) as ordered_at,
    o.buyer as customer_id,
    -- the same sum may be paid back twice, and the same item sold twice
    case
        when r.kind = 'item' and r.transaction_id is not null then r.transaction_id
        when r.kind in ('item', 'refund')
            then cast(case when r.kind = 'refund' then o.items else 0 end + row_number() over (
                partition by r.order_number, r.kind, r.transaction_id is null and r.kind = 'item'
                order by r.row_number asc nulls last
            ) as string)
    end as line_number,
    case when r.kind = 'refund' then '-1' else coalesce(cast(r.pieces as string), r.quantity) end as quantity,
    -- what is no amount is refused as it was written
    coalesce(
        case r.kind
            when 'item' then {{ price_of_one('r.item_subtotal', 'r.pieces') }}
            when 'refund' then cast(c.credit as string)
            else cast(r.amount as string)
        end,
        case when r.kind = 'item' then r.told_subtotal else r.told_amount end
    ) as unit_price,
    case when r.kind = 'refund' then 'returned' else o.order_status end as order_status,
    case when r.kind = 'refund' then r.created_on when o.order_status = 'returned' then o.refunded_on end as returned_at,
    case when r.kind = 'refund' then 'false' end as is_product,
    o.country,
    r.custom_label as sku,
    coalesce(r.item_title, case when r.kind = 'refund' then 'Refund' end) as product_name,
    coalesce(r.currency, o.currency) as currency,
    r.row_defect
from {{ of_source(ref('src_ebay__rows'), source) }} as r
left join {{ of_source(ref('src_ebay__orders'), source) }} as o on r.order_number = o.order_number
left join credits as c on r.row_number = c.row_number
where
    r.kind in ('item', 'unreadable')
    or (r.kind = 'total' and o.items = 0)
    or (r.kind = 'refund' and o.order_status is null and coalesce(c.credit > 0, r.told_amount is not null))
{% endcall %}
