-- One row per campaign ('all': all products that were shown), variant, policy, metric and estimator: what the policy would have
-- earned.
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
