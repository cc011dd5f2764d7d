-- One row per behaviour event: accepted, up to as_of, each once.
{{ config(materialized='view') }}
select
    t.row_number,
    t.source_system,
    {{ canonical_columns('events', 't.') | join(',\n    ') }}
from {{ ref('stg_events__typed') }} as t
anti join {{ ref('stg_events__repeated') }} as r on t.row_number = r.row_number
where
    t.reject_reason is null
    and {{ known_at_as_of('t.occurred_at') }}
