{# The canonical columns of a table cleaned, for a select list; needs words_for_nothing() joined as `nothing`. #}
{% macro clean_columns(table_name) %}
  {% set columns = [] %}
  {% for column, type in column_types(table_name).items() %}
    {% set words = 'nothing.words' if column != 'country' else 'nothing.words_of_countries' %}
    {% set clean = clean_text(column, words) %}
    {# the texts that most columns hold need no cleaning, and a cheaper look than its own tells #}
    {% set plain = {
      'time': column ~ " like '2___-__-__ __:__:__'",
      'number': 'try_cast(' ~ column ~ ' as double) < 1e300',
      'whole': 'try_cast(' ~ column ~ ' as double) < 1e300',
      'flag': column ~ " in ('true', 'false', '1', '0')",
    }.get(type) %}
    {% if type in ['time', 'date'] %}
      {# a database's empty time, 0000-00-00 00:00:00, is none, and so is one of 0 seconds #}
      {% set clean = "case when " ~ column ~ " not like '0000-00-00%' and " ~ column ~ " <> '0' then " ~ clean ~ ' end' %}
    {% endif %}
    {% do columns.append(
      ('case when ' ~ plain ~ ' then ' ~ column ~ ' else ' ~ clean ~ ' end' if plain else clean) ~ ' as ' ~ column
    ) %}
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
