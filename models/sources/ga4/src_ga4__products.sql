{{ config(enabled=reads('ga4')) }}
-- One row per product that the export names, as src_trackers__products makes them.
{% call(source) each_source('ga4') %}
select * from {{ of_source(ref('src_trackers__products'), source, trackers()) }}
{% endcall %}
