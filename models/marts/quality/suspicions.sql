-- One row per customer, visitor or session and rule by which it may be something else than it seems. Nothing is merged or left
-- out because of a row here, but for what is said of contacts.
with scored as (
    select
        'functional_email' as rule,
        customer_id as id,
        customers as score,
        'the e-mail address is an office''s: ' || functional_part || '@' as reason
    from {{ ref('int_customer_emails') }}
    where functional_part is not null
    union all
    select
        'shared_email' as rule,
        customer_id as id,
        customers as score,
        cast(customers as string) || ' customers have this e-mail address' as reason
    from {{ ref('int_customer_emails') }}
    union all
    select
        'shared_phone' as rule,
        c.customer_id as id,
        count(*) over (partition by p.e164) as score,
        cast(count(*) over (partition by p.e164) as string) || ' customers who consented have this telephone number' as reason
    from {{ ref('ml_customer_phones') }} as p
    inner join {{ ref('int_customers') }} as c on p.customer_code = c.customer_code
    union all
    select
        'shared_visitor' as rule,
        visitor_id as id,
        count(*) as score,
        cast(count(*) as string) || ' customers were seen on this device' as reason
    from {{ ref('int_visitor_customers') }}
    where not is_erased
    group by visitor_id
    union all
    select
        'robot_that_paid' as rule,
        session_id as id,
        purchases as score,
        'a rule of bots holds (' || bot_rule || '), but something was bought' as reason
    from {{ ref('int_bot_like_sessions') }}
    where purchases > 0
)

select
    r.kind,
    s.id,
    s.rule,
    cast(s.score as double) as score,
    s.reason
from scored as s
inner join {{ ref('suspicion_rules') }} as r on s.rule = r.rule and s.score >= r.at_least
