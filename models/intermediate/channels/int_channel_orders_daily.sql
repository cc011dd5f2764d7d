-- One row per day of the shop, touch (first, last) and channel that brought a sale on that day. A customer counts once a day:
-- with the first sale, so that channels add up to the shop.
with sales as (
    select
        {{ shop_day('o.ordered_at') }} as activity_date,
        o.gross_revenue,
        o.gross_margin,
        c.first_touch_channel,
        c.last_touch_channel,
        o.customer_id is not null and row_number() over (
            partition by o.customer_id, {{ shop_day('o.ordered_at') }}
            order by o.ordered_at asc nulls last, o.order_id asc nulls last
        ) = 1 as is_first_of_day,
        o.customer_id is not null and row_number() over (
            partition by o.customer_id order by o.ordered_at asc nulls last, o.order_id asc nulls last
        ) = 1 as is_first_of_all
    from {{ ref('int_orders') }} as o
    inner join {{ ref('int_order_channels') }} as c on o.order_id = c.order_id
    where
        o.is_sale
        and o.ordered_at is not null
)

{% for touch in ['first', 'last'] %}
select
    activity_date,
    '{{ touch }}' as touch,
    {{ touch }}_touch_channel as channel,
    count(*) as orders,
    count(*) filter (where is_first_of_day) as buyers,
    count(*) filter (where is_first_of_all) as new_customers,
    cast(sum(gross_revenue) as decimal(18, 2)) as gross_revenue,
    {{ sum_if_all_known('gross_margin') }} as gross_margin
from sales
group by activity_date, {{ touch }}_touch_channel
{{ 'union all' if not loop.last }}
{% endfor %}
