-- One row per campaign (`all`: all products that were shown with a known probability), variant, policy, metric and estimator:
-- what the policy would have earned a choice, beside what was earned, or why the log cannot tell. Choices of few people are
-- withheld.
select
    e.campaign_id,
    e.variant,
    e.policy,
    e.metric,
    e.estimator,
    {{ finite('e.value') }} as value,
    {{ finite('e.ci_low') }} as ci_low,
    {{ finite('e.ci_high') }} as ci_high,
    {{ finite('e.logged_value') }} as logged_value,
    {{ finite('e.gain') }} as gain,
    {{ finite('e.gain_low') }} as gain_low,
    {{ finite('e.gain_high') }} as gain_high,
    {{ finite('e.effective_sample') }} as effective_sample,
    {{ finite('e.overlap') }} as overlap,
    e.choices,
    e.people,
    e.verdict,
    e.reason,
    e.run_id,
    a.as_of
from {{ ref('int_policy_evaluation') }} as e
cross join {{ ref('stg_as_of') }} as a
where e.people >= {{ var('min_group_size') }}
