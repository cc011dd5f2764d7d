{{ config(enabled=source_system() == 'ga4') }}
-- One row per line of an order that the export tells of, as src_trackers__order_lines makes them.
select * from {{ ref('src_trackers__order_lines') }}
