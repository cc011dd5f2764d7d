{# Its columns of which only a keyed hash is kept: hidden_columns('events') -> ['device_id'] #}
{% macro hidden_columns(table_name) %}
  {% set columns = [] %}
  {% for column, type in column_types(table_name).items() if type == 'hidden' %}
    {% do columns.append(column) %}
  {% endfor %}
  {{ return(columns) }}
{% endmacro %}

{# One row with the short forms of words in addresses and in names; an empty one is left out. #}
{% macro words_of_addresses() -%}
  (select
    {%- for kind in ['address', 'name'] %}
    map_from_entries(array_agg(row(w.word, coalesce(w.short_form, ''))) filter (where w.kind = '{{ kind }}')) as of_{{ kind ~ ('es' if kind == 'address' else 's') }}
    {{- ',' if not loop.last }}
    {%- endfor %}
  from {{ ref('address_words') }} as w)
{%- endmacro %}
