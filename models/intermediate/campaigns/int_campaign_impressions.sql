-- One row per impression: a person who was shown a campaign in one form at one time, however many products and rows that took.
-- What a tool tells twice of a product counts once. A visitor is the customer whom the latest link until then names. Where a
-- tool does not say the form it is the one that the customer was drawn for.
with touched as (
    select
        t.*,
        k.id is not null as is_by_program,
        coalesce(t.customer_id, l.customer_id) as known_customer_id
    from {{ ref('stg_touches') }} as t
    inner join {{ ref('int_campaigns') }} as c on t.campaign_id = c.campaign_id and t.shown_at >= c.starts_at
    left join {{ ref('int_touched_visitors') }} as l on t.customer_id is null and t.row_number = l.row_number
    left join (
        select distinct id
        from {{ ref('int_suspicions') }}
        where
            kind = 'customer'
            and leaves_out in ('clicks', 'all')
    ) as k on coalesce(t.customer_id, l.customer_id) = k.id
    left join {{ ref('int_suspect_customers') }} as q
        on coalesce(t.customer_id, l.customer_id) = q.customer_id and c.starts_at >= q.suspected_at
    where q.customer_id is null
),

in_a_form as (
    select
        t.*,
        -- nobody is shown the holdout
        coalesce(
            case when lower(t.variant) not in ({{ sql_words_for_holdouts() }}) then t.variant end, d.variant, 'A'
        ) as form
    from touched as t
    left join {{ ref('int_assigned') }} as d on t.campaign_id = d.campaign_id and t.known_customer_id = d.customer_id
),

products as (
    select
        campaign_id,
        form as variant,
        coalesce(known_customer_id, visitor_id) as person_id,
        max(known_customer_id) as customer_id,
        shown_at,
        product_id,
        -- what a program clicked on, nobody did
        bool_or(clicked_at is not null and not is_by_program) as is_clicked,
        bool_or(converted_at is not null) as is_converted,
        max(revenue) as revenue,
        max(cost) as cost,
        max(satisfaction) as satisfaction,
        min(unsubscribed_at) as unsubscribed_at
    from in_a_form
    group by campaign_id, form, coalesce(known_customer_id, visitor_id), shown_at, product_id
)

select
    campaign_id,
    variant,
    person_id,
    max(customer_id) as customer_id,
    shown_at,
    bool_or(is_clicked) as is_clicked,
    bool_or(is_converted) as is_converted,
    cast(sum(revenue) as decimal(18, 2)) as revenue,
    cast(sum(cost) as decimal(18, 6)) as cost,
    cast(avg(satisfaction) as decimal(9, 3)) as satisfaction,
    min(unsubscribed_at) as unsubscribed_at
from products
group by campaign_id, variant, person_id, shown_at
