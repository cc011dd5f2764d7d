{# The canonical columns of a table cleaned, for a select list; needs words_for_nothing() joined as `nothing`. Beside them, as
   `<column>__plain`, the values of those that need neither cleaning nor reading. #}
{% macro clean_columns(table_name) %}
  {% set columns = [] %}
  {% for column, type in column_types(table_name).items() %}
    {% set words = 'nothing.words' if column != 'country' else 'nothing.words_of_countries' %}
    {% set clean = clean_text(column, words) %}
    {% if type in ['time', 'date'] %}
      {# a database's empty time, 0000-00-00 00:00:00, is none, and so is one of 0 seconds #}
      {% set clean = "case when " ~ column ~ " not like '0000-00-00%' and " ~ column ~ " <> '0' then " ~ clean ~ ' end' %}
    {% endif %}
    {% set plain = plain_value(column, type) %}
    {% if plain %}
      {% set clean = 'case when ' ~ plain ~ ' is not null then ' ~ column ~ ' else ' ~ clean ~ ' end' %}
      {% do columns.append(plain ~ ' as ' ~ column ~ '__plain') %}
    {% elif type == 'status' %}
      {# words without digits are the dearest to look at #}
      {% set clean = 'case when ' ~ column ~ " in ('completed', 'cancelled', 'paid', 'fulfilled') then " ~ column ~ ' else ' ~ clean ~ ' end' %}
    {% endif %}
    {% do columns.append(clean ~ ' as ' ~ column) %}
  {% endfor %}
  {{ return(columns | join(',\n        ')) }}
{% endmacro %}

{# One row with all words that stand for nothing, in lower case, as a list; NA is a country, too. #}
{% macro words_for_nothing() -%}
  (
    select
      array_agg(lower(w.word)) as words, array_agg(lower(w.word)) filter (where lower(w.word) <> 'na') as words_of_countries
    from {{ ref('words_for_nothing') }} as w
  )
{%- endmacro %}
