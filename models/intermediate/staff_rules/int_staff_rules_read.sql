-- One row per rule of the seed staff_rules, its texts read as what they are: null where a text is none.
with written as (
    select
        {{ clean_text('rule') }} as rule,
        lower({{ clean_text('action') }}) as action,
        {{ clean_text('product_id') }} as product_id,
        {{ clean_text('category') }} as category,
        {{ clean_text('segment') }} as segment,
        {{ clean_text('position') }} as position_text,
        {{ clean_text('factor') }} as factor_text,
        {{ clean_text('starts_at') }} as starts_text,
        {{ clean_text('ends_at') }} as ends_text,
        {{ clean_text('note') }} as note
    from {{ ref('staff_rules') }}
),

written_rules as (
    select *
    from written
    where
        coalesce(rule, action, product_id, category, segment, position_text, factor_text, starts_text, ends_text, note)
        is not null
)

-- without a position a pin is the first; without a factor a boost doubles and a bury halves
select
    *,
    case
        when action = 'pin'
            then cast(coalesce(nullif(regexp_extract(position_text, '^[1-9][0-9]{0,3}$', 0), ''), '1') as int)
    end as position,
    case
        when action in ('boost', 'bury')
            then
                coalesce(
                    cast(nullif(regexp_extract(factor_text, '^[0-9]{1,6}([.][0-9]{1,6})?$', 0), '') as double),
                    case when action = 'boost' then 2 else 0.5 end
                )
    end as factor,
    {{ time_of_staff('starts_text') }} as starts_at,
    {{ time_of_staff('ends_text') }} as ends_at,
    count(*) over (partition by rule) as namesakes
from written_rules
