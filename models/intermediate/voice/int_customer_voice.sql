-- One row per customer who wrote: how much, how lately, how unhappy, and what waits for an answer. A message of which nobody says
-- after 30 days that it was answered waits no longer. Null where no message of theirs is of a source and
-- channel that keeps replies.
select
    t.customer_id,
    count(*) filter (where t.kind = 'review') as reviews,
    count(*) filter (where t.kind = 'message') as messages,
    count(*) filter (where t.is_unhappy and t.written_at >= a.as_of - interval '90 days') as unhappy_texts_90d,
    case
        when count(*) filter (where t.kind = 'message') = 0 or count(t.is_unanswered) filter (where t.kind = 'message') > 0
            then count(*) filter (where t.is_unanswered and t.written_at >= a.as_of - interval '30 days')
    end as open_messages,
    max(t.written_at) as last_written_at
from {{ ref('int_customer_texts') }} as t
cross join {{ ref('stg_as_of') }} as a
group by t.customer_id
