-- One row per customer and rank: what to offer next, and why.
select
    c.customer_id,
    r.recommendation_rank,
    k.product_id,
    r.score,
    cast(null as double) as purchase_probability,
    r.strategy,
    b.product_id as because_product_id,
    case
        when r.strategy = 'popular' then 'In demand with everyone now'
        when r.strategy = 'item_based' then 'Customers who chose ' || b.product_name || ' chose this too'
        when i.purchases = 1 then 'Bought once, on ' || cast(cast(i.last_purchased_at as date) as string)
        else
            'Bought in ' || cast(i.purchases as string) || ' orders, last on '
            || cast(cast(i.last_purchased_at as date) as string)
    end as reason,
    r.is_repurchase,
    r.run_id,
    a.as_of
from {{ ref('int_customer_recommendations') }} as r
inner join {{ ref('int_customers') }} as c on r.customer_code = c.customer_code
inner join {{ ref('int_product_codes') }} as k on r.product_code = k.product_code
left join {{ ref('int_product_codes') }} as because on r.because_product_code = because.product_code
left join {{ ref('int_products') }} as b on because.product_id = b.product_id
left join {{ ref('int_interactions') }} as i on c.customer_id = i.customer_id and k.product_id = i.product_id
cross join {{ ref('int_as_of') }} as a
where not c.is_erased
