-- One row per credited line of something that the same order has cancelled or returned in place: such a line was never in
-- the revenue, so a credit of it takes back nothing, up to its amount. `void_amount`, at most the credit itself, is that
-- part; it is used up credit by credit.
with in_place as (
    select
        order_id,
        product_id,
        sum(list_amount - discount) as amount
    from {{ ref('int_lines_from_order_lines') }}
    where
        quantity > 0
        and order_status <> 'completed'
    group by order_id, product_id
),

credits as (
    select
        l.order_id,
        l.line_number,
        l.discount - l.list_amount as amount,
        p.amount as in_place_amount,
        sum(l.discount - l.list_amount) over (
            partition by l.order_id, l.product_id order by l.line_number asc nulls last
            rows between unbounded preceding and current row
        ) as credited
    from {{ ref('int_lines_from_order_lines') }} as l
    inner join in_place as p on l.order_id = p.order_id and l.product_id = p.product_id
    where
        l.quantity < 0
        and l.list_amount < l.discount
)

select
    order_id,
    line_number,
    cast(least(amount, greatest(in_place_amount - (credited - amount), 0)) as decimal(18, 2)) as void_amount
from credits
