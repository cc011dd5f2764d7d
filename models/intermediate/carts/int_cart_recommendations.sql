-- One row per open cart and rank: what goes with the products in it, as staff rules want it for the cart's customer. A pin takes
-- a place in a list; it makes none.
with carts as (
    select distinct
        i.session_id,
        coalesce(m.group_code, 0) as group_code
    from {{ ref('int_cart_items') }} as i
    left join {{ ref('int_staff_members') }} as m on i.customer_id = m.customer_id
    where i.session_id in (select d.session_id from {{ ref('int_cart_candidates') }} as d)
),

wishes as (
    select
        c.session_id,
        t.*
    from carts as c
    inner join {{ ref('int_staff_rules_input') }} as t on c.group_code = t.group_code
),

pinned as (
    select
        w.*,
        row_number() over (partition by w.session_id order by w.place asc nulls last) as pin_number
    from wishes as w
    anti join {{ ref('int_cart_products_left_out') }} as x on w.session_id = x.session_id and w.product_id = x.product_id
    where w.action = 'pin'
),

others as (
    select
        d.*,
        w.rule as staff_rule,
        row_number() over (
            partition by d.session_id
            order by d.score * coalesce(w.factor, 1) desc nulls last, d.lift desc nulls last, d.product_id asc nulls last
        ) as free_number
    from {{ ref('int_cart_candidates') }} as d
    left join wishes as w on d.session_id = w.session_id and d.product_id = w.product_id
    where coalesce(w.action not in ('never', 'pin'), true)
),

-- the n-th of the others takes the n-th place that no pin has
placed as (
    select
        o.session_id,
        o.product_id,
        o.score,
        o.rule_id,
        o.staff_rule,
        false as is_pinned,
        o.free_number + count(p.place) over (partition by o.session_id, o.product_id) as place
    from others as o
    left join pinned as p on o.session_id = p.session_id and p.place - p.pin_number + 1 <= o.free_number
    qualify row_number() over (partition by o.session_id, o.product_id order by p.place asc nulls last) = 1
    union all
    select
        p.session_id,
        p.product_id,
        d.score,
        d.rule_id,
        p.rule as staff_rule,
        true as is_pinned,
        p.place
    from pinned as p
    left join {{ ref('int_cart_candidates') }} as d on p.session_id = d.session_id and p.product_id = d.product_id
)

select
    session_id,
    cast(row_number() over (partition by session_id order by place asc nulls last) as int) as recommendation_rank,
    product_id,
    score,
    rule_id,
    staff_rule,
    is_pinned
from placed
qualify recommendation_rank <= {{ var('recommendations_per_customer') }}
