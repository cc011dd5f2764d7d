{{ config(enabled=reads('ga4')) }}
-- One row per browser that bought without a login, as src_trackers__identity_links makes them.
{% call(source) each_source('ga4') %}
select * from {{ of_source(ref('src_trackers__identity_links'), source, trackers()) }}
{% endcall %}
