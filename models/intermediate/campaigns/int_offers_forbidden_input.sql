-- One row per group of customers and offer of which staff keeps all products out of what the group is shown. An offer that names
-- no product shows none.
with shown as (
    select distinct
        o.offer_code,
        d.product_code
    from {{ ref('stg_touches') }} as t
    inner join {{ ref('int_offers') }} as o on t.campaign_id = o.campaign_id and coalesce(t.variant, o.variant) = o.variant
    inner join {{ ref('int_product_codes') }} as d on t.product_id = d.product_id
)

select
    g.group_code,
    s.offer_code
from shown as s
cross join {{ ref('int_staff_groups') }} as g
left join {{ ref('int_staff_rules_input') }} as r
    on g.group_code = r.group_code and s.product_code = r.product_code and r.action = 'never'
group by g.group_code, s.offer_code
having count(*) = count(r.product_code)
