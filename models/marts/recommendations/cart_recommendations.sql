-- One row per open cart and rank: what to add to it, with the rule that says so.
with antecedents as (
    select
        i.rule_id,
        {{ joined_text('p.product_name', 'i.product_id') }} as names
    from {{ ref('int_association_rule_items') }} as i
    inner join {{ ref('int_products') }} as p on i.product_id = p.product_id
    where
        i.side = 'antecedent'
        and i.rule_id in (select c.rule_id from {{ ref('int_cart_recommendations') }} as c)
    group by i.rule_id
)

select
    c.session_id,
    c.recommendation_rank,
    c.product_id,
    c.score,
    c.rule_id,
    case
        when c.is_pinned then 'Chosen by the shop'
        else
            'Of ' || cast(r.antecedent_support_count as string) || ' baskets with ' || n.names || ', '
            || cast(r.support_count as string) || ' have this too'
    end as reason,
    c.staff_rule,
    coalesce(r.run_id, (select max(l.run_id) from {{ ref('int_association_rules') }} as l)) as run_id,
    a.as_of
from {{ ref('int_cart_recommendations') }} as c
left join {{ ref('int_association_rules') }} as r on c.rule_id = r.rule_id
left join antecedents as n on c.rule_id = n.rule_id
cross join {{ ref('stg_as_of') }} as a
