{{ config(enabled=reads('ga4')) }}
-- One row per event of the export and product in it, as src_trackers__events makes them.
{% call(source) each_source('ga4') %}
select * from {{ of_source(ref('src_trackers__events'), source, trackers()) }}
{% endcall %}
