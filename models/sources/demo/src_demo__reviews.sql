{{ config(enabled=source_system() == 'demo') }}

-- One row is one review, as the made shop wrote it: text, uncleaned.
select
    rowid + 1 as row_number,
    cast(null as string) as row_defect,
    review_id,
    product_id,
    reviewed_at,
    customer_id,
    rating,
    title,
    review_text
from {{ ref('demo_reviews') }}
