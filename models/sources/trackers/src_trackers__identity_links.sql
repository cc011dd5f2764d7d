{{ config(enabled=reads(trackers()), materialized='table') }}
-- One row per browser that bought without a login: it is a customer of its own, from the first such purchase on, so that its
-- visits are those of who bought. Whoever logs in later is another customer, for a browser may have several users. row_number is
-- that of the purchase, ten thousand times, as everywhere.
{% call(source) each_source(trackers()) %}
select
    min(row_number) * 10000 as row_number,
    visitor_id,
    visitor_id as customer_id,
    min_by(occurred_at, row(told_at, row_number)) as linked_at,
    cast(null as string) as row_defect
from {{ of_source(ref('src_trackers__sales'), source, trackers()) }}
where
    event_type = 'purchase'
    and login_id is null
    and visitor_id is not null
group by visitor_id
{% endcall %}
