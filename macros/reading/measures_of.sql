{# first_way, other_way: texts that only one of two ways of reading understands; either_way: texts that both do.
   in_numbers: of times, those that are plain numbers, up to `largest`. #}
{% macro measures_of(column, type) %}
  {% set counted = "count_if(regexp_matches(" ~ column ~ ", '%s'))" %}
  {% set nothing = 'cast(0 as bigint)' %}
  {% if type in ['time', 'date'] %}
    {% set day, sign = '(?:1[3-9]|2[0-9]|3[01])', '[-/. ] ?' %}
    {% set ways = ['^' ~ day ~ sign ~ '[0-9]{1,2}' ~ sign ~ '[0-9]{2}', '^[0-9]{1,2}' ~ sign ~ day ~ sign ~ '[0-9]{2}',
                   '^(?:0?[0-9]|1[0-2])' ~ sign ~ '(?:0?[0-9]|1[0-2])' ~ sign ~ '[0-9]{2}'] %}
    {% set plain = "regexp_matches(" ~ column ~ ", '^[0-9]+([.][0-9]+)?$') and not regexp_matches(" ~ column ~ ", '^(19|20)[0-9]{6}$')" %}
  {% elif type == 'number' %}
    {% set ways = ['[0-9][.][0-9]{3}[.,][0-9]|,([0-9]{1,2}|[0-9]{4,})[^0-9]*$|^[^0-9]*0?,[0-9]+[^0-9]*$',
                   ',[0-9]{3}[.,][0-9]|[.]([0-9]{1,2}|[0-9]{4,})([eE][-+0-9]+)?[^0-9]*$|^[^0-9]*0?[.]',
                   '^[^0-9.,]*[1-9][0-9]{0,2},[0-9]{3}[^0-9.,]*$'] %}
  {% else %}
    {% set ways = ['^-?[0-9]+[.]0+$', '[^-0-9.]|[.].*[^0]', '^-?[0-9]+$'] %}
  {% endif %}
  {{ return({
    'filled': 'count(' ~ column ~ ')', 'first_way': counted % ways[0], 'other_way': counted % ways[1],
    'either_way': counted % ways[2],
    'in_numbers': 'count_if(' ~ plain ~ ')' if plain else nothing,
    'largest': 'max(case when ' ~ plain ~ ' then try_cast(' ~ column ~ ' as double) end)' if plain else 'cast(null as double)',
  }) }}
{% endmacro %}
