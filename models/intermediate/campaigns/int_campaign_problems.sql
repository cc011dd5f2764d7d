-- One row per campaign, problem and, where two meet, other campaign: how many that touches, and what it does to the figures.
with refused as (
    {% for table_name, known_at in [('touches', 'shown_at'), ('assignments', 'assigned_at'), ('campaigns', 'null::timestamp')] %}
    select
        campaign_id,
        'rows of {{ table_name }} refused' as problem,
        count(*) as affected
    from {{ ref('stg_' ~ table_name ~ '__typed') }}
    where
        reject_reason is not null
        and campaign_id is not null
        and {{ known_at_as_of(known_at) }}
    group by campaign_id
    union all
    {% endfor %}
    select campaign_id, problem, affected from {{ ref('int_touch_problems') }}
),

of_customers as (
    select
        campaign_id,
        case
            when arm = 'control' and is_touched then 'holdout was written to'
            when arm = 'treatment' and not is_touched then 'drawn, but not reached'
        end as problem,
        count(*) as affected
    from {{ ref('int_campaign_customers') }}
    where
        kind = 'drawn'
        and campaign_id in (select p.campaign_id from {{ ref('int_campaign_people') }} as p)
    group by all
    union all
    select
        p.campaign_id,
        'reached, but not drawn' as problem,
        count(distinct p.person_id) as affected
    from {{ ref('int_campaign_people') }} as p
    anti join {{ ref('int_assigned') }} as d on p.campaign_id = d.campaign_id and p.customer_id = d.customer_id
    where p.campaign_id in (select w.campaign_id from {{ ref('int_assigned') }} as w)
    group by p.campaign_id
    union all
    select
        u.campaign_id,
        'unknown customer' as problem,
        count(*) as affected
    from (
        select campaign_id, customer_id from {{ ref('int_campaign_reached') }}
        union
        select campaign_id, customer_id from {{ ref('int_assigned') }}
    ) as u
    anti join {{ ref('int_known_customers') }} as k on u.customer_id = k.customer_id
    group by u.campaign_id
),

found as (
    select *, '' as other_campaign_id from refused
    union all
    select *, '' as other_campaign_id from of_customers where problem is not null
    union all
    select campaign_id, problem, affected, other_campaign_id from {{ ref('int_campaign_overlaps') }}
    union all
    select campaign_id, problem, 0 as affected, '' as other_campaign_id from {{ ref('int_campaigns_not_drawn') }}
)

select
    f.campaign_id,
    f.problem,
    f.other_campaign_id,
    f.affected,
    e.counted_in,
    e.effect
from found as f
left join {{ ref('campaign_problem_effects') }} as e on f.problem = e.problem
