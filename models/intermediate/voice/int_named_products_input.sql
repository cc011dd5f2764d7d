-- One row per product that recommendations know of, as a number: what it is called, who bought it in visits, and whether it may
-- be shown.
with bought as (
    select
        e.product_id,
        count(distinct e.visitor_id) as buyers
    from {{ ref('int_session_events') }} as e
    anti join {{ ref('int_bot_sessions') }} as b on e.session_id = b.session_id
    where e.event_type = 'purchase'
    group by e.product_id
)

select
    c.product_code,
    p.product_name,
    coalesce(b.buyers, 0) as buyers,
    s.is_available
from {{ ref('int_products_shown_input') }} as s
inner join {{ ref('int_product_codes') }} as c on s.product_code = c.product_code
inner join {{ ref('int_products') }} as p on c.product_id = p.product_id
left join bought as b on p.product_id = b.product_id
