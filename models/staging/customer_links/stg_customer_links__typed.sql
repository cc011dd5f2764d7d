-- One row per row of the source, cleaned and cast: a link between two customers, and the first thing wrong with it.
with {{ rows_by_type('customer_links', ref('src_customer_links')) }}

select
    row_number,
    source_name,
    {{ fault_of_columns('customer_links') }} as reject_reason,
    {{ own_id('customer_id_read') }} as customer_id,
    {{ own_id('same_as_customer_id_read') }} as same_as_customer_id,
    {{ a_date('linked_at_read') }} as linked_at,
    evidence
from by_type {{ join_own_ids(['customer_id_read', 'same_as_customer_id_read']) }}
