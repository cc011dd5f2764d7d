{# What happened, in our words where there is one. A page is no look at a product, and neither is a list that was shown: `action` says
   what was done to products, snowplow_event_type('action', 'event_name'). #}
{% macro snowplow_event_type(action, event_name) -%}
  case
    when {{ action }} = 'product_view' then 'view'
    when {{ action }} = 'list_click' then 'click'
    when {{ action }} = 'transaction' then 'purchase'
    when {{ action }} is not null then {{ action }}
    when {{ event_name }} in ('page_view', 'screen_view') then 'page'
    when {{ event_name }} = 'site_search' then 'search'
    -- of an older plug-in, whose orders are not read: these must not count as purchases
    when {{ event_name }} in ('transaction', 'transaction_item') then 'old_' || {{ event_name }}
    else {{ event_name }}
  end
{%- endmacro %}

{# All that is read of contexts and events with a schema, a column each: action_data, product_data, … #}
{% macro snowplow_columns() %}
  {% set columns = [] %}
  {% for part in snowplow_schemas() %}
    {% do columns.append(snowplow_data(part) ~ ' as ' ~ part ~ '_data') %}
  {% endfor %}
  {{ return(columns | join(',\n        ')) }}
{% endmacro %}

{# Snowplow's times are in UTC, and some loaders leave that out: '2022-11-20 11:53:01.347' -> '2022-11-20 11:53:01.347+00' #}
{% macro snowplow_time(column) -%}
  case when regexp_matches({{ column }}, '[ T][0-9:.]+$') then {{ column }} || '+00' else {{ column }} end
{%- endmacro %}
