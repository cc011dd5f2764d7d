{# Which of several ways of reading understands a text, as a number for counting: 1 the first alone, 2 the other alone, 3 either,
   4 a time in plain numbers, 5 a time with the year first; null for other texts that leave no choice. Cheap looks come first, for
   most texts need no other. Who writes dates with dots writes the day first; a word without any digit, such as nan or GUEST, says
   nothing of how the ids beside it are written; the point of `Rs.` and `kr.` is no mark.
   way_of_text('x', 'number') on '12,50' -> 1 (a decimal comma), on '12.50' -> 2, on '1,234' and '1.234' -> 3 #}
{% macro way_of_text(column, type) %}
  {% set matches, ends = "regexp_matches(" ~ column ~ ", '^ *%s')", "regexp_matches(" ~ column ~ ", '%s[^0-9]*$')" %}
  {% set has_comma, has_point = "contains(" ~ column ~ ", ',')", "contains(" ~ column ~ ", '.')" %}
  {% set day, month, sign = '(?:1[3-9]|2[0-9]|3[01])', '(?:0?[0-9]|1[0-2])', '[-/. ] ?' %}
  {% set dates = [
    [column ~ " like '____-%'", 5],
    [matches % (day ~ sign ~ '[0-9]{1,2}' ~ sign ~ '[0-9]{2}'), 1], [matches % ('[0-9]{1,2}' ~ sign ~ day ~ sign ~ '[0-9]{2}'), 2],
    [matches % (month ~ '[.] ?' ~ month ~ '[.] ?[0-9]{2}'), 1], [matches % (month ~ sign ~ month ~ sign ~ '[0-9]{2}'), 3],
    [matches % '(?:19|20)[0-9]{6}(?:T.*|[0-9]{4}|[0-9]{6})? *$', 5], [matches % '[0-9]+(?:[.][0-9]+)? *$', 4],
  ] %}
  {% set numbers = [
    [column ~ " >= 'A' and " ~ matches % '[A-Za-z]+[.]', "case when " ~ ends % ',[0-9]{1,2}' ~ " then 1 when "
      ~ ends % '[0-9][.][0-9]{1,2}' ~ " then 2 when " ~ ends % '[0-9][.,][0-9]{3}' ~ " then 3 end"],
    ['not ' ~ has_comma, "case when not " ~ has_point ~ " then null when " ~ column ~ " not like '%.___%' then 2 when "
      ~ column ~ " like '%.___.___%' then 1 when " ~ ends % '[0-9][.][0-9]{3}' ~ " and not "
      ~ matches % '[^0-9]*0[.]' ~ " then 3 else 2 end"],
    [matches % '.*,[0-9]{2,3}[.,][0-9]', 2],
    [matches % '(?:.*[.][0-9]{3},|.*,(?:[0-9]{1,2}|[0-9]{4,})[^0-9]*$|[^0-9]*0?,)', 1],
    [matches % '[^0-9.,]*[1-9][0-9]{0,2},[0-9]{3}[^0-9.,]*$', 3],
  ] %}
  {% set ids = [
    ['not ' ~ has_point, "case when " ~ column ~ " >= ':' and " ~ has_digit(column) ~ " then 2 end"],
    [matches % '-?[0-9]+[.]0+ *$', 1], ['true', 2],
  ] %}
  {% set branches = [] %}
  {% for condition, way in {'time': dates, 'date': dates, 'number': numbers}.get(type, ids) %}
    {% do branches.append('when ' ~ condition ~ ' then ' ~ way) %}
  {% endfor %}
  {{ return('case when ' ~ column ~ ' is null then null ' ~ branches | join(' ') ~ ' end') }}
{% endmacro %}
