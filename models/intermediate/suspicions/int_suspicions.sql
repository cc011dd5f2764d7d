-- One row per customer, visitor, session or review and rule by which it may be something else than it seems, with the word of the
-- shop's people, which wins: whoever they call honest is left out of nothing, and whoever they call abusive of everything, also
-- where no rule holds (`decided`).
with called as (
    select
        kind,
        id,
        decision,
        reason as decision_reason
    from {{ ref('suspicion_decisions') }}
)

select
    s.kind,
    s.id,
    s.rule,
    s.score,
    s.chance,
    s.reason,
    s.known_at,
    c.decision,
    c.decision_reason,
    case
        when c.decision = 'honest' then 'nothing'
        when c.decision = 'abusive' then 'all'
        else s.leaves_out
    end as leaves_out
from {{ ref('int_suspicions_found') }} as s
left join called as c on s.kind = c.kind and s.id = c.id
union all
select
    c.kind,
    c.id,
    'decided' as rule,
    cast(null as double) as score,
    cast(null as double) as chance,
    'the shop''s people say so' as reason,
    cast(null as timestamp) as known_at,
    c.decision,
    c.decision_reason,
    'all' as leaves_out
from called as c
anti join {{ ref('int_suspicions_found') }} as s on c.kind = s.kind and c.id = s.id
anti join (
    select customer_id
    from {{ ref('int_customers') }}
    where is_erased
) as e on c.kind = 'customer' and c.id = e.customer_id
where c.decision = 'abusive'
