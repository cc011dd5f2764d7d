-- One row per product and aspect that enough of its reviews praise or blame: how often, and how much more than the rest of its
-- category.
select
    p.product_id,
    p.aspect,
    p.reviews,
    p.praised,
    {{ finite('p.praised_share') }} as praised_share,
    {{ finite('p.ci_low') }} as ci_low,
    {{ finite('p.ci_high') }} as ci_high,
    p.category_reviews,
    {{ finite('p.category_share') }} as category_share,
    {{ finite('p.difference') }} as difference,
    {{ finite('p.p_value') }} as p_value,
    {{ finite('p.q_value') }} as q_value,
    p.example,
    p.run_id,
    a.as_of
from {{ ref('int_product_voice') }} as p
cross join {{ ref('stg_as_of') }} as a
where p.reviews >= {{ var('min_group_size') }}
