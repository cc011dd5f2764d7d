-- One row per click on a product in a human session: a view, a click, a cart or a purchase; what follows on the same product
-- without another in between is the same click.
with on_products as (
    select
        e.session_id,
        e.product_id,
        e.event_number,
        e.occurred_at as clicked_at,
        lag(e.product_id) over (
            partition by e.session_id order by e.event_number asc nulls last
        ) as previous_product_id
    from {{ ref('int_session_events') }} as e
    inner join {{ ref('int_products') }} as p on e.product_id = p.product_id
    anti join {{ ref('int_bot_sessions') }} as b on e.session_id = b.session_id
    where
        e.event_type in ('view', 'click', 'add_to_cart', 'purchase')
        and p.is_product
)

select
    session_id,
    cast(dense_rank() over (order by session_id asc nulls last) as int) as session_code,
    product_id,
    cast(row_number() over (partition by session_id order by event_number asc nulls last) as int) as click_number,
    clicked_at
from on_products
where product_id is distinct from previous_product_id
