-- One row per source system, as_of and customer: the segment the customer was in. Kept as `int_segment_history` is.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    pre_hook="{{ forget_this_as_of() }}"
) }}
select
    '{{ source_system() }}' as source_system,
    a.as_of,
    c.customer_id,
    c.segment_id
from {{ ref('int_customer_segments') }} as c
cross join {{ ref('int_as_of') }} as a
