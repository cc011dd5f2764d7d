{# Snowplow's events: as warehouses keep them, a column for each kind of context, or as the pipeline writes them, without a header and
   with all contexts in one column. Loaders put the version of a schema behind the column's name, or only the first part of it. #}
{% macro snowplow_raw_tables() %}
  {% set columns = {
    'event_id*': 'event_id', 'collector_tstamp*': 'collector_tstamp', 'derived_tstamp': 'derived_tstamp', 'platform': 'platform',
    'event*': 'event', 'event_name': 'event_name', 'user_id': 'user_id', 'domain_userid': 'domain_userid',
    'network_userid': 'network_userid', 'domain_sessionid': 'domain_sessionid', 'page_url': 'page_url',
    'page_referrer': 'page_referrer', 'mkt_source': 'mkt_source', 'mkt_medium': 'mkt_medium', 'mkt_campaign': 'mkt_campaign',
    'useragent': 'useragent', 'geo_country': 'geo_country', 'contexts': 'contexts',
    'unstruct_event': 'unstruct_event',
  } %}
  {% for part, described in snowplow_schemas().items() %}
    {% for version in described['versions'] %}
      {% do columns.update({part ~ version: described['column'] ~ version}) %}
    {% endfor %}
  {% endfor %}
  {{ return(dict({
    'events': {
      'files': 'events*|snowplow*|atomic*|enriched*|good*|part*|run*', 'needed': true, 'columns': columns,
      'header': snowplow_header(), 'quoted': false, 'in_bucket': true, 'row_places': 10000,
    },
  }, **tables_beside_exports())) }}
{% endmacro %}
