-- One row per rule of reference.staff_rules: whether it is in force, and why it does nothing where it does nothing.
{% set hint = ' Ids here begin with a source, as in ' ~ sources()[0]['name'] ~ ':MUG.' if sources() | length > 1 else '' %}
with about as (
    select
        p.rule,
        count(*) as products,
        count(case when i.is_available then 1 end) as available_products
    from {{ ref('int_staff_rule_products') }} as p
    inner join {{ ref('int_product_codes') }} as c on p.product_id = c.product_id
    left join {{ ref('int_products_input') }} as i on c.product_code = i.product_code
    group by p.rule
),

acting as (
    select
        rule,
        max(case when place > position then 1 else 0 end) as is_behind
    from {{ ref('int_staff_rules_input') }}
    group by rule
),

-- of rules that act nowhere: one that speaks of the same products, and counts
instead as (
    select
        p.rule,
        min(i.rule) as other_rule
    from {{ ref('int_staff_rule_products') }} as p
    inner join {{ ref('int_staff_rules_input') }} as i on p.product_id = i.product_id
    group by p.rule
),

segments as (
    select distinct segment_id as segment from {{ ref('int_customer_segments') }}
    union
    select distinct rfm_segment as segment from {{ ref('int_customer_rfm') }}
    where rfm_segment is not null
)

select
    r.rule,
    r.action,
    r.product_id,
    r.category,
    r.segment,
    r.position,
    r.factor,
    r.starts_at,
    r.ends_at,
    r.note,
    f.rule is not null as is_in_force,
    coalesce(b.products, 0) as products,
    case
        when f.rule is null and a.as_of is null then 'No order has a date, so nothing says whether its time has come.'
        when f.rule is null and r.starts_at > a.as_of then 'It begins after as_of.'
        when f.rule is null then 'It has ended.'
        when b.rule is null and r.product_id is not null
            then 'No product is called ' || r.product_id || ' yet; the rule waits for it.{{ hint }}'
        when b.rule is null then 'No product is in the category ' || r.category || ' yet; the rule waits for one.'
        when r.segment is not null and s.segment is null
            then
                'No customer is in ' || r.segment
                || ' now. Ids are in segments.segment_profiles, names of RFM cells in reference.rfm_segments.'
        when r.action = 'pin' and b.available_products = 0 then 'The product cannot be recommended now; the pin rests.'
        when t.rule is null and i.other_rule is not null then 'The rule ' || i.other_rule || ' counts instead of it.'
        when t.rule is null then 'Later pins have its position and those behind it.'
        when t.is_behind = 1 then 'A later pin has its position; the product comes right behind it.'
        else 'ok'
    end as status,
    a.as_of
from {{ ref('int_staff_rules') }} as r
cross join {{ ref('stg_as_of') }} as a
left join {{ ref('int_staff_rules_in_force') }} as f on r.rule = f.rule
left join about as b on r.rule = b.rule
left join segments as s on r.segment = s.segment
left join acting as t on r.rule = t.rule
left join instead as i on r.rule = i.rule
