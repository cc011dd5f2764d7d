-- One row per order: where it was sold, if that is a channel of its own (a till, a marketplace, the telephone), by the words of
-- channel_words for channels of orders and for systems. Null where people find their way through the web: visits say how.
select
    o.order_id,
    o.customer_id,
    o.ordered_at,
    nullif(case
        -- all that such a system sells is sold there; one with tills may have a web shop, too
        when s.meaning = 'marketplace' then s.meaning
        when w.meaning is not null then w.meaning
        when s.meaning is not null then s.meaning
        -- the number of an app of a shop system
        when regexp_matches(o.channel, '^[0-9]+$') then 'web'
        else {{ plain_words('o.channel') }}
    end, 'web') as sale_channel
from {{ ref('int_orders') }} as o
left join {{ ref('int_channel_words') }} as w on w.kind = 'order_channel' and {{ plain_words('o.channel') }} = w.spelling
left join {{ ref('int_channel_words') }} as s
    on s.kind = 'order_system' and split_part({{ source_of_id('o.order_id') }}, ':', 1) = s.spelling
