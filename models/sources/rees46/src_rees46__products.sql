{{ config(enabled=reads('rees46'), materialized='table') }}
-- One row per product of the REES46 event log, which has no list of products: the latest that is known of each, by time
-- and then by position in the log. A price of zero is an unknown price. row_number is that of the latest row naming it.
{% call(source) each_source('rees46') %}
with sightings as (
    select
        row_number,
        product_id,
        nullif(category_code, '') as category_code,
        nullif(brand, '') as brand,
        case when {{ read_number('price', 'cast(null as string)') }} > 0 then price end as price,
        row({{ read_time('event_time', 'cast(null as string)', source) }}, row_number) as seen
    from {{ raw_rows('event_log', source) }} as event_log
    where
        product_id is not null
        and row_defect is null
        -- no list of products says what it will hold later: nothing after as_of is known
        and {{ read_time('event_time', 'cast(null as string)', source) }} <= {{ as_of_setting('9999-12-31') }}
),

latest as (
    select
        product_id,
        max_by(row_number, seen) as row_number,
        max_by(category_code, seen) filter (where category_code is not null) as category_code,
        max_by(brand, seen) filter (where brand is not null) as brand,
        max_by(price, seen) filter (where price is not null) as price
    from sightings
    group by product_id
)

select
    row_number,
    product_id,
    -- the log has no names: brand, last level of the category, id
    concat_ws(' ', brand, replace(split_part(category_code, '.', -1), '_', ' '), product_id) as product_name,
    replace(category_code, '.', '/') as category,
    brand,
    price,
    cast(null as string) as row_defect
from latest
{% endcall %}
