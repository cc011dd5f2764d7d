{{ config(enabled=source_system() == 'ga4') }}
-- One row per event of the export and product in it, as src_trackers__events makes them.
select * from {{ ref('src_trackers__events') }}
