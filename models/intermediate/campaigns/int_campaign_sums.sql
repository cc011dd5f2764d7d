-- One row per campaign, variant (without a name the holdout) and segment of customers: the sums of everything that effects are
-- made of. Each addend is rounded, so that sums are the same in any order. Where everyone weighs the same, that is nearly always,
-- sums are taken without weights, which costs half.
select
    campaign_id,
    variant,
    baseline,
    segment_id,
    {{ exact_sum('elapsed_share') }} as elapsed,
    cast(count(*) as double) as w,
    cast(count(*) as double) as ww,
    {% for metric in campaign_metrics() %}
    {% set y, x = 'cast(y_' ~ metric ~ ' as decimal(19, 6))', 'cast(x_' ~ metric ~ ' as decimal(19, 6))' %}
    count(y_{{ metric }}) as {{ metric }}_known,
    {% for weights in ['w', 'ww'] %}
    cast(sum({{ y }}) as double) as {{ metric }}_{{ weights }}y,
    cast(sum({{ x }}) as double) as {{ metric }}_{{ weights }}x,
    {% endfor %}
    cast(sum({{ y }} * {{ y }}) as double) as {{ metric }}_wwyy,
    cast(sum({{ x }} * {{ x }}) as double) as {{ metric }}_wwxx,
    cast(sum({{ x }} * {{ y }}) as double) as {{ metric }}_wwxy,
    {% endfor %}
    min(planned_share) as planned_share,
    count(*) as customers
from {{ ref('int_campaign_measures') }}
where not has_weights
group by campaign_id, variant, baseline, segment_id
union all
select
    campaign_id,
    variant,
    baseline,
    segment_id,
    {{ exact_sum('elapsed_share') }} as elapsed,
    {{ exact_sum('weight') }} as w,
    {{ exact_sum('weight * weight') }} as ww,
    {% for metric in campaign_metrics() %}
    {% set y, x = 'cast(y_' ~ metric ~ ' as double)', 'cast(x_' ~ metric ~ ' as double)' %}
    count(y_{{ metric }}) as {{ metric }}_known,
    {{ exact_sum('weight * ' ~ y) }} as {{ metric }}_wy,
    {{ exact_sum('weight * ' ~ x) }} as {{ metric }}_wx,
    {{ exact_sum('weight * weight * ' ~ y) }} as {{ metric }}_wwy,
    {{ exact_sum('weight * weight * ' ~ x) }} as {{ metric }}_wwx,
    {{ exact_sum('weight * weight * ' ~ y ~ ' * ' ~ y) }} as {{ metric }}_wwyy,
    {{ exact_sum('weight * weight * ' ~ x ~ ' * ' ~ x) }} as {{ metric }}_wwxx,
    {{ exact_sum('weight * weight * ' ~ x ~ ' * ' ~ y) }} as {{ metric }}_wwxy,
    {% endfor %}
    min(planned_share) as planned_share,
    count(*) as customers
from {{ ref('int_campaign_measures') }}
where has_weights
group by campaign_id, variant, baseline, segment_id
