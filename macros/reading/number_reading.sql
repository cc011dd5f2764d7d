{# How a column of numbers is read: `open` where 1,234 may be a thousand or one and a bit. #}
{% macro number_reading() -%}
  case
    when way_1 > way_2 then 'decimal comma'
    when way_1 < way_2 then 'usual'
    {%- for source in sources() if setting_of_source('decimal_mark', source) %}
    when {{ is_of_source(source) }} and (way_3 > 0 or way_1 > 0)
      then '{{ "decimal comma" if setting_of_source("decimal_mark", source) == "comma" else "usual" }}'
    {%- endfor %}
    when way_3 > 0 and neighbours_first then 'decimal comma'
    when way_3 > 0 and neighbours_other then 'usual'
    when way_3 > 0 or way_1 > 0 then 'open'
  end
{%- endmacro %}
