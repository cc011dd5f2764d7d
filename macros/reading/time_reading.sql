{# How a column of times is read, from its measures: most are numbers, or the order of day and month; `open` where there are
   dates such as 03/04/2024 and neither the column, nor its neighbours, nor the setting date_order decides, and where days above
   twelve stand first as well as second, as in the files of two systems. Less than one in a hundred is dirt in a column that is
   written in another way, and refused. #}
{% macro time_reading() -%}
  case
    when (way_1 + way_2 + way_3 + way_4) * 99 < way_5 then null
    when way_4 > way_1 + way_2 + way_3 + way_5 and largest between 10000 and 100000 then 'days since 1899-12-30'
    {%- for unit, power in {'seconds': 8, 'milliseconds': 11, 'microseconds': 14, 'nanoseconds': 17}.items() %}
    when way_4 > way_1 + way_2 + way_3 + way_5 and largest between 1e{{ power }} and 1e{{ power + 3 }} then '{{ unit }} since 1970'
    {%- endfor %}
    when way_1 > way_2 * 99 then 'day first'
    when way_1 * 99 < way_2 then 'month first'
    {%- for source in sources() if setting_of_source('date_order', source) %}
    when {{ is_of_source(source) }} and (way_1 > 0 or way_3 > 0)
      then '{{ setting_of_source("date_order", source) | replace("_", " ") }}'
    {%- endfor %}
    when way_1 > 0 then 'open'
    when way_3 > 0 and neighbours_first then 'day first'
    when way_3 > 0 and neighbours_other then 'month first'
    when way_3 > 0 then 'open'
  end
{%- endmacro %}
