-- One row per occasion, person, time, place in the list and product: a product that was shown, however often a tool tells it.
-- What came before its campaign does not count, what a program clicked on nobody did, and who was a suspect by then counts in
-- nothing, as in int_campaign_impressions.
with shown as (
    select
        t.*,
        o.occasion_code,
        coalesce(o.starts_at, t.shown_at) as began_at,
        coalesce(t.customer_id, l.customer_id) as known_customer_id
    from {{ ref('stg_touches') }} as t
    inner join {{ ref('int_policy_occasions') }} as o on coalesce(t.campaign_id, '') = o.campaign_id
    left join {{ ref('int_touched_visitors') }} as l on t.customer_id is null and t.row_number = l.row_number
    where
        t.product_id is not null
        and coalesce(t.shown_at >= o.starts_at, true)
),

by_person as (
    select
        s.*,
        p.person_code,
        k.id is not null as is_by_program
    from shown as s
    inner join {{ ref('int_policy_people') }} as p
        on
            coalesce(s.known_customer_id, s.visitor_id) = p.person_id
            and (s.known_customer_id is not null) = p.is_customer
    left join (
        select distinct id
        from {{ ref('int_suspicions') }}
        where
            kind = 'customer'
            and leaves_out in ('clicks', 'all')
    ) as k on s.known_customer_id = k.id
    left join {{ ref('int_suspect_customers') }} as q
        on s.known_customer_id = q.customer_id and s.began_at >= q.suspected_at
    where q.customer_id is null
)

select
    -- the same in every run over the same rows, and in order of them
    min(s.row_number) as touch_code,
    s.occasion_code,
    s.person_code,
    s.shown_at,
    s.position,
    c.product_code,
    -- of a product that is told twice the first telling
    min_by(s.strategy, s.row_number) as strategy,
    min_by(s.propensity, s.row_number) as propensity,
    min({{ shop_days_ago('s.began_at', 'a.last_day') }}) as context_age_days,
    bool_or(s.clicked_at is not null and not s.is_by_program) as is_clicked,
    bool_or(s.converted_at is not null) as is_converted,
    cast(coalesce(max(s.revenue), 0) as double) as revenue,
    count(*) as tellings
from by_person as s
cross join {{ ref('stg_as_of') }} as a
inner join {{ ref('int_product_codes') }} as c on s.product_id = c.product_id
group by s.occasion_code, s.person_code, s.shown_at, s.position, c.product_code
