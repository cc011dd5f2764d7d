-- One row per message: what was said and answered, the intent where it is sure enough, and facts of the customer's own order as
-- they stood when the message came.
select
    m.message_code,
    c.customer_code,
    m.message_text,
    s.reply_text,
    case when i.is_answered then i.intent end as intent,
    {{ unqualified_id('o.order_id') }} as order_id,
    o.product_name,
    {{ shop_day('o.ordered_at') }} as ordered_on,
    {{ shop_day('o.returned_at') }} as returned_on,
    {{ seconds_between('o.ordered_at', 'm.sent_at') }} / 86400 as order_days,
    {{ seconds_between('o.returned_at', 'm.sent_at') }} / 86400 as return_days,
    o.category_level_1 as category,
    f.language,
    split_part(split_part(c.email, '@', 1), '+', 1) as mailbox
from {{ ref('int_messages') }} as m
inner join {{ ref('stg_support_messages') }} as s on m.message_id = s.message_id
inner join {{ ref('int_message_intents') }} as i on m.message_id = i.message_id
left join {{ ref('int_message_sentiment') }} as f on m.message_id = f.message_id
left join {{ ref('int_customers') }} as c on m.customer_id = c.customer_id
left join {{ ref('int_message_orders') }} as o on m.message_id = o.message_id
