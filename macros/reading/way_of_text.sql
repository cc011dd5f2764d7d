{# Which of several ways of reading understands a text, as a number for counting: 1 the first alone, 2 the other alone, 3 either,
   4 a time in plain numbers, 5 a time with the year first; null for other texts that leave no choice. Cheap looks come first, for most texts need no other.
   way_of_text('x', 'number') on '12,50' -> 1 (a decimal comma), on '12.50' -> 2, on '1,234' and '1.234' -> 3 #}
{% macro way_of_text(column, type) %}
  {% set matches = "regexp_matches(" ~ column ~ ", '^ *%s')" %}
  {% if type in ['time', 'date'] %}
    {% set day, month, sign = '(?:1[3-9]|2[0-9]|3[01])', '(?:0?[0-9]|1[0-2])', '[-/. ] ?' %}
    {% set cases = [
      [column ~ " like '____-%'", 5],
      [matches % (day ~ sign ~ '[0-9]{1,2}' ~ sign ~ '[0-9]{2}'), 1], [matches % ('[0-9]{1,2}' ~ sign ~ day ~ sign ~ '[0-9]{2}'), 2],
      [matches % (month ~ sign ~ month ~ sign ~ '[0-9]{2}'), 3],
      [matches % '(?:19|20)[0-9]{6} *$', 5], [matches % '[0-9]+(?:[.][0-9]+)? *$', 4],
    ] %}
  {% elif type == 'number' %}
    {% set has_comma = "contains(" ~ column ~ ", ',')" %}
    {% set cases = [
      [has_comma ~ " and " ~ matches % '.*,[0-9]{3}[.,][0-9]', 2],
      [has_comma ~ " and " ~ matches % '(?:.*[.][0-9]{3},|.*,(?:[0-9]{1,2}|[0-9]{4,})[^0-9]*$|[^0-9]*0?,)', 1],
      [has_comma ~ " and " ~ matches % '[^0-9.,]*[1-9][0-9]{0,2},[0-9]{3}[^0-9.,]*$', 3],
      [has_comma ~ " or not contains(" ~ column ~ ", '.')", 'null'],
      [column ~ " like '%.___.___%'", 1], [column ~ " like '%.___' and " ~ column ~ " not like '0.%'", 3], ['true', 2],
    ] %}
  {% else %}
    {# a word without any digit, such as nan or GUEST, says nothing of how the numbers beside it are written #}
    {% set cases = [
      ["not contains(" ~ column ~ ", '.')", "case when " ~ column ~ " >= ':' and " ~ matches % '[^0-9]*[0-9]' ~ " then 2 end"], [matches % '-?[0-9]+[.]0+ *$', 1],
      ['true', 2],
    ] %}
  {% endif %}
  {% set branches = [] %}
  {% for condition, way in cases %}
    {% do branches.append('when ' ~ condition ~ ' then ' ~ way) %}
  {% endfor %}
  {{ return('case when ' ~ column ~ ' is null then null ' ~ branches | join(' ') ~ ' end') }}
{% endmacro %}
