-- One row per customer, visitor, session or review and rule that holds for it: since when that can be known is when the last of
-- it happened, null for always.
with scored as (
    select
        'functional_email' as rule,
        customer_id as id,
        cast(customers as double) as score,
        cast(null as double) as chance,
        'the e-mail address is an office''s: ' || functional_part || '@' as reason,
        cast(null as timestamp) as known_at
    from {{ ref('int_customer_emails') }}
    where functional_part is not null
    union all
    select
        'shared_email' as rule,
        customer_id as id,
        customers as score,
        null as chance,
        cast(customers as string) || ' customers have this e-mail address' as reason,
        null as known_at
    from {{ ref('int_customer_emails') }}
    union all
    select
        'shared_phone' as rule,
        c.customer_id as id,
        count(*) over (partition by p.e164) as score,
        null as chance,
        cast(count(*) over (partition by p.e164) as string) || ' customers who consented have this telephone number' as reason,
        null as known_at
    from {{ ref('ml_customer_phones') }} as p
    inner join {{ ref('int_customers') }} as c on p.customer_code = c.customer_code
    union all
    select
        'shared_visitor' as rule,
        visitor_id as id,
        count(*) as score,
        null as chance,
        cast(count(*) as string) || ' customers were seen on this device' as reason,
        null as known_at
    from {{ ref('int_visitor_customers') }}
    where not is_erased
    group by visitor_id
    union all
    select
        'robot_that_paid' as rule,
        session_id as id,
        purchases as score,
        null as chance,
        'a rule of bots holds (' || bot_rule || '), but something was bought' as reason,
        null as known_at
    from {{ ref('int_bot_like_sessions') }}
    where purchases > 0
    union all
    select
        rule,
        id,
        score,
        chance,
        reason,
        known_at
    from {{ ref('int_suspicions_learned') }}
)

select
    r.kind,
    s.id,
    s.rule,
    cast(s.score as double) as score,
    s.chance,
    s.reason,
    s.known_at,
    r.leaves_out
from scored as s
inner join {{ ref('suspicion_rules') }} as r on s.rule = r.rule and s.score >= r.at_least
