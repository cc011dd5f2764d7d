{# The BigQuery export of Google Analytics 4, a file or several a day, as Parquet or json lines: records and lists are JSON. #}
{% macro ga4_raw_tables() %}
  {{ return(dict({
    'events': {'files': 'events*|ga4*|bq*', 'needed': true, 'row_places': 10000, 'columns': {
      'event_timestamp*': 'event_timestamp', 'event_name*': 'event_name', 'user_pseudo_id*': 'user_pseudo_id',
      'user_id': 'user_id', 'event_params': 'event_params', 'ecommerce': 'ecommerce', 'items': 'items', 'geo': 'geo',
      'platform': 'platform', 'collected_traffic_source': 'collected_traffic_source',
    }},
  }, **tables_beside_exports())) }}
{% endmacro %}
