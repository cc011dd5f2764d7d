{# A text that a spreadsheet was kept from changing by an apostrophe before it: shopify_text('phone') on '''+46 70' -> '+46 70' #}
{% macro shopify_text(column) -%}
  nullif(trim(ltrim({{ column }}, chr(39))), '')
{%- endmacro %}

{# The first of some columns that holds something, as which orders and customers name a person: shopify_person(['email', 'phone']) #}
{% macro shopify_person(columns) -%}
  coalesce({%- for column in columns %}{{ shopify_text(column) }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}
