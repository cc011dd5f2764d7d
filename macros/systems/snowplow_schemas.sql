{# What is read of the contexts and events that have a schema: how a warehouse calls the column of each, before the version, which of
   its versions there are, and the schema's own name. #}
{% macro snowplow_schemas() %}
  {% set commerce = 'com_snowplowanalytics_snowplow_ecommerce_' %}
  {{ return({
    'action': {'column': 'unstruct_event_' ~ commerce ~ 'snowplow_ecommerce_action', 'schema': 'snowplow_ecommerce_action',
               'versions': ['_1', '_1_0_0', '_1_0_1', '_1_0_2']},
    'search': {'column': 'unstruct_event_com_snowplowanalytics_snowplow_site_search', 'schema': 'site_search',
               'versions': ['_1', '_1_0_0']},
    'product': {'column': 'contexts_' ~ commerce ~ 'product', 'schema': 'product', 'versions': ['_1', '_1_0_0']},
    'transaction': {'column': 'contexts_' ~ commerce ~ 'transaction', 'schema': 'transaction', 'versions': ['_1', '_1_0_0']},
    'refund': {'column': 'contexts_' ~ commerce ~ 'refund', 'schema': 'refund', 'versions': ['_1', '_1_0_0']},
    'user': {'column': 'contexts_' ~ commerce ~ 'user', 'schema': 'user', 'versions': ['_1', '_1_0_0']},
    'session': {'column': 'contexts_com_snowplowanalytics_snowplow_client_session', 'schema': 'client_session',
                'versions': ['_1', '_1_0_0', '_1_0_1', '_1_0_2']},
  }) }}
{% endmacro %}

{# One of them as a JSON list or object, from whichever column there is: of the pipeline's events, from all contexts or the own data. #}
{% macro snowplow_data(part) -%}
  {%- set described = snowplow_schemas()[part] -%}
  {%- set is_own = described['column'].startswith('unstruct') -%}
  coalesce(
    {%- for version in described['versions'] %} nullif({{ valid_json(part ~ version) }}, '[]'),{% endfor %}
    nullif({{ json_data_of("'[' || own_data || ']'" if is_own else 'all_contexts', described['schema']) }}, '[]')
  )
{%- endmacro %}

{# What the first, or the only, object of it has: snowplow_field('sale', 'revenue') on '[{"revenue": 13.0}]' -> '13.0' #}
{% macro snowplow_field(data, field) -%}
  {{ json_field("coalesce(" ~ nth_item(json_objects(data), 1) ~ ", " ~ data ~ ")", field) }}
{%- endmacro %}
