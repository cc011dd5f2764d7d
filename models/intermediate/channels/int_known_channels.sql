-- One row per channel that something here is called: by a rule, by a word for the channel of an order, or by an order.
select channel from {{ ref('channel_rules') }}
union
select meaning as channel from {{ ref('int_channel_words') }} where kind <> 'medium' and meaning <> 'web'
union
select sale_channel as channel from {{ ref('int_order_channels_of_sale') }} where sale_channel is not null
