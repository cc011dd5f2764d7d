{{ config(enabled=reads(trackers()), materialized='table') }}
-- One row per product that events name, for a tracker has no list of products: the latest that is known of each, by time and then
-- by position. A price of zero is an unknown price. row_number is that of the latest event naming it, ten thousand times, and the
-- place of the product in it.
{% call(source) each_source(trackers()) %}
with sightings as (
    select
        i.*,
        case when i.list_price > 0 then i.list_price end as known_price,
        t.currency,
        row(t.told_at, t.row_number, i.place) as seen
    from {{ tracker_model('items', source) }} as i
    inner join {{ tracker_model('told', source) }} as t on i.row_number = t.row_number
    where
        t.event_type <> 'refund'
        -- no list of products says what it will hold later: nothing after as_of is known
        and t.told_at <= {{ as_of_setting('9999-12-31') }}
),

latest as (
    select
        product_id,
        max_by(row_number * 10000 + place, seen) as row_number,
        max_by(product_name, seen) filter (where product_name is not null) as product_name,
        max_by(category, seen) filter (where category is not null) as category,
        max_by(brand, seen) filter (where brand is not null) as brand,
        max_by(known_price, seen) filter (where known_price is not null) as price,
        max_by(currency, seen) filter (where known_price is not null) as currency
    from sightings
    group by product_id
)

select
    row_number,
    product_id,
    product_name,
    category,
    brand,
    cast(price as string) as price,
    currency,
    product_id as sku,
    cast(null as string) as row_defect
from latest
{% endcall %}
