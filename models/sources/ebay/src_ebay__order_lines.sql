{{ config(enabled=source_system() == 'ebay', materialized='table') }}
-- One row per item that was sold, and one per time that a part of an order was paid back (the lines of a whole order are
-- `returned` or `cancelled`). Totals of orders are left out where items stand beside them, which they repeat. Postage is no
-- line. A product is the listing: custom labels may be shelves and suppliers.
select
    r.row_number,
    r.order_number as order_id,
    case when r.kind = 'refund' then 'refund' else coalesce(r.item_id, 'unknown') end as product_id,
    coalesce(o.created_on, r.created_on) as ordered_at,
    o.buyer as customer_id,
    -- what was paid back has no number, and the same sum may be paid back twice
    case
        when r.kind = 'item' then r.transaction_id
        when r.kind = 'refund'
            then cast(row_number() over (partition by r.order_number, r.kind order by r.row_number asc nulls last) as string)
    end as line_number,
    case when r.kind <> 'refund' then r.quantity when r.amount < 0 then '-1' end as quantity,
    case
        when r.kind = 'item' then {{ price_of_one('r.item_subtotal', 'r.pieces') }}
        else cast(abs(r.amount) as string)
    end as unit_price,
    case when r.kind <> 'refund' then o.order_status when r.amount < 0 then 'returned' end as order_status,
    case when r.kind = 'refund' then r.created_on when o.order_status = 'returned' then o.refunded_on end as returned_at,
    case when r.kind = 'refund' then 'false' end as is_product,
    o.country,
    coalesce(r.item_title, case when r.kind = 'refund' then 'Refund' end) as product_name,
    coalesce(r.currency, o.currency) as currency,
    r.row_defect
from {{ ref('src_ebay__rows') }} as r
left join {{ ref('src_ebay__orders') }} as o on r.order_number = o.order_number
where
    r.kind in ('item', 'unreadable')
    or (r.kind = 'total' and o.items = 0)
    or (r.kind = 'refund' and o.order_status is null and r.amount <> 0)
