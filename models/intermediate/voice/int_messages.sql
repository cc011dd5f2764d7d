-- One row per message to the shop that nobody erased wrote: with a dense whole number for it, in the order of the ids, and the
-- day of the shop on which it was sent.
select
    m.message_id,
    cast(row_number() over (order by m.message_id asc nulls last) as int) as message_code,
    m.customer_id,
    m.channel,
    m.sent_at,
    {{ shop_day('m.sent_at') }} as sent_on,
    m.message_text
from {{ ref('stg_support_messages') }} as m
left join {{ ref('int_customers') }} as c on m.customer_id = c.customer_id
where not coalesce(c.is_erased, false)
