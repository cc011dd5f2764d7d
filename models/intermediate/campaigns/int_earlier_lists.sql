-- One row per campaign, customer and place: the product that recommendations would have put there when the campaign began.
with lists as (
    select {{ explode('lists') }} as item
    from {{ ref('ml_earlier_lists') }}
)

select
    l.item.occasion_code as occasion_code,
    l.item.customer_code as customer_code,
    l.item.list_rank as list_rank,
    l.item.product_code as product_code
from lists as l
