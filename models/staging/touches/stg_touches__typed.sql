-- One row per row of the source, cleaned and cast: a thing shown to a person, and the first thing that is wrong with it.
with source as (
    select * from {{ source_table('touches') }}
),

cleaned as (
    select
        row_number,
        row_defect,
        {{ clean_columns('touches') }}
    from source
)

select
    row_number,
    case
        when row_defect is not null then row_defect
        when touch_id is null then 'touch_id is missing'
        when shown_at is null then 'shown_at is missing'
        when {{ to_utc('shown_at') }} is null then 'shown_at is not a time'
        when customer_id is null then 'customer_id is missing'
        when position is not null and {{ to_whole_number('position') }} is null then 'position is not a whole number'
        when {{ unreadable('propensity', 'double') }} or lower(propensity) = 'nan' then 'propensity is not a number'
        when try_cast(propensity as double) not between 0 and 1 then 'propensity is not between 0 and 1'
        when clicked_at is not null and {{ to_utc('clicked_at') }} is null then 'clicked_at is not a time'
        when converted_at is not null and {{ to_utc('converted_at') }} is null then 'converted_at is not a time'
        when {{ unreadable('revenue', 'decimal(18, 4)') }} then 'revenue is not a number'
        when try_cast(revenue as decimal(18, 4)) < 0 then 'revenue is negative'
        when {{ unreadable('satisfaction', 'decimal(9, 3)') }} then 'satisfaction is not a number'
        when try_cast(satisfaction as decimal(9, 3)) not between 1 and 5 then 'satisfaction is not between 1 and 5'
    end as reject_reason,
    touch_id,
    {{ to_utc('shown_at') }} as shown_at,
    customer_id,
    campaign_id,
    variant,
    product_id,
    {{ to_whole_number('position') }} as position,
    try_cast(propensity as double) as propensity,
    {{ to_utc('clicked_at') }} as clicked_at,
    {{ to_utc('converted_at') }} as converted_at,
    try_cast(revenue as decimal(18, 4)) as revenue,
    try_cast(satisfaction as decimal(9, 3)) as satisfaction
from cleaned
