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
