-- One row per customer and rank: what to offer next, and why.
select
    c.customer_id,
    r.recommendation_rank,
    k.product_id,
    r.score,
    r.purchase_probability,
    r.strategy,
    case when r.strategy <> 'staff' then b.product_id end as because_product_id,
    case
        when r.strategy = 'staff' then 'Chosen by the shop'
        when r.evidence = 'bought_before' and i.last_purchased_at is null
            then case when i.purchases > 1 then 'Bought in ' || cast(i.purchases as string) || ' orders' else 'Bought before' end
        when r.evidence = 'bought_before' and i.purchases = 1
            then 'Bought once, on ' || cast({{ shop_day('i.last_purchased_at') }} as string)
        when r.evidence = 'bought_before'
            then
                'Bought in ' || cast(i.purchases as string) || ' orders, last on '
                || cast({{ shop_day('i.last_purchased_at') }} as string)
        when r.evidence = 'seen_before' and i.last_added_to_cart_at is not null
            then 'Put into the cart, last on ' || cast({{ shop_day('i.last_added_to_cart_at') }} as string)
        when r.evidence = 'seen_before'
            then coalesce('Looked at, last on ' || cast({{ shop_day('i.last_viewed_at') }} as string), 'Looked at before')
        when r.evidence = 'bought_together' then 'Customers who chose ' || b.product_name || ' chose this too'
        when r.evidence = 'similar_content' then 'Like ' || b.product_name
        when r.strategy = 'popular_in_segment' and d.has_dates then 'In demand with similar customers now'
        when r.strategy = 'popular_in_segment' then 'In demand with similar customers'
        when d.has_dates then coalesce(s.reason, 'In demand with everyone now')
        else coalesce(replace(s.reason, ' now', ''), 'In demand with everyone')
    end as reason,
    r.is_repurchase,
    t.rule as staff_rule,
    r.run_id,
    a.as_of
from {{ ref('int_customer_recommendations') }} as r
inner join {{ ref('int_customers') }} as c on r.customer_code = c.customer_code
inner join {{ ref('int_product_codes') }} as k on r.product_code = k.product_code
left join {{ ref('int_product_codes') }} as because on r.because_product_code = because.product_code
left join {{ ref('int_products') }} as b on because.product_id = b.product_id
left join {{ ref('int_interactions') }} as i on c.customer_id = i.customer_id and k.product_id = i.product_id
left join {{ ref('int_staff_members') }} as m on c.customer_id = m.customer_id
left join {{ ref('int_staff_rules_input') }} as t
    on coalesce(m.group_code, 0) = t.group_code and r.product_code = t.product_code
left join {{ ref('recommendation_strategies') }} as s on r.strategy = s.strategy
cross join {{ ref('stg_as_of') }} as a
cross join {{ ref('int_order_dates') }} as d
where not c.is_erased
