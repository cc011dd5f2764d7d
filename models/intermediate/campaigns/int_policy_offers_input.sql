-- One row per campaign whose window has closed for everyone and customer who was drawn for it: for what, with which
-- probability, by what the campaign is judged, and what was known of them when it began; as numbers.
with closed as (
    select campaign_id
    from {{ ref('int_campaign_yields') }}
    where kind = 'drawn'
    group by campaign_id
    having min(elapsed_share) >= 1
),

segments as (
    select
        segment_id,
        cast(row_number() over (order by segment_id asc nulls last) - 1 as int) as segment_code
    from (select distinct segment_id from {{ ref('int_campaign_yields') }}) as named
),

judged as (
    select
        u.*,
        c.success_metric,
        cast(case c.success_metric
            {% for metric in campaign_metrics() %}
            when '{{ metric }}' then u.y_{{ metric }}
            {% endfor %}
        end as double) as reward
    from {{ ref('int_campaign_yields') }} as u
    semi join closed as f on u.campaign_id = f.campaign_id
    inner join {{ ref('int_campaigns') }} as c on u.campaign_id = c.campaign_id
    where u.kind = 'drawn'
)

select
    o.occasion_code as campaign_code,
    j.success_metric as metric,
    k.customer_code,
    v.variant_code,
    s.segment_code,
    cast(least(j.orders_before, 3) as int) as activity,
    j.propensity,
    j.reward
from judged as j
inner join {{ ref('int_policy_occasions') }} as o on j.campaign_id = o.campaign_id
inner join {{ ref('int_policy_variants') }} as v on j.campaign_id = v.campaign_id and coalesce(j.variant, '') = v.variant
inner join segments as s on j.segment_id = s.segment_id
inner join {{ ref('int_customers') }} as k on j.customer_id = k.customer_id
-- by what the campaign is judged may not be known, such as a profit without a cost
where j.reward is not null
