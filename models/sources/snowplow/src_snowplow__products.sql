{{ config(enabled=reads('snowplow')) }}
-- One row per product that the export names, as src_trackers__products makes them.
{% call(source) each_source('snowplow') %}
select * from {{ of_source(ref('src_trackers__products'), source, trackers()) }}
{% endcall %}
