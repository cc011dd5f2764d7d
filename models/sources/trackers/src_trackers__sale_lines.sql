{{ config(enabled=reads(trackers()), materialized='table') }}
-- One row per line of a purchase or refund that counts: its items, and what its amount holds besides. A sale is worth what the
-- tracker calls its revenue, to the cent. Where that is less than its items, the rest is a discount, spread over them by their
-- value; where it is more by cents of rounded prices, the prices take them; by postage, taxes and the like, these are a line.
{% call(source) each_source(trackers()) %}
with with_sums as (
    select
        i.*,
        s.amount,
        sum(i.paid_value) over (partition by i.row_number) as goods,
        coalesce(sum(i.paid_value) over (partition by i.row_number order by i.place asc nulls last), 0) as goods_so_far,
        -- half a cent a piece is what rounded prices can lack
        {{ tracker_cents('0.005 * sum(i.pieces) over (partition by i.row_number)') }} as rounding
    from {{ of_source(ref('src_trackers__sale_items'), source, trackers()) }} as i
    inner join {{ of_source(ref('src_trackers__sales'), source, trackers()) }} as s on i.row_number = s.row_number
),

with_gap as (
    select
        *,
        case when goods > 0 and goods - amount >= -rounding then goods - amount else 0 end as gap
    from with_sums
),

with_net as (
    select
        *,
        -- differences of rounded running shares add up to the gap
        paid_value
        - {{ tracker_cents(ratio('gap * goods_so_far', 'goods')) }}
        + {{ tracker_cents(ratio('gap * (goods_so_far - paid_value)', 'goods')) }} as net_value
    from with_gap
),

rests as (
    select
        s.row_number,
        s.event_type,
        cast(s.amount - coalesce(max(w.goods - w.gap), 0) as decimal(18, 2)) as rest,
        count(w.row_number) as items
    from {{ of_source(ref('src_trackers__sales'), source, trackers()) }} as s
    left join with_gap as w on s.row_number = w.row_number
    group by s.row_number, s.event_type, s.amount
)

select
    row_number,
    cast(place as int) as place,
    product_id,
    product_name,
    true as is_product,
    pieces,
    cast(case
        when goods = 0 or list_value >= net_value then list_price
        else {{ ratio('net_value', 'pieces') }}
    end as decimal(18, 6)) as unit_price,
    cast(case when goods = 0 then list_value - paid_value else greatest(list_value - net_value, 0) end as decimal(18, 2))
        as discount,
    cast(case when goods = 0 then paid_value else net_value end as decimal(18, 2)) as value
from with_net
union all
select
    row_number,
    9999 as place,
    case when event_type = 'refund' then 'refund' when items = 0 then 'purchase' else 'not in items' end as product_id,
    case
        when event_type = 'refund' then 'Refund of what no item tells'
        when items = 0 then 'Purchase of which no item is told'
        else 'Postage, taxes and what else is not in the items'
    end as product_name,
    false as is_product,
    cast(1 as decimal(18, 6)) as pieces,
    cast(nullif(rest, 0) as decimal(18, 6)) as unit_price,
    cast(0 as decimal(18, 2)) as discount,
    rest as value
from rests
where
    rest > 0
    or (items = 0 and event_type = 'purchase')
{% endcall %}
