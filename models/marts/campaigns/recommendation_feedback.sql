-- One row per strategy by which products were shown and position in the list (0: all positions together): what came back, and the
-- click rate with the bias of positions taken out. Rows of few people are withheld.
select
    t.strategy,
    f.position,
    f.impressions,
    f.clicks,
    {{ ratio('f.clicks', 'f.impressions') }} as click_rate,
    {{ wilson('low', 'f.clicks', 'f.impressions') }} as click_rate_low,
    {{ wilson('high', 'f.clicks', 'f.impressions') }} as click_rate_high,
    f.conversions,
    {{ ratio('f.conversions', 'f.impressions') }} as conversion_rate,
    f.people,
    {{ finite('e.examination') }} as examination,
    {{ finite('e.examination_low') }} as examination_low,
    {{ finite('e.examination_high') }} as examination_high,
    e.method as examination_method,
    {{ finite('r.unbiased_click_rate') }} as unbiased_click_rate,
    {{ finite('r.unbiased_low') }} as unbiased_low,
    {{ finite('r.unbiased_high') }} as unbiased_high,
    r.run_id,
    a.as_of
from {{ ref('int_recommendation_feedback') }} as f
cross join {{ ref('stg_as_of') }} as a
inner join {{ ref('int_shown_strategies') }} as t on f.strategy_code = t.strategy_code
inner join {{ ref('int_unbiased_rates') }} as r on f.strategy_code = r.strategy_code and f.position = r.position
left join {{ ref('int_position_examination') }} as e on f.position = e.position
where f.people >= {{ var('min_group_size') }}
