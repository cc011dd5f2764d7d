{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table touches (one thing shown to one person), as it is: text, nothing filtered.
select
    row_number,
    touch_id,
    shown_at,
    customer_id,
    campaign_id,
    variant,
    product_id,
    position,
    propensity,
    clicked_at,
    converted_at,
    revenue,
    satisfaction,
    row_defect
from {{ raw_rows('touches') }} as raw_rows
