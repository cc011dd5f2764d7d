-- One row per open cart and rank: what goes with the products in it, by the most confident rule whose antecedent is there.
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
),

proposed as (
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
    anti join {{ ref('int_cart_items') }} as i on m.session_id = i.session_id and c.product_id = i.product_id
    {%- if not var('recommend_repurchase') %}
    anti join (
        select
            k.session_id,
            b.product_id
        from {{ ref('int_cart_items') }} as k
        inner join {{ ref('int_interactions') }} as b on k.customer_id = b.customer_id
        where b.purchases > 0
    ) as bought on m.session_id = bought.session_id and c.product_id = bought.product_id
    {%- endif %}
    where p.is_available
    qualify
        row_number() over (
            partition by m.session_id, c.product_id
            order by
                r.confidence desc nulls last, r.antecedent_length asc nulls last, r.lift desc nulls last,
                m.rule_id asc nulls last
        ) = 1
)

select
    session_id,
    cast(row_number() over (
        partition by session_id order by score desc nulls last, lift desc nulls last, product_id asc nulls last
    ) as int) as recommendation_rank,
    product_id,
    score,
    rule_id
from proposed
qualify recommendation_rank <= {{ var('recommendations_per_customer') }}
