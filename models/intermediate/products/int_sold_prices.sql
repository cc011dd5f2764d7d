-- One row per product that was sold at a known price: the latest of its prices, or where orders have no dates the one of most
-- of its lines.
with prices as (
    select
        product_id,
        unit_price,
        ordered_at,
        order_id,
        line_number,
        case when ordered_at is null then count(*) over (partition by product_id, unit_price) end as undated_lines
    from {{ ref('int_order_lines') }}
    where
        is_sold
        and unit_price is not null
)

select
    product_id,
    unit_price
from prices
qualify
    row_number() over (
        partition by product_id
        order by
            ordered_at desc nulls last, undated_lines desc nulls last,
            order_id desc nulls last, line_number desc nulls last
    ) = 1
