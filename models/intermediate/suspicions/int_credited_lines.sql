-- One row per order line that credit notes of the customer took back whole, with when: they take back what was bought first, so
-- it is back when as much of the product was credited as was bought until then. A credit note does not say of which order.
with lines as (
    select
        o.customer_id,
        l.product_id,
        l.order_id,
        l.line_number,
        l.quantity,
        l.quantity < 0 as is_credit,
        -- a refund may bear the date of its order
        coalesce(case when l.quantity < 0 then l.returned_at end, l.ordered_at) as happened_at
    from {{ ref('int_order_lines') }} as l
    inner join {{ ref('int_orders') }} as o on l.order_id = o.order_id
    where
        o.customer_id is not null
        -- some shops call a credit note cancelled
        and (l.quantity < 0 or l.order_status = 'completed')
),

-- few customers have any
with_credit as (
    select distinct
        customer_id,
        product_id
    from lines
    where is_credit
),

counted as (
    select
        l.*,
        abs(sum(l.quantity) over (
            partition by l.customer_id, l.product_id, l.is_credit
            order by l.happened_at asc nulls last, l.order_id asc nulls last, l.line_number asc nulls last
            rows between unbounded preceding and current row
        )) as units_so_far
    from lines as l
    semi join with_credit as w on l.customer_id = w.customer_id and l.product_id = w.product_id
)

select
    b.order_id,
    b.line_number,
    min(c.happened_at) as credited_at
from counted as b
inner join counted as c
    on
        b.customer_id = c.customer_id
        and b.product_id = c.product_id
        and c.is_credit
        and b.units_so_far <= c.units_so_far
where not b.is_credit
group by b.order_id, b.line_number
