-- One row per campaign and customer who was drawn for it or left alone: what was done, with which probability, what came of it if
-- its days are over, and what was known before. Of many customers a part, with all that was decided of them.
with decided as (
    select
        y.*,
        count(*) over () as decisions
    from {{ ref('int_campaign_yields') }} as y
    where y.kind = 'drawn'
)

select
    k.customer_code,
    f.campaign_code as campaign_place,
    case when d.arm = 'treatment' then o.offer_code end as offer_code,
    d.segment_id,
    cast({{ seconds_between('d.opens_at', 'a.as_of') }} as double) / 86400.0 as days_ago,
    d.propensity,
    d.elapsed_share >= 1 as is_known,
    d.orders > 0 as has_ordered,
    cast(
        case when m.metric = 'margin' then coalesce(d.y_profit, d.y_margin) else d.y_conversion end as double
    ) as reward,
    cast(t.contacts as double) as f_contacts,
    {{ campaign_features('d', 'k') }}
from decided as d
cross join {{ ref('stg_as_of') }} as a
cross join {{ ref('int_offer_metric') }} as m
inner join (select distinct campaign_id, campaign_code from {{ ref('int_offers') }}) as f on d.campaign_id = f.campaign_id
inner join {{ ref('int_customers') }} as k on d.customer_id = k.customer_id
inner join {{ ref('int_offer_contacts') }} as t
    on d.kind = t.kind and d.campaign_id = t.campaign_id and d.customer_id = t.customer_id
left join {{ ref('int_offers') }} as o on d.campaign_id = o.campaign_id and d.variant = o.variant
where
    (d.arm = 'control' or o.offer_code is not null)
    and {{ holdout_draw("'offers'", 'd.customer_id') }} * d.decisions < 5 * {{ most_compared_customers() }}
