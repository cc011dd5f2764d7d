{# A column of amounts or pieces as a number, whatever its sign; commas stand before decimals where the file writes them so.
   square_size('gross_sales') on '-$1,234.50', '($5.50)' -> 1234.5, 5.5, and with has_decimal_commas on '12,50 €' -> 12.5 #}
{% macro square_size(column) -%}
  abs({{ read_number("trim(" ~ column ~ ")", "case when has_decimal_commas then 'decimal comma' end") }})
{%- endmacro %}

{# Whether any amount of the file ends with a comma and two digits, as in '12,50 €'. #}
{% macro square_has_decimal_commas(column) -%}
  coalesce(bool_or(regexp_matches({{ column }}, ',[0-9]{2}[^0-9]*$')) over (), false)
{%- endmacro %}

{# Which number stands first in dates that do not begin with the year, over the whole file: square_date_order('sold_on') #}
{% macro square_date_order(column) -%}
  {%- set first = "try_cast(regexp_extract(" ~ column ~ ", '^([0-9]{1,2})[-/.][0-9]{1,2}[-/.]', 1) as int)" -%}
  {%- set second = "try_cast(regexp_extract(" ~ column ~ ", '^[0-9]{1,2}[-/.]([0-9]{1,2})[-/.]', 1) as int)" -%}
  case
    when max({{ first }}) over () > 12 and max({{ second }}) over () <= 12 then 'day first'
    when max({{ first }}) over () <= 12 and max({{ second }}) over () > 12 then 'month first'
    {%- if var('date_order') %}
    else '{{ var("date_order") | replace("_", " ") }}'
    {%- endif %}
  end
{%- endmacro %}
