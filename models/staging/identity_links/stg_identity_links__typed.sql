-- One row per row of the source, cleaned and cast: a link of a visitor to a customer, and the first thing wrong with it.
with source as (
    select * from {{ source_table('identity_links') }}
),

cleaned as (
    select
        row_number,
        row_defect,
        {{ clean_columns('identity_links') }}
    from source
)

select
    row_number,
    case
        when row_defect is not null then row_defect
        when visitor_id is null then 'visitor_id is missing'
        when customer_id is null then 'customer_id is missing'
        when linked_at is not null and {{ to_utc('linked_at') }} is null then 'linked_at is not a time'
    end as reject_reason,
    visitor_id,
    customer_id,
    {{ to_utc('linked_at') }} as linked_at
from cleaned
