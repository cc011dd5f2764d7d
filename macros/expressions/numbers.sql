{# True where the text is there but cannot be read as the type: unreadable('unit_price', 'decimal(18, 4)') on 'n/a' -> true #}
{% macro unreadable(column, type) -%}
  ({{ column }} is not null and try_cast({{ column }} as {{ type }}) is null)
{%- endmacro %}

{# Text -> whole number, null where it is none: '7' and '7.0' (as pandas writes it) -> 7, '7.5' -> null #}
{% macro to_whole_number(column) -%}
  case
    when try_cast({{ column }} as decimal(38, 3)) = floor(try_cast({{ column }} as decimal(38, 3)))
      then try_cast(try_cast({{ column }} as decimal(38, 3)) as bigint)
  end
{%- endmacro %}

{# Text -> boolean in the spellings that exports use; null where it is none of them. #}
{% macro to_boolean(column) -%}
  case
    when lower({{ column }}) in ('true', 't', 'yes', 'y', '1') then true
    when lower({{ column }}) in ('false', 'f', 'no', 'n', '0') then false
  end
{%- endmacro %}

{# Text -> list of numbers; null where it is not one: '[0.5, 1]' -> [0.5, 1.0] #}
{% macro to_vector(column) %}
  {{- return(adapter.dispatch('to_vector')(column)) -}}
{% endmacro %}

{% macro default__to_vector(column) -%}
  try_cast({{ column }} as double[])
{%- endmacro %}

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
