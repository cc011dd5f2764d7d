-- One row per campaign, variant, segment of customers (`all`: everyone) and metric: what having been drawn for it changed, by
-- intention to treat. Segments that are too small are withheld.
with compared as (
    select distinct
        campaign_id,
        compared_with
    from {{ ref('int_campaign_sums_input') }}
)

select
    e.campaign_id,
    c.campaign_name,
    c.starts_at,
    e.variant,
    e.segment_id,
    e.metric,
    e.family,
    coalesce(w.compared_with, 'not drawn') as compared_with,
    e.customers,
    e.control_customers,
    {{ finite('e.mean') }} as mean,
    {{ finite('e.control_mean') }} as control_mean,
    {{ finite('e.effect') }} as effect,
    {{ finite('e.plain_effect') }} as plain_effect,
    {{ finite('e.plain_ci_low') }} as plain_ci_low,
    {{ finite('e.plain_ci_high') }} as plain_ci_high,
    {{ finite('e.relative_effect') }} as relative_effect,
    {{ finite('e.ci_low') }} as ci_low,
    {{ finite('e.ci_high') }} as ci_high,
    {{ finite('e.relative_ci_low') }} as relative_ci_low,
    {{ finite('e.relative_ci_high') }} as relative_ci_high,
    {{ finite('e.sequential_ci_low') }} as sequential_ci_low,
    {{ finite('e.sequential_ci_high') }} as sequential_ci_high,
    {{ finite('e.p_value') }} as p_value,
    {{ finite('e.adjusted_p_value') }} as adjusted_p_value,
    {{ finite('e.sample_ratio_p_value') }} as sample_ratio_p_value,
    {{ finite('e.minimum_detectable_effect') }} as minimum_detectable_effect,
    {{ finite('e.minimum_detectable_relative') }} as minimum_detectable_relative,
    {{ finite('e.elapsed_share') }} as elapsed_share,
    e.method,
    e.verdict,
    e.finding,
    e.run_id,
    a.as_of
from {{ ref('int_campaign_effects') }} as e
cross join {{ ref('stg_as_of') }} as a
inner join {{ ref('int_campaigns') }} as c on e.campaign_id = c.campaign_id
left join compared as w on e.campaign_id = w.campaign_id
where
    e.customers >= {{ var('min_group_size') }}
    -- where nobody was left alone the finding says so
    and (e.control_customers >= {{ var('min_group_size') }} or e.control_customers = 0)
