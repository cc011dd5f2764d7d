{{ config(enabled=reads(trackers()), materialized='table') }}
-- One row per event, and one per product of an event that names several, each with an id of its own; a product that is named
-- twice, in two sizes, say, is one row with the pieces of both. Left out are refunds, which are no visit but order lines, and
-- events of nobody: who refuses cookies has no id, and no two events are known to be of one visit (a purchase among them is an
-- order line all the same). row_number is that of the event, ten thousand times, and the place of the product in it.
{% call(source) each_source(trackers()) %}
with products as (
    select
        row_number,
        product_id,
        min(place) as place,
        sum(quantity) as quantity,
        sum(coalesce(quantity, 1) * price) as value
    from {{ tracker_model('items', source) }}
    group by row_number, product_id
)

select
    t.row_number * 10000 + coalesce(i.place, 0) as row_number,
    t.occurred_at,
    t.event_type,
    t.visitor_id,
    case when i.place > 1 then t.event_id || '-' || cast(i.place as string) else t.event_id end as event_id,
    t.customer_id,
    i.product_id,
    t.order_id,
    t.search_query,
    t.platform,
    t.user_agent,
    t.page_url,
    t.referrer,
    t.campaign_source,
    t.campaign_medium,
    t.campaign_name,
    cast(case
        when t.event_type = 'purchase' and i.row_number is null then t.amount
        when t.event_type = 'purchase' then i.value
    end as string) as value,
    t.source_session_id,
    cast(case when i.quantity > 0 then i.quantity end as string) as quantity,
    t.row_defect
from {{ tracker_model('told', source) }} as t
left join products as i on t.row_number = i.row_number
where
    (t.visitor_id is not null and t.event_type <> 'refund')
    or t.row_defect is not null
{% endcall %}
