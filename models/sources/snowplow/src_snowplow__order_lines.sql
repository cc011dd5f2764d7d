{{ config(enabled=reads('snowplow')) }}
-- One row per line of an order that the export tells of, as src_trackers__order_lines makes them.
{% call(source) each_source('snowplow') %}
select * from {{ of_source(ref('src_trackers__order_lines'), source, trackers()) }}
{% endcall %}
