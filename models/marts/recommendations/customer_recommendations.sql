-- One row per customer and rank: what to offer next, and why.
with chosen as (
    select
        run_id,
        {{ explode('recommendations') }} as item
    from {{ ref('ml_customer_recommendations') }}
)

select
    c.customer_id,
    cast(r.item.recommendation_rank as int) as recommendation_rank,
    k.product_id,
    r.item.score as score,
    cast(null as double) as purchase_probability,
    r.item.strategy as strategy,
    b.product_id as because_product_id,
    case
        when r.item.strategy = 'popular' then 'In demand with everyone now'
        when r.item.strategy = 'item_based' then 'Customers who chose ' || b.product_name || ' chose this too'
        when i.purchases = 1 then 'Bought once, on ' || cast(cast(i.last_purchased_at as date) as string)
        else
            'Bought in ' || cast(i.purchases as string) || ' orders, last on '
            || cast(cast(i.last_purchased_at as date) as string)
    end as reason,
    r.item.is_repurchase as is_repurchase,
    r.run_id,
    a.as_of
from chosen as r
inner join {{ ref('int_customers') }} as c on r.item.customer_code = c.customer_code
inner join {{ ref('int_product_codes') }} as k on r.item.product_code = k.product_code
left join {{ ref('int_product_codes') }} as because on r.item.because_product_code = because.product_code
left join {{ ref('int_products') }} as b on because.product_id = b.product_id
left join {{ ref('int_interactions') }} as i on c.customer_id = i.customer_id and k.product_id = i.product_id
cross join {{ ref('int_as_of') }} as a
where not c.is_erased
