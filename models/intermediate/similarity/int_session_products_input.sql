-- One row per human session and product viewed or clicked in it, both as numbers; those of suspects teach nothing.
with viewed as (
    select distinct
        e.session_id,
        e.product_id
    from {{ ref('int_session_events') }} as e
    -- bots are few: cheaper to look up than all sessions
    anti join {{ ref('int_bot_sessions') }} as b on e.session_id = b.session_id
    anti join {{ ref('int_suspect_sessions') }} as q on e.session_id = q.session_id
    where
        e.event_type in ('view', 'click')
        and e.product_id is not null
)

select
    cast(dense_rank() over (order by v.session_id asc nulls last) as int) as session_code,
    c.product_code
from viewed as v
inner join {{ ref('int_product_codes') }} as c on v.product_id = c.product_id
inner join {{ ref('int_products') }} as p on v.product_id = p.product_id
anti join (
    select s.session_id
    from {{ ref('int_session_customers') }} as s
    semi join {{ ref('int_suspect_customers') }} as k on s.customer_id = k.customer_id
) as q on v.session_id = q.session_id
where p.is_product
