-- One row per sale of a product in an order (per view in a session, in a shop without sales): how much it says about
-- demand now. Each counts for half after 60 days, so that last Christmas does not fill the spring.
{% set half_life_days = 60 %}
with sales as (
    select
        l.order_id as source_id,
        o.customer_id,
        l.product_id,
        o.ordered_at as happened_at
    from {{ ref('int_order_lines') }} as l
    inner join {{ ref('int_orders') }} as o on l.order_id = o.order_id
    where l.is_sold
),

views as (
    select
        s.session_id as source_id,
        s.customer_id,
        e.product_id,
        s.started_at as happened_at
    from {{ ref('int_session_events') }} as e
    inner join {{ ref('int_sessions') }} as s on e.session_id = s.session_id
    where
        e.event_type = 'view'
        and not s.is_bot
        and not exists (select 1 from {{ ref('int_order_lines') }} where is_sold)
),

signals as (
    select distinct * from sales
    union all
    select distinct * from views
)

select
    g.product_id,
    g.customer_id,
    -- a decimal, so that the sum does not depend on the order of its parts
    cast(pow(0.5, {{ whole_days_between('g.happened_at', 'a.as_of') }} / {{ half_life_days }}.0) as decimal(18, 9)) as weight
from signals as g
cross join {{ ref('stg_as_of') }} as a
inner join {{ ref('int_products') }} as p on g.product_id = p.product_id
where p.is_product
