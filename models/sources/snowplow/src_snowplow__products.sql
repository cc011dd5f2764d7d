{{ config(enabled=source_system() == 'snowplow') }}
-- One row per product that the export names, as src_trackers__products makes them.
select * from {{ ref('src_trackers__products') }}
