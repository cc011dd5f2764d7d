{{ config(enabled=source_system() == 'ga4') }}
-- One row per browser that bought without a login, as src_trackers__identity_links makes them.
select * from {{ ref('src_trackers__identity_links') }}
