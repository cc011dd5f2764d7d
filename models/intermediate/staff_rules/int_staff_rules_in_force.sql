-- One row per staff rule that is in force at as_of: from starts_at on, before ends_at. Of two, the one with the higher
-- precedence is the later: it starts later, or else its name comes later.
select
    r.rule,
    r.action,
    r.segment,
    r.position,
    r.factor,
    cast(row_number() over (order by r.starts_at asc nulls first, r.rule asc nulls last) as int) as precedence
from {{ ref('int_staff_rules') }} as r
cross join {{ ref('stg_as_of') }} as a
where
    r.mistake is null
    -- without dates of orders nothing says whether a day has come
    and coalesce(r.starts_at <= a.as_of, r.starts_at is null)
    and coalesce(a.as_of < r.ends_at, r.ends_at is null)
