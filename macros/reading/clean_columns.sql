{# The canonical columns of a table cleaned, for a select list; needs words_for_nothing() joined as `nothing`.
   clean_columns('events', ['time']) -> only those of the types given #}
{% macro clean_columns(table_name, types=none) %}
  {% set columns = [] %}
  {% for column, type in column_types(table_name).items() if types is none or type in types %}
    {% set words = 'nothing.words' if column != 'country' else 'nothing.words_of_countries' %}
    {# a database's empty time, 0000-00-00 00:00:00, is none #}
    {% set dated = "case when " ~ column ~ " like '0000-00-00%' then null else " ~ clean_text(column, words) ~ ' end' %}
    {% do columns.append((dated if type in ['time', 'date'] else clean_text(column, words)) ~ ' as ' ~ column) %}
  {% endfor %}
  {{ return(columns | join(',\n        ')) }}
{% endmacro %}

{# One row with all words that stand for nothing, in lower case, as a list; NA is a country, too. #}
{% macro words_for_nothing() -%}
  (
    select
      array_agg(lower(w.word)) as words,
      array_agg(lower(w.word)) filter (where lower(w.word) <> 'na') as words_of_countries
    from {{ ref('words_for_nothing') }} as w
  )
{%- endmacro %}
