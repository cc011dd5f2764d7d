-- One row per campaign and customer who was drawn for it before as_of: by another tool, whose rows then are all that count of
-- the campaign, or by an earlier run of this project. Of ids that are one person by now the one by which they are known
-- counts, else the lowest: what does not hang on the arm. The erased are in none.
with given as (
    select
        s.campaign_id,
        s.customer_id,
        s.own_customer_id,
        s.variant,
        s.arm,
        s.propensity,
        greatest(coalesce(s.assigned_at, c.starts_at), c.starts_at) as assigned_at,
        c.audience,
        'tool' as drawn_by
    from {{ ref('stg_assignments') }} as s
    inner join {{ ref('int_campaigns') }} as c on s.campaign_id = c.campaign_id
),

frozen as (
    select
        h.campaign_id,
        {{ one_customer('h.customer_id') }} as customer_id,
        h.customer_id as own_customer_id,
        h.variant,
        h.arm,
        h.propensity,
        h.as_of as assigned_at,
        h.audience,
        'project' as drawn_by
    from {{ earlier_rows('int_assignments', assignment_columns()) }} as h
    inner join {{ ref('stg_as_of') }} as a on h.as_of < a.as_of {{- join_customers('h.customer_id') }}
    anti join {{ ref('stg_assignments') }} as s on h.campaign_id = s.campaign_id
),

drawn as (
    select * from given
    union all
    select * from frozen
),

{% if joins_customers() %}
-- only ids that are one person can be drawn twice
joined as (
    select *
    from drawn
    semi join {{ ref('stg_customer_joins') }} as j on drawn.customer_id = j.customer_id
    qualify
        row_number() over (
            partition by campaign_id, customer_id
            order by own_customer_id = customer_id desc nulls last, own_customer_id asc nulls last
        ) = 1
),

once as (
    select * from joined
    union all
    select *
    from drawn
    anti join {{ ref('stg_customer_joins') }} as j on drawn.customer_id = j.customer_id
)
{% else %}
once as (
    select * from drawn
)
{% endif %}

select
    o.campaign_id,
    o.customer_id,
    o.variant,
    o.arm,
    o.propensity,
    o.assigned_at,
    o.audience,
    o.drawn_by
from once as o
anti join {{ ref('int_erased_customers') }} as e on o.customer_id = e.customer_id
