-- One row per campaign ('all': all products that were shown), variant, policy, metric and estimator: what the policy would have
-- earned. Where too little is known to rank customers by uplift, one row says so.
with found as (
    select
        run_id,
        {{ explode('values') }} as item
    from {{ ref('ml_policy_evaluation') }}
)

select
    coalesce(o.campaign_id, 'all') as campaign_id,
    coalesce(v.variant, 'all') as variant,
    f.item.policy as policy,
    f.item.metric as metric,
    f.item.estimator as estimator,
    f.item.choices as choices,
    f.item.people as people,
    {% for figure in [
        'value', 'ci_low', 'ci_high', 'logged_value', 'gain', 'gain_low', 'gain_high', 'effective_sample', 'overlap'
    ] %}
    f.item.{{ figure }} as {{ figure }},
    {% endfor %}
    f.item.verdict as verdict,
    f.item.reason as reason,
    f.run_id
from found as f
left join {{ ref('int_policy_occasions') }} as o on f.item.campaign_code = o.occasion_code
left join {{ ref('int_policy_variants') }} as v
    on o.campaign_id = v.campaign_id and f.item.variant_code = v.variant_code
union all
select
    u.campaign_id,
    u.variant,
    'uplift_ranking' as policy,
    c.success_metric as metric,
    'dr' as estimator,
    u.customers as choices,
    u.customers as people,
    {% for figure in ['value', 'ci_low', 'ci_high', 'logged_value', 'gain', 'gain_low', 'gain_high'] %}
    cast(null as double) as {{ figure }},
    {% endfor %}
    cast(0 as double) as effective_sample,
    cast(0 as double) as overlap,
    'refused' as verdict,
    u.sentence as reason,
    u.run_id
from {{ ref('int_uplift_refusals') }} as u
inner join {{ ref('int_campaigns') }} as c on u.campaign_id = c.campaign_id
