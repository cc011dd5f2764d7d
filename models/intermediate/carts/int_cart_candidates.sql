-- One row per open cart and product that goes with those in it, by the most confident rule whose antecedent is there.
with matched as (
    select
        i.session_id,
        a.rule_id
    from {{ ref('int_cart_items') }} as i
    inner join {{ ref('int_association_rule_items') }} as a on i.product_id = a.product_id and a.side = 'antecedent'
    inner join {{ ref('int_association_rules') }} as r on a.rule_id = r.rule_id
    cross join {{ ref('int_frequent_product_count') }} as f
    where
        r.consequent_length = 1
        and r.lift > 1
        -- not by chance even if every pair of frequent products had been tried: support has chosen the rules beforehand,
        -- so in a small shop their q-values alone would let noise pass
        and r.p_value * f.products * f.products <= 0.05
    group by i.session_id, a.rule_id
    having count(*) = max(r.antecedent_length)
)

select
    m.session_id,
    c.product_id,
    m.rule_id,
    r.confidence as score,
    r.lift
from matched as m
inner join {{ ref('int_association_rules') }} as r on m.rule_id = r.rule_id
inner join {{ ref('int_association_rule_items') }} as c on m.rule_id = c.rule_id and c.side = 'consequent'
inner join {{ ref('int_products') }} as p on c.product_id = p.product_id
anti join {{ ref('int_cart_products_left_out') }} as x on m.session_id = x.session_id and c.product_id = x.product_id
anti join {{ ref('int_products_soon_gone') }} as g on c.product_id = g.product_id
where p.is_available
qualify
    row_number() over (
        partition by m.session_id, c.product_id
        order by
            r.confidence desc nulls last, r.antecedent_length asc nulls last, r.lift desc nulls last,
            m.rule_id asc nulls last
    ) = 1
