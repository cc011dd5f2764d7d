{{ config(enabled=source_system() == 'demo') }}

-- One row is one link between a browser and a customer, as the made shop wrote it: text, uncleaned.
select
    rowid + 1 as row_number,
    cast(null as string) as row_defect,
    visitor_id,
    customer_id,
    linked_at
from {{ ref('demo_identity_links') }}
