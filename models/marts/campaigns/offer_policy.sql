-- One row per customer who may be contacted: what the next send has for them, an offer or no contact, drawn with which
-- probability, and why.
with named as (
    select
        o.offer_code,
        o.campaign_id || '/' || o.variant as action,
        o.campaign_name || ', form ' || o.variant as offer_name
    from {{ ref('int_offers') }} as o
),

worded as (
    select
        p.*,
        m.metric,
        coalesce(n.action, 'no contact') as action,
        n.offer_name,
        b.offer_name as best_offer_name,
        {% for amount in ['gain', 'gain_low', 'gain_high', 'best_gain'] %}
        cast(cast(p.{{ amount }} * case m.metric when 'margin' then 1 else 100 end as decimal(18, 2)) as string)
            as {{ amount }}_text,
        {% endfor %}
        case when m.metric = 'margin' then ' in margin' else ' more orders of a hundred such customers' end as of_what
    from {{ ref('int_offer_policy') }} as p
    cross join {{ ref('int_offer_metric') }} as m
    left join named as n on p.offer_code = n.offer_code
    left join named as b on p.best_offer_code = b.offer_code
)

select
    w.customer_id,
    w.action,
    o.campaign_id,
    o.variant,
    o.channel,
    d.segment_id,
    {{ finite('w.propensity') }} as propensity,
    w.metric,
    cast(case when w.metric = 'margin' then {{ finite('w.gain') }} end as decimal(18, 2)) as expected_margin,
    {{ finite('w.gain') }} as expected_gain,
    {{ finite('w.gain_low') }} as gain_low,
    {{ finite('w.gain_high') }} as gain_high,
    {{ finite('o.cost') }} as cost,
    case w.reason
        when 'best'
            then
                w.offer_name || ': of no other offer more is expected, ' || w.gain_text || w.of_what
                || ' beside leaving the customer alone (' || w.gain_low_text || ' to ' || w.gain_high_text || ')'
        when 'new' then w.offer_name || ': tried by lot, since nothing is known of it yet'
        when 'least bad'
            then w.offer_name || ': tried by lot, to learn more; ' || w.gain_text || w.of_what || ' is expected of it'
        when 'tried'
            then
                w.offer_name || ': tried by lot, to learn more; ' || w.gain_text || w.of_what || ' is expected of it, of '
                || w.best_offer_name || ' ' || w.best_gain_text
        when 'left alone by lot'
            then
                'Left alone by lot, so that there is whom to compare with; ' || w.best_gain_text || w.of_what
                || ' is expected of ' || w.best_offer_name
        when 'nothing gains' then 'Left alone: of no offer more is expected than of none'
        when 'contacts used up' then 'Left alone: there are not contacts for all, and others are expected to gain more'
        when 'written to enough'
            then 'Left alone: written to ' || cast(t.contacts as string) || ' times in the last 30 days, which is enough'
        when 'nothing allowed' then 'Left alone: staff or the budget allows no offer'
        else 'Too little is known of what offers bring: drawn from all that is allowed, each alike'
    end as reason,
    w.policy,
    w.run_id,
    a.as_of
from worded as w
cross join {{ ref('stg_as_of') }} as a
left join {{ ref('int_offers') }} as o on w.offer_code = o.offer_code
left join {{ ref('int_campaign_customers') }} as d on w.customer_id = d.customer_id and d.kind = 'today'
left join {{ ref('int_offer_contacts') }} as t on w.customer_id = t.customer_id and t.kind = 'today'
