{{ config(enabled=reads('ebay'), materialized='table') }}
-- One row per order of eBay's report: what its items share, and what was paid back of it. An order whose sale lies before the
-- reports begins with what was paid back.
{% call(source) each_source('ebay') %}
with orders as (
    select
        order_number,
        coalesce(min(created_on) filter (where kind <> 'refund'), min(created_on)) as created_on,
        max(buyer) as buyer,
        max(country) as country,
        -- items of an order of several have none of their own
        max(currency) as currency,
        coalesce(sum(item_subtotal) filter (where kind = 'item'), max(amount) filter (where kind = 'total')) as item_total,
        count(*) filter (where kind = 'item') as items,
        -- a dispute that was won brings back what it took
        sum(-amount) filter (where kind = 'refund') as refund,
        max(created_on) filter (where kind = 'refund' and amount < 0) as refunded_on,
        bool_or(lower(reference) like '%cancel%') filter (where kind = 'refund') as is_cancelled,
        max(row_number) as last_row_number
    from {{ of_source(ref('src_ebay__rows'), source) }}
    where row_defect is null
    group by order_number
)

select
    *,
    -- all that the goods brought was paid back, with postage or without: the lines say so. A lesser sum is a line of its own
    case
        when refund > 0 and refund >= item_total then case when is_cancelled then 'cancelled' else 'returned' end
    end as order_status
from orders
{% endcall %}
