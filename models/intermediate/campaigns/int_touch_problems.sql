-- One row per campaign and problem of what its touches say: how many that are. Without a probability of what was shown nobody can
-- tell what another policy would have brought.
{% set problems = {
    'touch before its campaign': 't.shown_at < c.starts_at',
    'click before the touch': 't.is_clicked_before',
    'conversion before the touch': 't.is_converted_before',
} %}
{% for problem, condition in problems.items() %}
select
    t.campaign_id,
    '{{ problem }}' as problem,
    count(*) as affected
from {{ ref('stg_touches') }} as t
inner join {{ ref('int_campaigns') }} as c on t.campaign_id = c.campaign_id
where {{ condition }}
group by t.campaign_id
union all
{% endfor %}
select
    o.campaign_id,
    'touch told twice' as problem,
    cast(sum(s.tellings - 1) as bigint) as affected
from {{ ref('int_shown_products') }} as s
inner join {{ ref('int_policy_occasions') }} as o on s.occasion_code = o.occasion_code
where s.tellings > 1
group by o.campaign_id
having o.campaign_id <> ''
union all
select
    o.campaign_id,
    'touch without a propensity' as problem,
    count(*) as affected
from {{ ref('int_shown_products') }} as s
inner join {{ ref('int_policy_occasions') }} as o on s.occasion_code = o.occasion_code
where s.propensity is null
group by o.campaign_id
having o.campaign_id <> ''
union all
select
    o.campaign_id,
    'propensities do not add up' as problem,
    w.choices as affected
from {{ ref('int_policy_left_out') }} as w
inner join {{ ref('int_policy_occasions') }} as o on w.occasion_code = o.occasion_code
where o.campaign_id <> ''
