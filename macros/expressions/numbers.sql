{# A double that every BI tool can show: NaN and infinity become null. #}
{% macro finite(expression) %}
  {{- return(adapter.dispatch('finite')(expression)) -}}
{% endmacro %}

{% macro default__finite(expression) -%}
  case when isfinite({{ expression }}) then {{ expression }} end
{%- endmacro %}

{# a / b as a double, null where b is zero: ratio('clicks', 'views') #}
{% macro ratio(numerator, denominator) -%}
  cast({{ numerator }} as double) / nullif(cast({{ denominator }} as double), 0)
{%- endmacro %}

{# Mean over the days that end at this one, in a table of one row a day; null until there are that many.
   moving_average('orders', 7) #}
{% macro moving_average(measure, days) -%}
  case
    when row_number() over (order by activity_date asc nulls last) >= {{ days }}
      then cast(sum({{ measure }}) over (
        order by activity_date asc nulls last rows between {{ days - 1 }} preceding and current row
      ) as double) / {{ days }}
  end
{%- endmacro %}

{# A whole number written as up to 13 hex digits, as a double: number_of_hex("'ff'") -> 255.0 #}
{% macro number_of_hex(digits) %}
  {{- return(adapter.dispatch('number_of_hex')(digits)) -}}
{% endmacro %}

{% macro default__number_of_hex(digits) -%}
  cast(cast('0x' || {{ digits }} as bigint) as double)
{%- endmacro %}
