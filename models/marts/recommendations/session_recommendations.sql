-- One row per open session and rank: what the visitor is likely to look at next, and why.
select
    s.session_id,
    r.recommendation_rank,
    k.product_id,
    r.score,
    r.strategy,
    b.product_id as because_product_id,
    case
        when r.strategy = 'staff' then 'Chosen by the shop'
        when r.strategy = 'session_popular' then 'In demand with visitors now'
        when b.product_id is null then 'Looked at in visits like this one'
        when b.product_id = k.product_id then 'Looked at before in this visit'
        else 'Visitors who looked at ' || b.product_name || ' looked at this too'
    end as reason,
    t.rule as staff_rule,
    r.run_id,
    a.as_of
from {{ ref('int_session_recommendations') }} as r
inner join {{ ref('int_open_sessions') }} as s on r.session_code = s.session_code
inner join {{ ref('int_open_sessions_input') }} as g on r.session_code = g.session_code
inner join {{ ref('int_product_codes') }} as k on r.product_code = k.product_code
left join {{ ref('int_product_codes') }} as because on r.because_product_code = because.product_code
left join {{ ref('int_products') }} as b on because.product_id = b.product_id
left join {{ ref('int_staff_rules_input') }} as t on g.group_code = t.group_code and r.product_code = t.product_code
cross join {{ ref('stg_as_of') }} as a
