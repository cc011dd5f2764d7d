{# How a column of times is read, from its measures: most are numbers, or the order of day and month; `open` where there are
   dates such as 03/04/2024 and neither the column, nor its neighbours, nor the setting date_order decides. #}
{% macro time_reading() -%}
  case
    when in_numbers * 2 > filled and largest between 10000 and 100000 then 'days since 1899-12-30'
    {%- for unit, power in {'seconds': 8, 'milliseconds': 11, 'microseconds': 14, 'nanoseconds': 17}.items() %}
    when in_numbers * 2 > filled and largest between 1e{{ power }} and 1e{{ power + 3 }} then '{{ unit }} since 1970'
    {%- endfor %}
    when first_way > other_way then 'day first'
    when first_way < other_way then 'month first'
    {%- if var('date_order') %}
    when either_way > 0 then '{{ var("date_order") | replace("_", " ") }}'
    {%- endif %}
    when either_way > 0 and neighbours_first then 'day first'
    when either_way > 0 and neighbours_other then 'month first'
    when either_way > 0 or first_way > 0 then 'open'
  end
{%- endmacro %}

{# How a column of numbers is read: `open` where 1,234 may be a thousand or one and a bit. #}
{% macro number_reading() -%}
  case
    when first_way > other_way then 'decimal comma'
    when first_way < other_way then 'usual'
    {%- if var('decimal_mark') %}
    when either_way > 0 or first_way > 0 then '{{ "decimal comma" if var("decimal_mark") == "comma" else "usual" }}'
    {%- endif %}
    when either_way > 0 and neighbours_first then 'decimal comma'
    when either_way > 0 and neighbours_other then 'usual'
    when either_way > 0 or first_way > 0 then 'open'
  end
{%- endmacro %}
