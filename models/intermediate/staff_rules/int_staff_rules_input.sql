-- One row per group of customers and product on which a staff rule acts in their lists: the rule that counts of those that speak
-- of it, never before pin before bury before boost, and of one kind the later. A pin whose product cannot be recommended rests.
with said as (
    select
        g.group_code,
        case when g.rfm_segment is null then cast(g.segment_id as int) end as segment_code,
        i.product_code,
        p.product_id,
        r.rule,
        r.action,
        r.position,
        r.factor,
        r.precedence
    from {{ ref('int_staff_groups') }} as g
    inner join {{ ref('int_staff_rules_in_force') }} as r
        on g.segment_id = r.segment or g.rfm_segment = r.segment or r.segment is null
    inner join {{ ref('int_staff_rule_products') }} as p on r.rule = p.rule
    inner join {{ ref('int_product_codes') }} as c on p.product_id = c.product_id
    inner join {{ ref('int_products_input') }} as i on c.product_code = i.product_code
    where
        r.action <> 'pin'
        or i.is_available
),

counting as (
    select *
    from said
    qualify
        row_number() over (
            partition by group_code, product_code
            order by
                case action when 'never' then 1 when 'pin' then 2 when 'bury' then 3 else 4 end asc nulls last,
                precedence desc nulls last
        ) = 1
),

-- of pins at one position the later has it, and the others come right behind
numbered as (
    select
        *,
        row_number() over (
            partition by group_code, action
            order by position asc nulls last, precedence desc nulls last, product_code asc nulls last
        ) as place_in_kind
    from counting
),

placed as (
    select
        *,
        cast(place_in_kind + max(position - place_in_kind) over (
            partition by group_code, action order by place_in_kind asc nulls last
        ) as int) as place
    from numbered
)

select
    group_code,
    segment_code,
    product_code,
    product_id,
    rule,
    action,
    position,
    place,
    factor
from placed
where coalesce(place <= {{ var('recommendations_per_customer') }}, true)
