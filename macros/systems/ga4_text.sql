{# A text of the export, null where it says nothing: `(not set)`; `<Other>` stands in Google's obfuscated sample. #}
{% macro ga4_said(text) -%}
  case when {{ text }} not in ('', '(not set)', '(data deleted)', '<Other>') then {{ text }} end
{%- endmacro %}

{# One of the event's parameters as text, whatever its type: ga4_param('ga_session_id') -> '1611798022' #}
{% macro ga4_param(key) -%}
  {{ value_of_key('params', key, ['string_value', 'int_value', 'double_value', 'float_value']) }}
{%- endmacro %}

{# What happened, in our words where there is one. A page is no look at a product: GA4 says that beside it, with `view_item`. #}
{% macro ga4_event_type(event_name) -%}
  case {{ event_name }}
    when 'page_view' then 'page'
    when 'screen_view' then 'page'
    when 'view_item' then 'view'
    when 'select_item' then 'click'
    when 'view_search_results' then 'search'
    when 'ecommerce_purchase' then 'purchase'
    else {{ event_name }}
  end
{%- endmacro %}

{# What the link of an event said of who sent it, as Google took it or as a parameter: ga4_said_by_link('manual_source', 'source') #}
{% macro ga4_said_by_link(field, key) -%}
  {{ ga4_said("coalesce(" ~ json_field('sent_by', field) ~ ", " ~ ga4_param(key) ~ ")") }}
{%- endmacro %}
