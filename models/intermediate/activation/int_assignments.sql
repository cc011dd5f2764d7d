-- One row per source system, campaign and customer whom this project has drawn for it, with the as_of of the run that did:
-- once, in the first run from a day before its start. Nothing is rewritten; a full refresh does not lose it, and who is erased
-- goes.
with starting as (
    select
        c.*,
        a.as_of
    from {{ ref('int_campaigns') }} as c
    inner join {{ ref('stg_as_of') }} as a on c.starts_at - interval '1 day' <= a.as_of and c.ends_at > a.as_of
    anti join {{ earlier_rows('int_assignments', assignment_columns()) }} as h on c.campaign_id = h.campaign_id
    where
        c.audience is not null
        and not c.is_assigned_elsewhere
        and c.first_shown_at is null
),

members as (
    select distinct
        audience,
        customer_id
    from {{ ref('int_audience_members') }}
    union all
    select
        'all' as audience,
        customer_id
    from {{ ref('int_customers') }}
),

drawn as (
    select
        s.*,
        m.customer_id,
        {{ holdout_draw('s.campaign_id', 'm.customer_id') }} as draw
    from starting as s
    inner join members as m on s.audience = m.audience
    inner join {{ ref('int_customers') }} as c on m.customer_id = c.customer_id
    where
        not c.is_erased
        and (c.has_marketing_consent or not s.needs_consent)
)

select
    '{{ source_system() }}' as source_system,
    d.as_of,
    d.campaign_id,
    d.customer_id,
    v.variant,
    case when v.variant is null then 'control' else 'treatment' end as arm,
    case when v.variant is null then d.holdout_share else (1 - d.holdout_share) * v.share end as propensity,
    d.audience
from drawn as d
-- the holdout are the lowest draws; what is left above them, from 0 to 1, is the variants'
left join {{ ref('int_campaign_variants') }} as v
    on
        d.campaign_id = v.campaign_id
        and d.draw >= d.holdout_share
        and (d.draw - d.holdout_share) / nullif(1 - d.holdout_share, 0) >= v.share_from
        and (d.draw - d.holdout_share) / nullif(1 - d.holdout_share, 0) < v.share_to
