{# Which number stands first in dates that do not begin with the year, over all rows of a source:
   date_order_of('sold_on', source) -> 'day first' #}
{% macro date_order_of(column, source) -%}
  {%- set first = "try_cast(regexp_extract(" ~ column ~ ", '^([0-9]{1,2})[-/.][0-9]{1,2}[-/.]', 1) as int)" -%}
  {%- set second = "try_cast(regexp_extract(" ~ column ~ ", '^[0-9]{1,2}[-/.]([0-9]{1,2})[-/.]', 1) as int)" -%}
  case
    when max({{ first }}) over () > 12 and max({{ second }}) over () <= 12 then 'day first'
    when max({{ first }}) over () <= 12 and max({{ second }}) over () > 12 then 'month first'
    {%- if setting_of_source('date_order', source) %}
    else '{{ setting_of_source("date_order", source) | replace("_", " ") }}'
    {%- endif %}
  end
{%- endmacro %}

{# A day with the year first, where it is known which number is which, else the text: each value by itself, so that a file whose
   days are all up to 12 does not ask. Times of day are left alone.
   day_of_text('sale_date', 'month first') on '01/05/21', '31.12.2020', 'tomorrow' -> '2021-01-05', '31.12.2020', 'tomorrow' #}
{% macro day_of_text(column, date_order) -%}
  {%- set date_order = "'" ~ date_order ~ "'" -%}
  coalesce(
    case
      when not contains({{ column }}, ':')
        then strftime(try_cast({{ date_of_text("trim(" ~ column ~ ")", date_order) }} as date), '%Y-%m-%d')
    end,
    {{ column }}
  )
{%- endmacro %}
