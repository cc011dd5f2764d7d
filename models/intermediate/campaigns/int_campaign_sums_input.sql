-- One row per campaign, variant (null: with whom it is compared), segment (`all`: everyone) and metric: the sums that effects
-- are made of.
{% set sums = ['wy', 'wx', 'wwy', 'wwx', 'wwyy', 'wwxx', 'wwxy'] %}
with together as (
    select
        campaign_id,
        variant,
        baseline,
        segment_id,
        elapsed,
        w,
        ww,
        {% for metric in campaign_metrics() %}
        {{ metric }}_known,
        {% for column in sums %}
        {{ metric }}_{{ column }},
        {% endfor %}
        {% endfor %}
        planned_share,
        customers
    from {{ ref('int_campaign_sums') }}
    union all
    select
        campaign_id,
        variant,
        baseline,
        'all' as segment_id,
        {% for column in ['elapsed', 'w', 'ww'] %}
        {{ exact_sum(column) }} as {{ column }},
        {% endfor %}
        {% for metric in campaign_metrics() %}
        cast(sum({{ metric }}_known) as bigint) as {{ metric }}_known,
        {% for column in sums %}
        {{ exact_sum(metric ~ '_' ~ column) }} as {{ metric }}_{{ column }},
        {% endfor %}
        {% endfor %}
        min(planned_share) as planned_share,
        cast(sum(customers) as bigint) as customers
    from {{ ref('int_campaign_sums') }}
    group by campaign_id, variant, baseline
)

{% for metric in campaign_metrics() %}
select
    s.campaign_id,
    nullif(s.variant, s.baseline) as variant,
    case when s.baseline = '' then 'holdout' else s.baseline end as compared_with,
    s.segment_id,
    '{{ metric }}' as metric,
    c.success_metric = '{{ metric }}' as is_success_metric,
    s.customers,
    s.planned_share,
    s.elapsed / nullif(s.customers, 0) as elapsed_share,
    {% for column in sums %}
    s.{{ metric }}_{{ column }} as {{ column }},
    {% endfor %}
    s.w,
    s.ww
from together as s
inner join {{ ref('int_campaigns') }} as c on s.campaign_id = c.campaign_id
where s.{{ metric }}_known > 0
{{ 'union all' if not loop.last }}
{% endfor %}
