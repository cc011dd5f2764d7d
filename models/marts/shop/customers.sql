-- One row per customer: the profile. Built last; it alone reads other marts.
select
    c.customer_id,
    c.created_at,
    c.email,
    c.phone,
    c.birth_date,
    c.gender,
    c.country,
    c.city,
    c.income_band,
    c.has_marketing_consent,
    c.is_erased,
    o.first_ordered_at,
    o.last_ordered_at,
    coalesce(o.orders, 0) as orders,
    coalesce(o.cancelled_orders, 0) as cancelled_orders,
    coalesce(o.gross_revenue, 0) as gross_revenue,
    case when o.customer_id is null then z.zero_margin else o.gross_margin end as gross_margin,
    {{ ratio('o.costed_revenue', 'o.gross_revenue') }} as costed_revenue_share,
    coalesce(o.net_revenue, 0) as net_revenue,
    case when o.customer_id is null then z.zero_margin else o.net_margin end as net_margin,
    coalesce(o.returned_revenue, 0) as returned_revenue,
    coalesce(o.discount_amount, 0) as discount_amount,
    cast({{ ratio('o.gross_revenue', 'o.orders') }} as decimal(18, 2)) as average_order_value,
    cast(o.average_days_between_orders as double) as average_days_between_orders,
    coalesce(s.sessions, 0) as sessions,
    coalesce(s.views, 0) as views,
    coalesce(s.add_to_carts, 0) as add_to_carts,
    s.first_seen_at,
    greatest(s.last_seen_at, o.last_ordered_at) as last_seen_at,
    coalesce(f.distinct_products, 0) as distinct_products,
    f.favourite_category,
    f.favourite_brand,
    f.favourite_channel,
    r.recency_days,
    r.frequency,
    r.monetary,
    r.r_score,
    r.f_score,
    r.m_score,
    r.fm_score,
    r.rfm_segment,
    g.segment_id,
    g.segment_name,
    p.p_alive,
    p.churn_probability,
    p.purchase_probability,
    p.expected_orders_90d,
    p.expected_orders_365d,
    p.predicted_clv_365d,
    p.total_clv,
    p.expected_next_order_at,
    coalesce(v.reviews, 0) as reviews,
    coalesce(v.messages, 0) as messages,
    coalesce(v.unhappy_texts_90d, 0) as unhappy_texts_90d,
    v.open_messages,
    v.last_written_at,
    h.first_channel,
    h.last_channel,
    a.as_of,
    {{ source_of_id('c.customer_id') }} as source_system
from {{ ref('int_customers') }} as c
cross join {{ ref('stg_as_of') }} as a
cross join {{ ref('int_zero_margin') }} as z
left join {{ ref('int_customer_orders') }} as o on c.customer_id = o.customer_id
left join {{ ref('int_customer_sessions') }} as s on c.customer_id = s.customer_id
left join {{ ref('int_customer_favourites') }} as f on c.customer_id = f.customer_id
left join {{ ref('int_customer_channels') }} as h on c.customer_id = h.customer_id
left join {{ ref('customer_rfm') }} as r on c.customer_id = r.customer_id
left join {{ ref('customer_segments') }} as g on c.customer_id = g.customer_id
left join {{ ref('customer_predictions') }} as p on c.customer_id = p.customer_id
left join {{ ref('int_customer_voice') }} as v on c.customer_id = v.customer_id
