-- One row per row of the source, cleaned and cast: a review, and the first thing that is wrong with it.
with source as (
    select * from {{ source_table('reviews') }}
),

cleaned as (
    select
        row_number,
        row_defect,
        {{ clean_columns('reviews') }}
    from source
)

select
    row_number,
    case
        when row_defect is not null then row_defect
        when review_id is null then 'review_id is missing'
        when product_id is null then 'product_id is missing'
        when reviewed_at is not null and {{ to_utc('reviewed_at') }} is null then 'reviewed_at is not a time'
        when {{ unreadable('rating', 'decimal(9, 3)') }} then 'rating is not a number'
        when try_cast(rating as decimal(9, 3)) not between 1 and 5 then 'rating is not between 1 and 5'
    end as reject_reason,
    review_id,
    product_id,
    {{ to_utc('reviewed_at') }} as reviewed_at,
    customer_id,
    try_cast(rating as decimal(9, 3)) as rating,
    title,
    review_text,
    {{ to_utc('updated_at') }} as updated_at
from cleaned
