-- A session is cut at the limit, so it ends before it.
select
    session_id,
    duration_seconds
from {{ ref('sessions') }}
where
    duration_seconds < 0
    or duration_seconds >= {{ var('max_session_hours') * 3600 }}
