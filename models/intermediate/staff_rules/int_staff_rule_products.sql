-- One row per staff rule and product that it is about: the one that it names, or the one this was joined to; of a category all
-- products in it and below it.
select
    r.rule,
    p.product_id
from {{ ref('int_staff_rules') }} as r {{ join_products('r.product_id') }}
inner join {{ ref('int_products') }} as p on {{ one_product('r.product_id') }} = p.product_id
where r.mistake is null
union all
select
    r.rule,
    p.product_id
from {{ ref('int_staff_rules') }} as r
inner join {{ ref('int_products') }} as p
    on substring(lower(p.category) || '/', 1, length(r.category) + 1) = lower(r.category) || '/'
where r.mistake is null
