-- One row per row of the source, cleaned and cast: a link of a visitor to a customer, and the first thing wrong with it.
with {{ rows_by_type('identity_links', ref('src_identity_links')) }}

select
    row_number,
    source_name,
    {{ fault_of_columns('identity_links') }} as reject_reason,
    {{ own_id('visitor_id_read') }} as visitor_id,
    {{ own_id('customer_id_read') }} as customer_id,
    {{ a_date('linked_at_read') }} as linked_at
from by_type {{ join_own_ids(['customer_id_read', 'visitor_id_read']) }}
