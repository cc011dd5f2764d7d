-- One row per customer and day on which the customer bought, visited or wrote, as numbers; the day as days of the shop before its
-- last one, for a visit the day on which it ended. Left out are visits of bots, visits of whom a link without a time tells (at a
-- cut in the past nobody may have known it), and erased customers: nothing is predicted of them. Orders without a date are of
-- no day: the learned step leaves them out, and says so. Suspects are marked since when they are: they teach nothing.
{% set money = ['gross_revenue', 'net_revenue', 'discount_amount', 'list_revenue'] %}
{% set counts = ['orders', 'products', 'sessions', 'views', 'add_to_carts', 'messages', 'reviews', 'unhappy_texts'] %}
{% set of_orders = {
    'orders': 'case when is_sale then 1 else 0 end',
    'gross_revenue': 'gross_revenue',
    'net_revenue': 'net_revenue',
    'discount_amount': 'discount_amount',
    'list_revenue': 'list_revenue',
    'products': 'case when is_sale then products else 0 end',
} %}
{% set of_visits = {'sessions': '1', 'views': 'views', 'add_to_carts': 'add_to_carts'} %}
{% set of_texts = {
    'messages': "case when kind = 'message' then 1 else 0 end",
    'reviews': "case when kind = 'review' then 1 else 0 end",
    'unhappy_texts': 'case when is_unhappy then 1 else 0 end',
} %}
with deeds as (
    select
        {% for figure in money + counts %}
        {{ of_orders.get(figure, '0') }} as {{ figure }},
        {% endfor %}
        ordered_at as happened_at,
        customer_id
    from {{ ref('int_orders') }}
    where customer_id is not null
    union all
    select
        {% for figure in money + counts %}
        {{ of_visits.get(figure, '0') }} as {{ figure }},
        {% endfor %}
        ended_at as happened_at,
        customer_id
    from {{ ref('int_sessions') }}
    where
        customer_id is not null
        and is_customer_known_then
        and not is_bot
        and session_id not in (select s.session_id from {{ ref('int_suspect_sessions') }} as s where s.is_known_then)
    union all
    select
        {% for figure in money + counts %}
        {{ of_texts.get(figure, '0') }} as {{ figure }},
        {% endfor %}
        written_at as happened_at,
        customer_id
    from {{ ref('int_customer_texts') }}
),

-- nothing is predicted of who only wrote
active as (
    select customer_id
    from deeds
    group by customer_id
    having sum(orders) + sum(sessions) > 0
)

select
    {% for figure in money %}
    cast(sum(d.{{ figure }}) as double) as {{ figure }},
    {% endfor %}
    {% for figure in counts %}
    cast(sum(d.{{ figure }}) as bigint) as {{ figure }},
    {% endfor %}
    min({{ suspected_age('a.last_day') }}) as suspected_age_days,
    {{ shop_days_ago('d.happened_at', 'a.last_day') }} as age_days,
    c.customer_code
from deeds as d
inner join active as v on d.customer_id = v.customer_id
inner join {{ ref('int_customers') }} as c on d.customer_id = c.customer_id
cross join {{ ref('stg_as_of') }} as a
left join {{ ref('int_suspect_customers') }} as q on d.customer_id = q.customer_id
where not c.is_erased
group by c.customer_code, {{ shop_days_ago('d.happened_at', 'a.last_day') }}
-- a day on which something was only taken back is no day of a buyer, a visitor or a writer
having sum(d.orders) + sum(d.sessions) + sum(d.messages) + sum(d.reviews) > 0
