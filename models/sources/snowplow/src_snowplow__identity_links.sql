{{ config(enabled=reads('snowplow')) }}
-- One row per browser that bought without a login, as src_trackers__identity_links makes them.
{% call(source) each_source('snowplow') %}
select * from {{ of_source(ref('src_trackers__identity_links'), source, trackers()) }}
{% endcall %}
