-- One row per day of the shop and platform with a human session that started on it: how far the sessions went.
with sessions as (
    select
        {{ shop_day('started_at') }} as activity_date,
        coalesce(platform, 'unknown') as platform,
        views > 0 as has_view,
        add_to_carts > 0 as has_cart,
        is_converted
    from {{ ref('int_sessions') }}
    where not is_bot
),

counted as (
    select
        activity_date,
        platform,
        count(*) as sessions,
        count(*) filter (where has_view) as sessions_with_view,
        count(*) filter (where has_cart) as sessions_with_cart,
        count(*) filter (where is_converted) as sessions_with_purchase
    from sessions
    group by activity_date, platform
)

select
    *,
    {{ ratio('sessions_with_cart', 'sessions_with_view') }} as view_to_cart_rate,
    {{ ratio('sessions_with_purchase', 'sessions_with_cart') }} as cart_to_purchase_rate,
    {{ ratio('sessions_with_purchase', 'sessions') }} as conversion_rate
from counted
