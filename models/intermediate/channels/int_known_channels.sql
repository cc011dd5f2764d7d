-- One row per channel that something here is called: by the seeds, or by an order.
select c.known_channel as channel
from {{ named_channels() }} as c
union
select sale_channel as channel
from {{ ref('int_order_channels_of_sale') }}
where sale_channel is not null
