{{ config(enabled=source_system() == 'demo') }}

-- One row is one thing shown to one person by a campaign, as the made shop wrote it: text, uncleaned.
select
    -- not rowid itself: a seed loaded again counts on from the last load
    row_number() over (order by rowid asc nulls last) as row_number,
    cast(null as string) as row_defect,
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
    satisfaction
from {{ ref('demo_touches') }}
