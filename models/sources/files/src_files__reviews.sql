{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table reviews (review), as it is: text, nothing filtered.
select
    row_number,
    review_id,
    product_id,
    reviewed_at,
    customer_id,
    rating,
    title,
    review_text,
    row_defect
from {{ raw_rows('reviews') }} as raw_rows
